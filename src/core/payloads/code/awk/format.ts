// printf and sprintf: a format with its values filled in.
import { concat, knownText, text, unknown, type Value } from '../value.ts';

/** `%s` and `%d` take their values as they are; every other conversion is not known. */
export function formatted([format, ...values]: readonly Value[]): Value {
  const known = knownText(format);
  if (known === undefined) return format ?? text('');
  let next = 0;
  const parts = known.split(/(%[-+ #0-9.*]{0,12}[A-Za-z%])/).map((piece, index): Value => {
    if (index % 2 === 0) return text(piece);
    if (piece === '%%') return text('%');
    const value = values[next];
    next += 1;
    return /^%[sdi]$/.test(piece) && value !== undefined ? value : unknown(piece);
  });
  return concat(parts);
}
