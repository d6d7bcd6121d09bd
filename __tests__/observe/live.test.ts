// Live lookups against a server on this machine: one request, no redirect, bounded in time and size.
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Query } from '../../src/core/model/observation.ts';
import { observer } from '../../src/observe/index.ts';

let server: Server;
let origin: string;
const seen: { method: string | undefined; url: string | undefined; authorization: string | undefined; body: string }[] =
  [];

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
};

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const { method, url, headers } = request;
    seen.push({ method, url, authorization: headers.authorization, body: await bodyOf(request) });
    if (url === '/redirect') response.writeHead(307, { location: `${origin}/stolen` }).end('moved');
    else if (url === '/html')
      response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><p>Sign in</p>');
    else if (url === '/broken') response.writeHead(500).end('{"errors":[]}');
    else if (url === '/empty') response.writeHead(204).end();
    else if (url === '/large') response.writeHead(200).end('x'.repeat(3 * 1024 * 1024));
    else if (url === '/reset') request.socket.destroy();
    else if (url === '/slow') response.writeHead(200).write('{"data":');
    else response.writeHead(200, { 'content-type': 'application/json' }).end('{"data":{"ok":true}}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const observe = observer({ lookups: true });
const ask = (path: string, more: Partial<Extract<Query, { kind: 'live-http' }>> = {}) =>
  observe({
    kind: 'live-http',
    method: 'POST',
    url: path.startsWith('http') ? path : `${origin}${path}`,
    headers: { authorization: 'Bearer x' },
    body: '{}',
    ...more,
  });

test.each<[string, object]>([
  ['/ok', { kind: 'http', status: 200, body: '{"data":{"ok":true}}' }],
  ['/html', { kind: 'http', status: 200, body: '<!doctype html><p>Sign in</p>' }],
  ['/broken', { kind: 'http', status: 500, body: '{"errors":[]}' }],
  ['/empty', { kind: 'http', status: 204, body: '' }],
  ['/redirect', { kind: 'http', status: 307, body: 'moved' }],
  ['/reset', { kind: 'failed', reason: 'error' }],
  ['http://127.0.0.1:1/', { kind: 'failed', reason: 'error' }],
  ['not a url', { kind: 'failed', reason: 'error' }],
])('%s', async (path, answer) => {
  expect(await ask(path)).toMatchObject(answer);
});

test('a redirect is not followed: the credential goes nowhere else', async () => {
  await ask('/redirect');
  expect(seen.map(({ url }) => url)).not.toContain('/stolen');
});

test('what is sent is what was asked for, and nothing else', async () => {
  await ask('/ok?x=1', { method: 'GET', body: undefined });
  expect(seen.at(-1)).toEqual({ method: 'GET', url: '/ok?x=1', authorization: 'Bearer x', body: '' });
  await ask('/ok', { body: '{"query":"{ me }"}' });
  expect(seen.at(-1)).toMatchObject({ method: 'POST', body: '{"query":"{ me }"}' });
});

test('an answer over 1 MiB is cut off', async () => {
  const answer = await ask('/large');
  expect(answer.kind === 'http' && answer.body.length).toBe(1024 * 1024);
});

test('a server that does not finish is given up', async () => {
  expect(await ask('/slow')).toEqual({ kind: 'failed', reason: 'timeout', detail: 'no answer within 2 seconds' });
});

test('with lookups off nothing is sent', async () => {
  const before = seen.length;
  const query: Query = { kind: 'live-http', method: 'GET', url: `${origin}/ok`, headers: {}, body: undefined };
  expect(await observer({ lookups: false })(query)).toEqual({
    kind: 'failed',
    reason: 'off',
    detail: 'lookups are off',
  });
  expect(seen.length).toBe(before);
});
