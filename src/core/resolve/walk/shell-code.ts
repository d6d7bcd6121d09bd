// Shell code that a command runs as text: followed as it is, or as far as it is known.
import type { Invocation, OriginStep } from '../../model/invocation.ts';
import { dynamicWord, knownPrefix, piecesOf, showWord, textOf, type Word } from '../../model/word.ts';
import type { Inner } from '../launcher.ts';
import { printedCode, unknownVariable } from '../printed.ts';
import type { Scope } from '../scope.ts';
import { nested, report, type WalkContext } from './context.ts';

/** `bash -c 'text' name args`, `eval text`. */
export function followCode(
  walk: WalkContext,
  { text, positionals, name }: Extract<Inner, { kind: 'code' }>,
  call: Invocation,
  scope: Scope,
): Word | undefined {
  if (positionals !== undefined) scope.positionals = positionals;
  if (name !== undefined) scope.name = name;
  return followText(walk, text, call, scope);
}

/** Known pieces around unknown ones are still read: each unknown piece stands as a variable that nothing sets. */
export function followText(walk: WalkContext, text: Word, call: Invocation, scope: Scope): Word | undefined {
  const known = textOf(text);
  if (known !== undefined) return walk.code(known, scope);
  const pieces = piecesOf(text);
  const isPartlyKnown = pieces.some((piece) => piece !== null && /\S/.test(piece));
  if (isPartlyKnown) {
    scope.setWord(unknownVariable, dynamicWord('…'));
    walk.code(pieces.map((piece) => piece ?? `$${unknownVariable}`).join(''), scope);
    if (knownPrefix(text).trim() !== '') return undefined;
  }
  // What a program prints (`eval "$(ssh-agent)"`) is as good as that program; what stands in a variable may be anything.
  const source = showWord(text);
  const reason = isPartlyKnown || /\$\(|`/.test(source) ? 'generated-code' : 'dynamic-code';
  report(walk, reason, `${source} is run as shell code; its text is not known`, call);
  return undefined;
}

/** Code that comes through a pipe and is not known: what stands in the arguments of those that print it is followed. */
export function followPrinted(walk: WalkContext, call: Invocation, scope: Scope): void {
  const texts = call.stdin.kind === 'pipe' ? printedCode(call.stdin.from) : [];
  for (const text of texts) {
    const fork = scope.fork();
    fork.setWord(unknownVariable, dynamicWord('…'));
    const step: OriginStep = { kind: 'stdin', label: 'what may be printed', line: undefined };
    nested(walk, step, { stdin: { kind: 'none' } }, () => walk.code(text, fork));
  }
}
