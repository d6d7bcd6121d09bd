// Narrowing: what a condition says of a value in the branch where it holds.
import { dynamicWord } from '../../../model/word.ts';
import { text } from '../value.ts';
import { literalOf, stringValue } from './literals.ts';
import type { Scope } from './scope.ts';
import { childOf, type Node, partsOf, sourceOf } from './syntax.ts';

/** `if name.endswith('.tmp')`: what is not known of `name` ends so from here on, or in what follows `if not ...: continue`. */
export function narrow(condition: Node, holds: boolean, scope: Scope): void {
  const [operator, operand] = condition.children;
  if (condition.name === 'UnaryExpression' && operator?.name === 'not' && operand !== undefined) {
    narrow(operand, !holds, scope);
    return;
  }
  if (condition.name === 'ParenthesizedExpression' && operand !== undefined) {
    narrow(operand, holds, scope);
    return;
  }
  if (condition.name === 'BinaryExpression' && condition.children[1]?.name === (holds ? 'and' : 'or')) {
    for (const side of [condition.children[0], condition.children[2]])
      if (side !== undefined) narrow(side, holds, scope);
    return;
  }
  if (holds && condition.name === 'CallExpression') narrowCall(condition, scope);
}

function narrowCall(call: Node, scope: Scope): void {
  const [callee] = call.children;
  const object = callee?.children[0];
  const given = childOf(call, 'ArgList');
  if (callee?.name !== 'MemberExpression' || object?.name !== 'VariableName' || given === undefined) return;
  const [argument] = partsOf(given);
  const end = argument?.name === 'String' ? literalOf(stringValue(argument)) : undefined;
  const name = sourceOf(object);
  if (end === undefined || scope.get(name)?.kind !== 'unknown') return;
  const method = sourceOf(childOf(callee, 'PropertyName'));
  if (method === 'endswith') scope.set(name, text(dynamicWord(name, [null, end])));
  if (method === 'startswith') scope.set(name, text(dynamicWord(name, [end, null])));
}
