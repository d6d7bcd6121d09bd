// Shows what a command line resolves to: one line for each invocation, unknown pieces as `…`.
import type { Invocation, OpaqueCode, Stdin } from '../../../src/core/model/invocation.ts';
import { type Answer, type Query, queryKey, type World } from '../../../src/core/model/observation.ts';
import type { Request } from '../../../src/core/model/request.ts';
import { piecesOf, type Word } from '../../../src/core/model/word.ts';
import { type ResolvedScript, resolve } from '../../../src/core/resolve/index.ts';

export interface Given {
  readonly env?: Readonly<Record<string, string>> | undefined;
  readonly cwd?: string | undefined;
  readonly positionals?: readonly string[];
  readonly shell?: Request['shell'];
  /** Files by absolute path: their text, or why they cannot be read. */
  readonly files?: Readonly<Record<string, string | Answer>>;
}

const home = '/home/ada';
export const folder = '/home/ada/acme';

/** A request from a folder of ada's, whose environment is known and small. */
const requestFor = (command: string, given: Given = {}): Request => ({
  command,
  shell: given.shell ?? 'bash',
  name: undefined,
  positionals: given.positionals ?? [],
  cwd: 'cwd' in given ? given.cwd : folder,
  env: 'env' in given ? given.env : { HOME: home, PATH: '/usr/bin:/bin' },
  from: { kind: 'command-line', label: 'command line' },
});

/** A world of the given files; it answers every question at once. */
export function worldOf(files: Given['files'] = {}): World & { readonly asked: readonly string[] } {
  const asked: string[] = [];
  const answer = (query: Query): Answer => {
    // Texts say nothing of what is not there.
    if (query.kind === 'entry') return { kind: 'failed', reason: 'off', detail: 'there is no disk' };
    if (query.kind !== 'file' || !Object.hasOwn(files, query.path)) return { kind: 'absent' };
    const file = files[query.path] ?? { kind: 'absent' };
    return typeof file === 'string' ? { kind: 'text', text: file } : file;
  };
  return {
    asked,
    ask(query) {
      asked.push(query.kind === 'file' ? query.path : queryKey(query));
      return answer(query);
    },
  };
}

export const resolved = (command: string, given: Given = {}): ResolvedScript =>
  resolve(requestFor(command, given), worldOf(given.files));

/** The words of an invocation: text with blanks or nothing in it stands in quotes. */
export const showInvocation = ({ program, args }: Pick<Invocation, 'program' | 'args'>): string =>
  [program, ...args].map(show).join(' ');

export function show(word: Word): string {
  const text = piecesOf(word)
    .map((piece) => piece ?? '…')
    .join('');
  return /^[^\s'"]+$/.test(text) ? text : JSON.stringify(text);
}

/** All invocations with a program, in the order in which they were met. */
export const listed = (command: string, given: Given = {}): readonly string[] =>
  resolved(command, given)
    .invocations.filter(({ program, args }) => show(program) !== '""' || args.length > 0)
    .map(showInvocation);

/** Only the stubs `c1` to `c9` among them: what launchers and builtins run in the end. */
export const stubs = (command: string, given: Given = {}): readonly string[] =>
  listed(command, given).filter((line) => /^(?:\S*\/)?c\d(?:\s|$)/.test(line));

/** The first invocation of a program. */
export function call(name: string, command: string, given: Given = {}): Invocation {
  const found = resolved(command, given).invocations.find((invocation) => invocation.name === name);
  if (found === undefined) throw new Error(`${name} is not listed for ${command}`);
  return found;
}

export const reasons = (command: string, given: Given = {}): readonly OpaqueCode['reason'][] =>
  resolved(command, given).opaque.map(({ reason }) => reason);

export function showStdin(stdin: Stdin): string {
  switch (stdin.kind) {
    case 'text':
      return `text ${show(stdin.text)}`;
    case 'file':
      return `file ${show(stdin.path)}`;
    case 'pipe':
      return `pipe ${stdin.text === undefined ? '?' : show(stdin.text)}`;
    default:
      return stdin.kind;
  }
}

export const originOf = ({ origin }: Pick<Invocation, 'origin'>): string =>
  origin.map(({ kind, label }) => `${kind}:${label}`).join(' > ');
