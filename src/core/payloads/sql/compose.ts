// Puts together the text of dynamic SQL from literals, known variables and unknown pieces.
import { UNKNOWN, type View } from './token.ts';

const DEPTH = 16;
/** Longest text that is put together; what would be longer is unknown. */
const LIMIT = 1 << 16;
/** Behind these the expression is over: EXECUTE ... USING, EXEC (...) AT. */
const ends = new Set(['USING', 'INTO', 'AT', 'FROM', 'WHERE', 'STRICT', 'LOOP']);
const joining = new Set([
  'CONCAT',
  'CONCAT_WS',
  'QUOTENAME',
  'QUOTE_IDENT',
  'CAST',
  'CONVERT',
  'COALESCE',
  'ISNULL',
  'TRIM',
]);

/** The text that an expression yields, with the unknown placeholder where a piece is not known. */
export function compose(view: View, values: ReadonlyMap<string, string>, depth = 0): string {
  if (depth > DEPTH) return UNKNOWN;
  let text = '';
  for (let position = 0; position < view.length && text.length <= LIMIT; position++) {
    const token = view.token(position);
    if (token === undefined || ends.has(token.keyword)) break;
    if (token.kind === 'string' || token.kind === 'number') text += token.text;
    else if (token.kind === 'symbol') {
      if (token.text === '(') text += compose(view.inside(position), values, depth + 1);
      else if (token.text === '::') position++;
    } else if (view.isSymbol(position + 1, '(')) {
      text += composeCall(token.text.toUpperCase(), view.inside(position + 1), values, depth);
      position++;
    } else {
      text += values.get(token.text.toUpperCase()) ?? UNKNOWN;
      while (view.isSymbol(position + 1, '.')) position += 2;
    }
  }
  return text.length > LIMIT ? UNKNOWN : text;
}

function composeCall(name: string, inside: View, values: ReadonlyMap<string, string>, depth: number): string {
  if (name === 'CHAR' || name === 'CHR' || name === 'NCHAR') return ' ';
  if (joining.has(name)) return compose(inside, values, depth + 1);
  if (name !== 'FORMAT') return UNKNOWN;
  const template = inside.token(0);
  if (template?.kind !== 'string') return UNKNOWN;
  return template.text.replace(/%(?:\d{1,4}\$)?([sIL%])/g, (_, kind: string) => (kind === '%' ? '%' : UNKNOWN));
}
