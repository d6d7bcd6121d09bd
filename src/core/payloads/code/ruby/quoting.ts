// Quoting for the shell, and taking such quotes off again.
import { joinWords, staticWord, textOf } from '../../../model/word.ts';
import { list, text, unknown, type Value, wordOf } from '../value.ts';
import { plainText } from './plain.ts';

/** `Shellwords.escape`: one word, whatever stands in it. */
export function quoted(value: Value): Value {
  const plain = plainText(value);
  const known = plain.kind === 'text' ? textOf(plain.word) : undefined;
  if (known === undefined) return plain;
  return text(/^[\w@%+=:,./-]+$/.test(known) ? known : `'${known.replaceAll("'", `'\\''`)}'`);
}

/** `Shellwords.join`: a list as one command line. */
export const joinedWords = (items: readonly Value[]): Value =>
  text(
    joinWords(
      items.map((item) => wordOf(quoted(item))),
      ' ',
    ),
  );

/** `Shellwords.split`, for texts whose quotes are plain. */
export function splitWords(value: Value): Value {
  const known = value.kind === 'text' ? textOf(value.word) : undefined;
  if (known === undefined) return list([unknown('shellsplit')], false);
  const words = known.match(/(?:[^\s'"\\]|\\.|'[^']*'|"[^"]*")+/g) ?? [];
  return list(words.map((word) => text(staticWord(word.replace(/'([^']*)'|"([^"]*)"|\\(.)/g, '$1$2$3')))));
}
