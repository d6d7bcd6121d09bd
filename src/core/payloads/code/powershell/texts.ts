// PowerShell's operators on texts that are known: formats, replacements and ranges.
import { concat, knownText, list, taintOf, text, unknown, type Value } from '../value.ts';

/** Longer ranges are not counted out. */
const longestRange = 64;

/** `remove-item` as it is written in messages. */
export const cmdletName = (name: string): string =>
  name
    .replace(/(?:^|-)[a-z]/g, (start) => start.toUpperCase())
    .replace(/(?<=Child|Web|Rest)(?:item|request|method)/, (word) => word[0]?.toUpperCase() + word.slice(1));

/** `'{0}/{1}' -f $a, $b`. */
export function filledIn(format: Value, values: readonly Value[]): Value {
  const known = knownText(format);
  if (known === undefined) return format;
  return concat(
    known.split(/(\{\d+(?:[^}]{0,40})\})/).map((piece, at) => {
      if (at % 2 === 0) return text(piece.replaceAll('{{', '{').replaceAll('}}', '}'));
      return values[Number(/\d+/.exec(piece)?.[0])] ?? unknown(piece);
    }),
    '',
  );
}

/** `-replace` with a pattern that is a plain text. */
export function replaced(value: Value, [pattern, replacement]: readonly Value[]): Value {
  const [whole, from, to] = [
    knownText(value),
    knownText(pattern),
    replacement === undefined ? '' : knownText(replacement),
  ];
  if (whole === undefined || from === undefined || to === undefined || from === '' || /[\\[\](){}^$.|?*+]/.test(from))
    return unknown('-replace', taintOf(value));
  return text(whole.replaceAll(from, to), taintOf(value));
}

/** `1..5`, where it is short. */
export function range(from: string | undefined, to: string | undefined): Value {
  const [first, last] = [Number(from), Number(to)];
  if (
    from === undefined ||
    to === undefined ||
    !Number.isInteger(first) ||
    !Number.isInteger(last) ||
    last < first ||
    last - first > longestRange
  )
    return list([], false);
  return list(Array.from({ length: last - first + 1 }, (_unused, at) => text(String(first + at))));
}
