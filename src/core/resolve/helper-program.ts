// Helper programs: what a tool is told to run by an option, a setting or a variable (a pager, an editor, a transport).
import type { Invocation } from '../model/invocation.ts';
import type { World } from '../model/observation.ts';
import { staticWord, textOf, type Word } from '../model/word.ts';
import { isInstalled, mayRun } from './conventions.ts';
import type { Inner } from './launcher.ts';
import { absolutePath } from './paths.ts';

/** Programs that people set as pager, editor, browser or transport, and that run nothing of their own there. */
const wellKnown = new Set(
  `cat less more most bat delta diff-so-fancy diff-highlight ydiff difft colordiff vim vi nvim nano pico emacs emacsclient micro hx helix
  kak joe ed ex code code-insiders codium cursor windsurf zed subl mate atom gedit kate notepad true false : echo printf tee head
  tail ssh plink gpg gpg2 open xdg-open firefox chromium google-chrome w3m lynx sensible-editor sensible-pager sensible-browser`.split(
    /\s+/,
  ),
);

export interface HelperUse {
  /** What it is called in messages: `git core.pager`. */
  readonly label: string;
  readonly cwd?: Word;
  readonly from?: { readonly label: string; readonly line: number | undefined };
}

/** What runs where a tool hands a text to the shell. A program by path that cannot be read is said to be one. */
export function helperCode(text: Word, use: HelperUse, call: Invocation, world: World): readonly Inner[] {
  const known = textOf(text);
  if (known !== undefined && known.trim() === '') return [];
  const unread = unreadHelper(known ?? '', use, call, world);
  return [{ kind: 'code', text, stdin: { kind: 'none' }, ...use }, ...unread];
}

/** The same where a tool starts the program itself, by its path. */
export function helperProgram(path: Word, use: HelperUse, call: Invocation, world: World): readonly Inner[] {
  const known = textOf(path);
  if (known === undefined || known.trim() === '') return [];
  const word = `'${known.replaceAll("'", "'\\''")}'`;
  return [{ kind: 'words', words: [path], stdin: { kind: 'none' }, ...use }, ...unreadHelper(word, use, call, world)];
}

/** `./sync-helper --fast`: a program of somebody's own that nobody could look into. */
function unreadHelper(text: string, use: HelperUse, call: Invocation, world: World): readonly Inner[] {
  const first = /^\s*(?:'([^']+)'|"([^"$`]+)"|([^\s;&|<>()$`'"]+))/.exec(text);
  const path = first?.[1] ?? first?.[2] ?? first?.[3] ?? '';
  if (!path.includes('/') || isInstalled(path) || wellKnown.has(path.slice(path.lastIndexOf('/') + 1))) return [];
  const absolute = absolutePath(staticWord(atHome(path, call)), use.cwd ?? call.cwd);
  const answer =
    absolute === undefined || call.host.kind !== 'local' ? undefined : world.ask({ kind: 'file', path: absolute });
  const isUnread =
    absolute === undefined || (answer?.kind === 'failed' && (answer.reason === 'off' || mayRun(answer.reason, false)));
  const detail = `${use.label} runs ${path}, which cannot be read`;
  return isUnread ? [{ kind: 'opaque', reason: 'unreadable-script', detail, ...use }] : [];
}

function atHome(path: string, { env }: Invocation): string {
  const home = textOf(env.get('HOME'));
  return path.startsWith('~/') && home !== undefined ? `${home}${path.slice(1)}` : path;
}
