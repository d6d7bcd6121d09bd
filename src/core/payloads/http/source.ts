// Where bodies, headers and configuration come from: files and standard input.
import type { HttpBody } from '../../model/fact.ts';
import type { Invocation } from '../../model/invocation.ts';
import type { World } from '../../model/observation.ts';
import { showWord, staticWord, textOf, type Word } from '../../model/word.ts';
import { absolutePath } from '../../resolve/paths.ts';

/** Text, or why there is none. */
export type Content = Exclude<HttpBody, { kind: 'none' }>;

/** What a reader of an invocation reads from. */
export interface Source {
  readonly call: Invocation;
  readonly world: World;
}

const unread = (detail: string): Content => ({ kind: 'unread', detail });

/** The text of a file that the client would open. */
export function fileContent(path: Word, { call, world }: Source): Content {
  const shown = showWord(path);
  const text = textOf(path);
  if (text === '/dev/stdin') return stdinContent({ call, world });
  if (call.host.kind !== 'local') return unread(`${shown} is on another machine`);
  const absolute = text === undefined ? undefined : absolutePath(staticWord(text), call.cwd);
  if (absolute === undefined) return unread(`which file ${shown} is, is not known`);
  const answer = world.ask({ kind: 'file', path: absolute });
  if (answer === undefined) return unread(`${shown} is not read yet`);
  if (answer.kind === 'text') return { kind: 'text', text: staticWord(answer.text) };
  return unread(answer.kind === 'failed' ? `${shown}: ${answer.detail}` : `${shown} does not exist`);
}

/** What stands on the client's standard input. */
export function stdinContent(source: Source): Content {
  const { stdin } = source.call;
  switch (stdin.kind) {
    case 'none':
      return { kind: 'text', text: staticWord('') };
    case 'text':
      return { kind: 'text', text: stdin.text };
    case 'file':
      return fileContent(stdin.path, source);
    case 'pipe':
      return stdin.text === undefined ? unread('it comes out of a pipe') : { kind: 'text', text: stdin.text };
    case 'inherited':
      return unread('it comes from standard input');
  }
}
