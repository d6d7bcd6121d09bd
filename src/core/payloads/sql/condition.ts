// Decides whether a WHERE limits anything. Only conditions that are true for every row by their own words count as
// no limit; what a table holds is not known here.
import type { SqlDialect } from '../../model/fact.ts';
import type { Token, View } from './token.ts';

type Truth = 'true' | 'false' | 'unknown';

/** Parentheses deeper than this are not followed; such a condition counts as no limit. */
const DEPTH = 32;

/** Column names that hold a key by convention: `id > 0` is how "every row" is written to please a safe-update mode. */
const keys = new Set(['ID', '_ID', 'ROWID', 'OID', 'UUID', 'PK']);
const noKeyValue = /^(?:0|-1||(?:0{8}-0{4}-0{4}-0{4}-0{12}))$/;

/** Whether a condition picks rows at all. */
export const limits = (condition: View, dialect: SqlDialect): boolean => evaluate(condition, dialect, 0) !== 'true';

function evaluate(view: View, dialect: SqlDialect, depth: number): Truth {
  if (depth > DEPTH) return 'true';
  const alternatives = split(view, (position) => isOr(view, position, dialect));
  if (alternatives.length > 1) return any(alternatives.map((part) => evaluateAnd(part, dialect, depth)));
  return evaluateAnd(view, dialect, depth);
}

function evaluateAnd(view: View, dialect: SqlDialect, depth: number): Truth {
  const parts = split(view, (position) => view.word(position) === 'AND' || view.isSymbol(position, '&&'));
  return all(parts.map((part) => evaluateTerm(part, dialect, depth)));
}

function evaluateTerm(view: View, dialect: SqlDialect, depth: number): Truth {
  let negations = 0;
  while (view.word(negations) === 'NOT' || view.isSymbol(negations, '!')) negations++;
  const truth = evaluateAtom(view.slice(negations), dialect, depth);
  if (negations % 2 === 0 || truth === 'unknown') return truth;
  return truth === 'true' ? 'false' : 'true';
}

function evaluateAtom(view: View, dialect: SqlDialect, depth: number): Truth {
  if (view.length === 1 && view.isSymbol(0, '(')) return evaluate(view.inside(0), dialect, depth + 1);
  if (view.length === 1) return literalTruth(view.token(0));
  const operator = comparisonAt(view);
  if (operator === -1) return isEveryRow(view) ? 'true' : 'unknown';
  const left = view.slice(0, operator);
  const right = view.slice(operator + 1);
  const text = view.token(operator)?.text ?? '';
  const constants = [constant(left), constant(right)] as const;
  if (constants[0] !== undefined && constants[1] !== undefined) return compare(constants[0], text, constants[1]);
  if (sameExpression(left, right)) return isReflexive(text) ? 'true' : 'false';
  return isKey(left) && constants[1] !== undefined && coversKeys(text, constants[1]) ? 'true' : 'unknown';
}

const isOr = (view: View, position: number, dialect: SqlDialect): boolean =>
  view.word(position) === 'OR' || (dialect === 'mysql' && view.isSymbol(position, '||'));

function split(view: View, separates: (position: number) => boolean): readonly View[] {
  const parts: View[] = [];
  let from = 0;
  for (let position = 0; position < view.length; position++) {
    if (!separates(position)) continue;
    parts.push(view.slice(from, position));
    from = position + 1;
  }
  parts.push(view.slice(from));
  return parts;
}

const any = (truths: readonly Truth[]): Truth =>
  truths.includes('true') ? 'true' : truths.every((truth) => truth === 'false') ? 'false' : 'unknown';
const all = (truths: readonly Truth[]): Truth =>
  truths.includes('false') ? 'false' : truths.every((truth) => truth === 'true') ? 'true' : 'unknown';

function literalTruth(token: Token | undefined): Truth {
  if (token?.keyword === 'TRUE') return 'true';
  if (token?.keyword === 'FALSE' || token?.keyword === 'NULL') return 'false';
  if (token?.kind === 'number') return Number(token.text) === 0 ? 'false' : 'true';
  if (token?.kind !== 'string') return 'unknown';
  const text = token.text.trim().toLowerCase();
  if (/^(?:t|true|y|yes|on)$/.test(text)) return 'true';
  return Number.parseFloat(text) !== 0 && !Number.isNaN(Number.parseFloat(text)) ? 'true' : 'false';
}

const comparisons = new Set(['=', '==', '<>', '!=', '<', '>', '<=', '>=', '<=>']);
const comparisonAt = (view: View): number => {
  for (let position = 0; position < Math.min(view.length, 16); position++) {
    const token = view.token(position);
    if (token?.kind === 'symbol' && comparisons.has(token.text)) return position;
  }
  return -1;
};

/** The text of a literal, a leading sign included. */
function constant(view: View): string | undefined {
  const signed = view.isSymbol(0, '-');
  if (view.length !== (signed ? 2 : 1)) return undefined;
  const token = view.token(signed ? 1 : 0);
  if (token?.keyword === 'TRUE' || token?.keyword === 'FALSE') return token.keyword;
  if (token?.kind !== 'number' && token?.kind !== 'string') return undefined;
  return (signed ? '-' : '') + token.text;
}

function compare(left: string, operator: string, right: string): Truth {
  const numbers = [Number(left), Number(right)] as const;
  const numeric = left.trim() !== '' && right.trim() !== '' && numbers.every((value) => !Number.isNaN(value));
  const order = numeric ? Math.sign(numbers[0] - numbers[1]) : left < right ? -1 : left > right ? 1 : 0;
  return holds(order, operator) ? 'true' : 'false';
}

function holds(order: number, operator: string): boolean {
  switch (operator) {
    case '<':
      return order < 0;
    case '>':
      return order > 0;
    case '<=':
      return order <= 0;
    case '>=':
      return order >= 0;
    case '<>':
    case '!=':
      return order !== 0;
    default:
      return order === 0;
  }
}

const isReflexive = (operator: string): boolean => holds(0, operator);

function sameExpression(left: View, right: View): boolean {
  if (left.length === 0 || left.length !== right.length || left.length > 7) return false;
  for (let position = 0; position < left.length; position++) {
    const [a, b] = [left.token(position), right.token(position)];
    const isName = a?.kind === 'word' || a?.kind === 'quoted' || (a?.kind === 'symbol' && a.text === '.');
    if (!isName || a.kind !== b?.kind || a.text.toLowerCase() !== b.text.toLowerCase()) return false;
  }
  return true;
}

/** `id`, `orders.id`. */
const isKey = (view: View): boolean =>
  (view.length === 1 || view.isSymbol(view.length - 2, '.')) &&
  keys.has(view.token(view.length - 1)?.text.toUpperCase() ?? '');

function coversKeys(operator: string, value: string): boolean {
  if (operator === '<>' || operator === '!=') return noKeyValue.test(value);
  if (operator === '>') return value === '0' || value === '-1';
  return operator === '>=' && (value === '0' || value === '1');
}

/** `id IS NOT NULL`, `name LIKE '%'`. */
function isEveryRow(view: View): boolean {
  const last = view.length - 1;
  if (view.word(last) === 'NULL' && view.word(last - 1) === 'NOT' && view.word(last - 2) === 'IS') {
    return isKey(view.slice(0, last - 2));
  }
  const pattern = view.token(last);
  const like = view.word(last - 1);
  if (like !== 'LIKE' && like !== 'ILIKE') return false;
  return view.word(last - 2) !== 'NOT' && pattern?.kind === 'string' && /^%+$/.test(pattern.text);
}
