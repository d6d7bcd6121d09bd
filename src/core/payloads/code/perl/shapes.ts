// Shapes of Perl's expressions: which of them are lists, which end what they stand in, and what declarations leave.
import { list, table, text, type Value } from '../value.ts';
import type { Expression } from './syntax.ts';

/** Longer ranges are not counted out. */
const longestRange = 64;

/** Whether a list stands open: its items are items of the list around it. */
export function isOpen(expression: Expression): boolean {
  switch (expression.kind) {
    case 'variable':
    case 'dereference':
      return expression.sigil === '@' || expression.sigil === '%';
    case 'element':
      return expression.slice;
    case 'operation':
      return (
        expression.operator !== '\\' &&
        expression.operator !== 'handle' &&
        expression.operator !== '||' &&
        expression.operator !== '//'
      );
    case 'list':
    case 'call':
    case 'glob':
    case 'do':
    case 'choice':
    case 'assign':
    case 'apply':
      return true;
    default:
      return false;
  }
}

/** Whether an assignment to it gives a list to what stands behind it. */
export const takesList = (target: Expression): boolean => {
  if (target.kind === 'operation') return target.operands[0] !== undefined && takesList(target.operands[0]);
  return (
    target.kind === 'list' ||
    ((target.kind === 'variable' || target.kind === 'dereference') && (target.sigil === '@' || target.sigil === '%'))
  );
};

/** The names of variables that are declared, with their sigils. */
export const variablesOf = (expression: Expression | undefined): readonly string[] => {
  if (expression?.kind === 'variable') return [expression.sigil + expression.name];
  return expression?.kind === 'list' ? expression.items.flatMap(variablesOf) : [];
};

/** What a variable holds that was declared and nothing more. */
export const initial = (variable: string): Value =>
  variable.startsWith('@') ? list([]) : variable.startsWith('%') ? table(new Map()) : text('');

/** What stands behind these does not run any more. */
export function endsBlock(expression: Expression | undefined): boolean {
  return expression?.kind === 'call' && /^(return|die|exit|croak|confess|exec|next|last|redo)$/.test(expression.name);
}

/** `1..5`, where it is short. */
export function range([from, to]: readonly (string | undefined)[]): Value {
  const [first, last] = [Number(from), Number(to)];
  if (from === undefined || to === undefined || !Number.isInteger(first) || !Number.isInteger(last))
    return list([], false);
  if (last - first > longestRange) return list([], false);
  return list(Array.from({ length: Math.max(0, last - first + 1) }, (_unused, at) => text(String(first + at))));
}
