// Substitutions: what stands in `$(...)`, `<(...)` and `>(...)` is followed, and what it prints is put in its place.
import type { OriginStep } from '../../model/invocation.ts';
import type { Script, SimpleNode } from '../../model/script.ts';
import { dynamicWord, showWord, staticWord, textOf, type Word } from '../../model/word.ts';
import { assignArithmetic } from '../builtins.ts';
import { stdinText } from '../output.ts';
import type { Scope } from '../scope.ts';
import { invoke } from './calls.ts';
import { nested, reportText, type WalkContext, within } from './context.ts';
import { expandRedirections } from './redirections.ts';
import { addSink, worldNow } from './written-files.ts';

export function substituteCommand(walk: WalkContext, script: Script, source: string, scope: Scope): Word {
  const inner = scope.fork();
  const file = fileOnly(script);
  const output = nested(walk, stepOf(source), {}, () =>
    file === undefined
      ? walk.script(script, inner)
      : within(walk, { source: script.source }, () => contentOf(walk, file, inner)),
  );
  if (output === undefined) return dynamicWord(source);
  // NUL bytes are dropped, and newlines at the end.
  if (output.kind === 'static') return staticWord(output.value.replaceAll('\0', '').replace(/\n+$/, ''));
  const known = [...output.known];
  const last = known.at(-1);
  if (typeof last === 'string') known[known.length - 1] = last.replace(/\n+$/, '');
  return dynamicWord(
    source,
    known.filter((piece) => piece !== ''),
  );
}

/** The command of `$(< file)`, which prints the file; with anything else in it, a redirection alone prints nothing. */
function fileOnly({ statements, complete }: Script): SimpleNode | undefined {
  const node = statements.length === 1 && complete ? statements[0]?.command : undefined;
  if (node?.type !== 'simple' || node.words.length > 0 || node.assignments.length > 0) return undefined;
  const [redirection, ...others] = node.redirections;
  return redirection?.type === 'file' && redirection.operator === '<' && others.length === 0 ? node : undefined;
}

/** `$(< file)`: what stands in the file. */
function contentOf(walk: WalkContext, node: SimpleNode, scope: Scope): Word | undefined {
  const { redirections, stdin = walk.frame.stdin } = expandRedirections(walk, node.redirections, scope);
  const source = walk.frame.source.slice(node.span.start, node.span.end);
  invoke(walk, { words: [], assignments: [], redirections, stdin, span: node.span, source }, scope);
  return stdinText(stdin, scope, worldNow(walk, scope));
}

/** The path that stands in for `<(...)` and `>(...)`, under which what it prints or reads is found again. */
export function substituteProcess(
  walk: WalkContext,
  script: Script,
  direction: '<' | '>',
  source: string,
  scope: Scope,
): Word {
  const step = stepOf(source);
  if (direction === '>') return addSink(walk, { script, step, scope, frame: walk.frame, fed: false });
  const { invocations } = walk.recording;
  const first = invocations.length;
  const path = `/dev/fd/guard-${first}`;
  const output = nested(walk, step, {}, () => walk.script(script, scope.fork()));
  scope.shared.written.set(path, { text: output, appended: false, from: invocations.slice(first) });
  return staticWord(path);
}

const stepOf = (source: string): OriginStep => ({ kind: 'substitution', label: shorten(source), line: undefined });

const shorten = (text: string): string => (text.length > 60 ? `${text.slice(0, 57)}...` : text);

/** `$((...))`, `((...))`: what an expression assigns is unknown, and what the values in it run is reported. */
export function evaluateArithmetic(walk: WalkContext, expression: string, scope: Scope): void {
  assignArithmetic(expression, scope);
  for (const [name] of expression.matchAll(/[A-Za-z_]\w*/g)) {
    // The value of a name is an expression once more.
    const value = scope.word(name);
    if (value === undefined || !/\[[^\]]*(?:\$\(|`)/.test(textOf(value) ?? '')) continue;
    const detail = `${name} is evaluated as an expression, and its value runs commands`;
    reportText(walk, 'dynamic-code', detail, showWord(value));
  }
}
