// The real clients against a server on the loopback: they send the method, path and body that `read` says.
import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { HttpRequest } from '../../../../src/core/model/fact.ts';
import { staticWord, textOf } from '../../../../src/core/model/word.ts';
import type { HttpClient } from '../../../../src/core/payloads/http/client.ts';
import { client as curl } from '../../../../src/core/payloads/http/curl.ts';
import { client as httpie } from '../../../../src/core/payloads/http/httpie.ts';
import { splitUrl } from '../../../../src/core/payloads/http/url.ts';
import { client as wget } from '../../../../src/core/payloads/http/wget.ts';
import { invocation, show, words, world } from './invocation.ts';

const files = {
  'body.json': '{"query":\n"{ me }"}\n',
  'h.txt': 'X-Team: orders\n',
  cfg: 'request = "DELETE"\n-d "a b"\nurl = "PORT/config"\n',
};

let folder: string;
let server: Server;
let address: string;
let seen: string[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'guard-curl-'));
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      seen.push(received(request, Buffer.concat(chunks).toString()));
      response.end();
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text.replace('PORT', address));
});

afterAll(async () => {
  rmSync(folder, { recursive: true });
  await new Promise((done) => server.close(done));
});

/** Multipart bodies are told apart by their fields: the boundary is random. */
const fieldsOf = (body: string) =>
  [...body.matchAll(/name="([^"]*)"[^\r]*\r\n(?:[^\r]+\r\n)*\r\n([^\r]*)/g)]
    .map(([, name, value]) => `${name}=${value}`)
    .join('&');
const shownBody = (body: string, type: string | undefined) => (type?.startsWith('multipart/') ? fieldsOf(body) : body);

function received(request: IncomingMessage, body: string): string {
  const type = request.headers['content-type'];
  return [
    request.method?.toUpperCase(),
    request.url,
    shownBody(body, type),
    type?.split(';')[0],
    request.headers.authorization,
    request.headers['x-team'],
  ].join(' | ');
}

function predicted(request: HttpRequest): string {
  const type = textOf(request.headers.get('content-type'));
  const { query } = splitUrl(request.url);
  const target = show(request.path) + (query === undefined ? '' : `?${show(query)}`);
  const body = request.body.kind === 'text' ? show(request.body.text) : '';
  return [
    request.method,
    target,
    shownBody(body ?? '', type),
    type?.split(';')[0],
    show(request.headers.get('authorization')),
    show(request.headers.get('x-team')),
  ].join(' | ');
}

/** Runs a command line for real and compares what the server saw with what was read. */
async function compare(client: HttpClient, template: string): Promise<void> {
  const command = template.replaceAll('PORT', address);
  seen = [];
  const [program = '', ...args] = words(command).map((word) => textOf(word) ?? '');
  const env = { PATH: process.env.PATH ?? '', HOME: folder };
  await new Promise<void>((done) => {
    execFile(program, args, { cwd: folder, env }, () => done()).stdin?.end();
  });
  const onDisk = Object.fromEntries(
    Object.entries(files).map(([name, text]) => [join(folder, name), text.replace('PORT', address)]),
  );
  const call = invocation(command, { cwd: staticWord(folder), stdin: { kind: 'none' } });
  const expected = client.read(call, world(onDisk)).map(predicted);
  expect(expected.length).toBeGreaterThan(0);
  expect(seen).toEqual(expected);
}

/** Clients that are not installed cannot be asked. */
const describeWith = (program: string) =>
  spawnSync(program, ['--version']).error === undefined ? describe : describe.skip;

describeWith('curl')('curl sends what is read', () => {
  test.each([
    ['curl -s PORT/v1'],
    ['curl -s -X DELETE PORT/v1/orders/7'],
    ['curl -sSfLX DELETE PORT/v1/orders/7'],
    ['curl -sX DELETE http://PORT/v1/orders/./7/../8'],
    ['curl -s --request PATCH -d a=1 -d b=2 PORT/v1'],
    ['curl -s -d@body.json PORT/graphql'],
    ['curl -s --data-binary @body.json PORT/graphql'],
    ['curl -s --data-raw @body.json PORT/graphql'],
    ['curl -s --json @body.json PORT/graphql'],
    ['curl -s --json \'{"a":\' --json 1} PORT/graphql'],
    ['curl -s -d a --json b -d c PORT/v1'],
    [
      "curl -s --data-urlencode 'q=a b&(c)!*~' --data-urlencode q@h.txt --data-urlencode '=x/y' --data-urlencode plain PORT/v1",
    ],
    ['curl -s -G -d a=1 --data-urlencode "b=2 3" "PORT/find?c=3"'],
    ['curl -s -G -I -d a=1 PORT/find'],
    ['curl -s --url-query "q=a b" --url-query +raw=%20 PORT/find'],
    ['curl -s -I PORT/health'],
    ['curl -s -T body.json PORT/files/'],
    ['curl -s -T body.json PORT'],
    ['curl -s -T body.json PORT/files/other.json PORT/second'],
    ['curl -s -F a=1 -F "b=<h.txt" -F "c=x;type=text/plain" --form-string d=@x PORT/form'],
    ['curl -s -u ada:secret PORT/v1'],
    ['curl -s http://ada:p%40ss@PORT/v1'],
    ['curl -s --oauth2-bearer abc PORT/v1'],
    ['curl -s -u ada:secret -H "Authorization: Bearer abc" -H @h.txt PORT/v1'],
    ["curl -s 'PORT/v1/{orders,users}/[7-9:2]'"],
    ["curl -s 'PORT/f[08-10]'"],
    ['curl -s -d x=1 PORT/a --next -s PORT/b'],
    ['curl -s -X PUT PORT/a --url PORT/b'],
    ['curl -s -K cfg -H X-Team:orders'],
    ['curl -s --request-target /v1/orders/7 -X DELETE PORT/x'],
    ['curl -s --REQUEST DELETE --sile PORT/v1'],
    ['curl -s -X DELETE -- PORT/v1'],
  ])('%s', (template) => compare(curl, template));
});

describeWith('wget')('wget sends what is read', () => {
  test.each([
    ['wget -qO /dev/null PORT/v1'],
    ['wget -q -nv -O /dev/null --method=delete PORT/v1/orders/7'],
    ['wget -qO- --meth DELETE http://PORT/v1/orders/7?force=1'],
    ['wget -qO- -e method=DELETE PORT/v1/orders/7'],
    ['wget -qO- --post-data=a=1 PORT/v1'],
    ['wget -qO- --post-file=body.json PORT/v1'],
    ['wget -qO- --method=PUT --body-file body.json --header "X-Team: orders" PORT/v1'],
    ['wget -q --spider PORT/health'],
    ['wget -qO- --auth-no-challenge --user=ada --password=secret PORT/v1'],
    ['wget -qO- --delete-after PORT/v1'],
  ])('%s', (template) => compare(wget, template));
});

describeWith('http')('HTTPie sends what is read', () => {
  test.each([
    ['http PORT/v1'],
    ['http -I DELETE PORT/v1/orders/7 X-Team:orders'],
    ['http -I PORT/v1 status=paid count:=2 tags:=\'["a", "b"]\''],
    ['http -I PORT/v1 variables[id]=7 variables[deep][x]:=1 tags[]=a tags[]=b'],
    ['http -I --form PUT PORT/v1 a="x y" b=2'],
    ['http -I PUT PORT/v1 @body.json'],
    ['http -I -A bearer -a abc PORT/v1'],
    ["http -I PORT/v1 'na\\:me=x'"],
  ])('%s', (template) => compare(httpie, template));
});
