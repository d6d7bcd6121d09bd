// curl's `--variable` and the `{{name}}` of its `--expand-*` options (curl 8.3 and later). See curl(1), VARIABLES.
import { dynamicWord, joinWords, staticWord, type Word } from '../../../model/word.ts';
import { encodeField } from '../form.ts';
import { fileContent, type Source, stdinContent } from '../source.ts';
import { flat, hole, mapKnown, partOf } from '../words.ts';

export type Variables = Map<string, Word>;

/** Reads `name=text`, `name@file`, `%ENV` or `%ENV=default`. */
export function setVariable(argument: Word, variables: Variables, source: Source): void {
  const text = flat(argument);
  const at = text.search(/[=@]/);
  const name = at < 0 ? text : text.slice(0, at);
  if (name.includes(hole)) return;
  const given = at < 0 ? undefined : partOf(argument, text.slice(at + 1));
  if (name.startsWith('%')) {
    variables.set(name.slice(1), source.call.env.get(name.slice(1)) ?? given ?? staticWord(''));
  } else if (given !== undefined) {
    variables.set(name, text.charAt(at) === '@' ? contentWord(given, source) : given);
  }
}

function contentWord(path: Word, source: Source): Word {
  const content = flat(path) === '-' ? stdinContent(source) : fileContent(path, source);
  return content.kind === 'text' ? content.text : dynamicWord(`<${content.detail}>`);
}

/** Replaces each `{{name:function}}`; an unset variable is empty, as in curl. */
export function expandVariables(value: Word, variables: Variables): Word {
  const [head = '', ...tails] = flat(value).split('{{');
  const parts = tails.flatMap((tail) => {
    const end = tail.indexOf('}}');
    if (end < 0) return [partOf(value, `{{${tail}`)];
    return [expandOne(tail.slice(0, end), variables), partOf(value, tail.slice(end + 2))];
  });
  return joinWords([partOf(value, head), ...parts]);
}

const functions: Readonly<Record<string, (text: string) => string>> = {
  trim: (text) => text.trim(),
  json: (text) => JSON.stringify(text).slice(1, -1),
  url: (text) => encodeField(text).replaceAll('+', '%20'),
};

function expandOne(expression: string, variables: Variables): Word {
  const [name = '', ...calls] = expression.split(':');
  let word = variables.get(name) ?? staticWord('');
  for (const call of calls) {
    const change = functions[call];
    if (change === undefined) return dynamicWord(`{{${expression}}}`);
    word = mapKnown(word, change);
  }
  return word;
}
