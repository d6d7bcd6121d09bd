// Requests that are written out: the text that nc, telnet and openssl s_client send as it is, or that goes into /dev/tcp.
import type { HttpRequest } from '../../model/fact.ts';
import type { Invocation } from '../../model/invocation.ts';
import type { World } from '../../model/observation.ts';
import { knownPrefix, piecesOf, staticWord, textOf, type Word } from '../../model/word.ts';
import { optionGrammar, readOptions } from '../../programs/options.ts';
import { outputOf, stdinText } from '../../resolve/output.ts';
import { httpRequest, readHeader } from './request.ts';

const senders: ReadonlySet<string> = new Set(['nc', 'ncat', 'netcat', 'telnet', 'openssl', 'socat']);
const options = optionGrammar({
  values: '-e -c -p -s -w -i -g -G -I -O -P -q -T -V -x -X -m -connect -servername -CAfile',
});
const maxLines = 100;

/** The HTTP requests that an invocation writes into a socket, where their text is known. */
export function socketRequests(call: Invocation, world: World): readonly HttpRequest[] {
  if (senders.has(call.name ?? '')) return requestsIn(stdinText(call.stdin, call, world), addressOf(call));
  const socket = call.redirections
    .map(({ operator, target }) => (operator[0] === '<' ? null : /^\/dev\/tcp\/([^/]+)\//.exec(knownPrefix(target))))
    .find((match) => match !== null);
  if (socket === undefined || socket === null) return [];
  const text = outputOf({ ...call, redirections: [] }, world);
  return requestsIn(text, socket[1] ?? '');
}

/** The host that is spoken to: `nc host port`, `openssl s_client -connect host:port`, `socat - TCP:host:port`. */
function addressOf(call: Invocation): string {
  const { flags, positionals } = readOptions(call.args, options);
  const words = positionals.map((word) => textOf(word) ?? '');
  if (call.name === 'openssl')
    return (textOf(flags.get('-connect')) ?? words.find((word) => word.includes(':')) ?? '').replace(/:\d+$/, '');
  if (call.name === 'socat')
    return /^(?:tcp|openssl|ssl)[46]?(?:-connect)?:([^:,]+)/i.exec(words.at(-1) ?? '')?.[1] ?? '';
  return words[0] ?? '';
}

/** `DELETE /v1/projects/7 HTTP/1.1` with its headers; several may follow one another. */
function requestsIn(text: Word | undefined, address: string): readonly HttpRequest[] {
  if (text === undefined) return [];
  const whole = piecesOf(text)
    .map((piece) => piece ?? 'unknown')
    .join('')
    .slice(0, 20_000);
  const lines = whole.split(/\r?\n/, maxLines);
  return lines.flatMap((line, at): readonly HttpRequest[] => {
    const [, method, target = '/'] = /^([A-Z]{3,10}) (\S{1,2000}) HTTP\/[\d.]+$/.exec(line) ?? [];
    if (method === undefined) return [];
    const end = lines.indexOf('', at);
    const headers = new Map<string, Word>();
    for (const header of lines.slice(at + 1, end < 0 ? undefined : end)) readHeader(staticWord(header), headers);
    const host = textOf(headers.get('host')) ?? address;
    const url = staticWord(/^https?:/.test(target) ? target : `http://${host}${target}`);
    const body = end < 0 ? '' : lines.slice(end + 1).join('\n');
    const request = httpRequest({
      method,
      url,
      headers,
      body: body === '' ? { kind: 'none' } : { kind: 'text', text: staticWord(body) },
    });
    return request === undefined ? [] : [request];
  });
}
