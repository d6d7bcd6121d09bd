// Conventions: what shells and the words of commands mean beyond their syntax, as far as the walk has to know.
import type { Stdin } from '../model/invocation.ts';
import type { FailureReason } from '../model/observation.ts';
import type { CommandNode } from '../model/script.ts';
import { textOf, type Word } from '../model/word.ts';

/** Builtins that run code or words in the calling shell itself, where all its variables are. */
export const ownShell: ReadonlySet<string> = new Set(['command', 'builtin', 'eval', 'source', '.', 'trap']);

/** Builtins that take a name with a subscript and evaluate it; the last three only behind `-v`. */
const evaluating: ReadonlySet<string> = new Set(
  'unset declare typeset local readonly export read test [ printf'.split(' '),
);

/** Whether a builtin evaluates a text that was kept from being expanded: `unset 'a[$(rm x)]'`, `let 'a[$(rm x)]'`. */
export function evaluatesCommands(name: string, args: readonly Word[]): boolean {
  if (name === 'let') return args.some((word) => /\$\(|`/.test(textOf(word) ?? ''));
  if (!evaluating.has(name)) return false;
  if (['test', '[', 'printf'].includes(name) && !args.some((word) => textOf(word) === '-v')) return false;
  // What stands there unquoted was expanded before.
  return args.some((word) => !word.glob && /^\w+\[[^\]]*(?:\$\(|`)/.test(textOf(word) ?? ''));
}

/** `<&3`: what another descriptor reads is not followed; `<&-` closes the input. */
export function duplicateInput(source: Word): Stdin | undefined {
  const text = textOf(source);
  if (text === '-') return { kind: 'none' };
  return text === '0' ? undefined : { kind: 'pipe', from: [], text: undefined };
}

/** Under this name a scope keeps that `shopt -s lastpipe` is on: the last command of a pipeline is the shell's own. */
export const lastPipe = 'shopt lastpipe';

/** Builtins that end a loop early. */
export const leavesLoop: ReadonlySet<string> = new Set(['break', 'continue', 'return', 'exit']);

/** Paths under which a program finds its own standard input. */
export const standardInput: ReadonlySet<string> = new Set(['/dev/stdin', '/dev/fd/0', '/proc/self/fd/0']);

/** Commands that prepare what follows and whose failure ends a chain that nobody meant to go on. */
const preparing: ReadonlySet<string> = new Set(
  'cd pushd mkdir export set source . true : echo printf touch umask declare local readonly typeset shopt alias'.split(
    ' ',
  ),
);

export const prepares = (node: CommandNode): boolean => {
  if (node.type !== 'simple') return false;
  const [first] = node.words;
  if (first !== undefined) return first.type === 'word' && preparing.has(first.source);
  return node.assignments.every(({ value }) => value.type === 'array' || !/`|\$\(/.test(value.source));
};

/** `$SUDO rm -rf x`: a variable that is `sudo` or nothing, and the command itself stands behind it. */
export const isElevator = (program: Word): boolean =>
  program.kind === 'dynamic' && /sudo|doas|as_?root|elevate/i.test(program.source);

/** Whether a program came with a package, rather than with the project. */
export const isInstalled = (path: string): boolean =>
  /\/(node_modules|site-packages|dist-packages|\.venv|venv|vendor|gems)\/|^\/(usr|bin|sbin|lib|opt|nix|snap)\//.test(
    path,
  );

/** Whether a script that could not be read may run all the same: a folder does not, and a binary called by path is no script. */
export const mayRun = (reason: FailureReason, program: boolean): boolean =>
  reason !== 'off' && reason !== 'folder' && !(program && reason === 'binary');

/** Programs that print what they fetch from the network. */
export const fetchers: ReadonlySet<string> = new Set(['curl', 'wget', 'http', 'https', 'xh', 'xhs', 'fetch', 'aria2c']);

/** `/bin/rm` and `\rm` are `rm`; a glob or an unknown word has no name. */
export function programName(program: Word): string | undefined {
  const text = textOf(program);
  if (text !== undefined) return program.glob && text !== '[' ? undefined : baseName(text);
  if (program.kind === 'static') return undefined;
  // The user's own shell, whichever it is.
  if (/^\$\{?SHELL\}?$/.test(program.source)) return 'bash';
  const last = program.known.at(-1);
  return typeof last === 'string' && last.includes('/') ? baseName(last) : undefined;
}

/** A file system that knows no case runs `RM` as `rm`; on others there is no such program. */
function baseName(path: string): string {
  const separator = /^[A-Za-z]:\\/.test(path) ? '\\' : '/';
  const name = path.slice(path.lastIndexOf(separator) + 1).replace(/\.exe$/i, '');
  return /^[A-Z]{2,}$/.test(name) && !libwww.has(name) ? name.toLowerCase() : name;
}

/** Programs of the libwww-perl package, which are no HTTP methods of curl's. */
const libwww: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST']);

/** Bytes of a script in which the kernel looks for its interpreter. Source: execve(2), `BINPRM_BUF_SIZE`. */
const interpreterLine = 256;

/**
 * A text that is called by path and names no interpreter that the kernel finds is run by the calling shell itself: one
 * without `#!`, with nothing behind it, or with a path that is too long.
 */
export function isShellScript(text: string): boolean {
  if (!text.startsWith('#!')) return true;
  const named = /^#![ \t]*([^ \t\n]*)/.exec(text.slice(0, interpreterLine))?.[0] ?? '';
  if (/[!\t ]$/.test(named) || named.length === interpreterLine) return true;
  const line = text.slice(2, text.indexOf('\n') < 0 ? undefined : text.indexOf('\n'));
  return /(^|[\s/])(ba|z|da|k|a|mk)?sh(\s|$)/.test(line);
}
