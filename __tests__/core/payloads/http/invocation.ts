// Invocations for the tests of HTTP clients: a command line in plain quoting, `$NAME` standing for what is not known.

import type { HttpRequest } from '../../../../src/core/model/fact.ts';
import type { Invocation } from '../../../../src/core/model/invocation.ts';
import { type Answer, PlannedWorld, queryKey } from '../../../../src/core/model/observation.ts';
import { dynamicWord, staticWord, textOf, type Word } from '../../../../src/core/model/word.ts';
import type { HttpClient } from '../../../../src/core/payloads/http/client.ts';

export const cwd = '/srv/orders';

/** Splits a command line into words: single and double quotes, backslashes, `$NAME`. */
export function words(line: string): readonly Word[] {
  const token = /'([^']*)'|"((?:[^"\\]|\\.)*)"|\\([\s\S])|\$(\w+)|(\s+)|([^'"\\$\s]+|\$)/g;
  const result: Word[] = [];
  let pieces: (string | null)[] | undefined;
  let source = '';
  const end = () => {
    if (pieces !== undefined)
      result.push(pieces.includes(null) ? dynamicWord(source, pieces) : staticWord(pieces.join('')));
    pieces = undefined;
    source = '';
  };
  for (const [written, single, double, escaped, name, space, plain] of line.matchAll(token)) {
    if (space !== undefined) {
      end();
      continue;
    }
    pieces ??= [];
    source += written;
    if (name !== undefined) pieces.push(null);
    else if (double !== undefined) pieces.push(...inDoubleQuotes(double));
    else pieces.push(single ?? escaped ?? plain ?? '');
  }
  end();
  return result;
}

const inDoubleQuotes = (text: string): readonly (string | null)[] =>
  text
    .split(/(?<!\\)\$(?=\w)/)
    .flatMap((piece, index) => (index === 0 ? [piece] : [null, piece.replace(/^\w+/, '')]))
    .map((piece) => piece?.replace(/\\(["\\$`])/g, '$1') ?? null);

/** The invocation of a command line, its words joined as the shell would. */
export function invocation(line: string, given: Partial<Invocation> = {}): Invocation {
  const [program = staticWord(''), ...args] = words(line).map(joined);
  return {
    name: textOf(program)?.split('/').at(-1),
    program,
    args,
    assignments: [],
    redirections: [],
    stdin: { kind: 'inherited' },
    cwd: staticWord(cwd),
    user: 'self',
    host: { kind: 'local' },
    env: { get: (name) => (name === 'HOME' ? staticWord('/home/ada') : undefined), names: () => ['HOME'] },
    origin: [{ kind: 'command-line', label: 'command line', line: undefined }],
    span: { start: 0, end: line.length },
    source: line,
    ...given,
  };
}

/** Neighbouring known pieces are one. */
function joined(word: Word): Word {
  if (word.kind === 'static') return word;
  const pieces: (string | null)[] = [];
  for (const piece of word.known) {
    const last = pieces.at(-1);
    if (piece !== null && typeof last === 'string') pieces[pieces.length - 1] = last + piece;
    else if (piece !== '') pieces.push(piece);
  }
  return dynamicWord(word.source, pieces);
}

/** A world of files: text, or another answer; all other files are absent. */
export function world(files: Readonly<Record<string, string | Answer>> = {}): PlannedWorld {
  const planned = new PlannedWorld(
    new Map(
      Object.entries(files).map(([path, file]): [string, Answer] => [
        queryKey({ kind: 'file', path }),
        typeof file === 'string' ? { kind: 'text', text: file } : file,
      ]),
    ),
  );
  return planned;
}

/** A word as text, `…` for what is not known. */
export const show = (word: Word | undefined): string | undefined =>
  word && (word.kind === 'static' ? word.value : word.known.map((piece) => piece ?? '…').join(''));

/** A request in one line: `DELETE api.acme.com /v1/orders < body`. */
export function line({ method, host, path, body }: HttpRequest): string {
  const shown =
    body.kind === 'none' ? '' : body.kind === 'unread' ? ` < unread: ${body.detail}` : ` < ${show(body.text)}`;
  return `${method} ${show(host)} ${show(path)}${shown}`;
}

/** What a client would send for a command line. */
export const requests = (
  client: HttpClient,
  command: string,
  files: Readonly<Record<string, string | Answer>> = {},
  given: Partial<Invocation> = {},
): readonly HttpRequest[] => client.read(invocation(command, given), world(files));
