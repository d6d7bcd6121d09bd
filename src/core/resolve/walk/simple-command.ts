// Simple commands: words, assignments and redirections are expanded in the shell's order, then the command is invoked.
import type { Assignment } from '../../model/invocation.ts';
import type { AssignmentNode, SimpleNode, WordNode } from '../../model/script.ts';
import { dynamicWord, joinWords, staticWord, textOf, type Word } from '../../model/word.ts';
import { assign } from '../builtins.ts';
import { expandText, expandWord } from '../expand.ts';
import type { Scope } from '../scope.ts';
import { invoke } from './calls.ts';
import type { WalkContext } from './context.ts';
import { onLine } from './lines.ts';
import { expandRedirections } from './redirections.ts';

export const followSimple = (walk: WalkContext, node: SimpleNode, scope: Scope): Word | undefined =>
  onLine(walk, node.span.start, () => simpleCommand(walk, node, scope));

function simpleCommand(walk: WalkContext, node: SimpleNode, scope: Scope): Word | undefined {
  const words = node.words.flatMap((word) => argumentsOf(walk, word, scope));
  const assignments = node.assignments.map((entry) => assignmentOf(walk, entry, scope, words.length > 0));
  const { redirections, stdin, descriptors } = expandRedirections(walk, node.redirections, scope);
  // What stands behind `exec` alone stays; what stands behind a command is that command's own, and does no harm later.
  for (const [number, descriptor] of descriptors) scope.setDescriptor(number, descriptor);
  if (words.length === 0 && redirections.length === 0) return staticWord('');
  const output = invoke(
    walk,
    {
      words,
      assignments: assignments.filter((entry) => entry !== undefined),
      redirections,
      stdin: stdin ?? walk.frame.stdin,
      span: node.span,
      source: walk.frame.source.slice(node.span.start, node.span.end),
    },
    scope,
  );
  for (const word of node.words)
    if (word.type === 'assignment' && word.value.type === 'array') declareArray(walk, word, scope);
  // `exec <file` changes what all that follows reads.
  if (words.length === 1 && textOf(words[0]) === 'exec' && stdin !== undefined) walk.frame = { ...walk.frame, stdin };
  return output;
}

/** `declare -a list=(a b)`: the argument that the builtin gets shows no list. */
function declareArray(walk: WalkContext, node: AssignmentNode, scope: Scope): void {
  assign(node, assignedValue(walk, node, scope), undefined, scope);
}

function argumentsOf(walk: WalkContext, node: WordNode | AssignmentNode, scope: Scope): Word[] {
  if (node.type === 'word') return expandWord(node, scope, walk);
  if (node.index !== undefined) expandText(node.index, scope, walk);
  const value = assignedValue(walk, node, scope);
  const word = Array.isArray(value) ? joinWords(value as Word[], ' ') : (value as Word);
  return [joinWords([staticWord(`${node.name}${node.append ? '+' : ''}=`), word])];
}

/** `A=1` alone changes the shell; in front of a command it is that command's own. */
function assignmentOf(
  walk: WalkContext,
  node: AssignmentNode,
  scope: Scope,
  forCommand: boolean,
): Assignment | undefined {
  const index = node.index && expandText(node.index, scope, walk);
  const value = assignedValue(walk, node, scope);
  if (!forCommand) {
    assign(node, value, index, scope);
    return undefined;
  }
  return { name: node.name, value: Array.isArray(value) ? dynamicWord(`$${node.name}`) : (value as Word) };
}

function assignedValue(walk: WalkContext, node: AssignmentNode, scope: Scope): Word | readonly Word[] {
  if (node.value.type === 'array') return node.value.elements.flatMap((element) => expandWord(element, scope, walk));
  return expandText(node.value, scope, walk);
}
