// curl's configuration files (`-K`): one option a line, quoted values, comments. See curl(1), --config.
import { staticWord } from '../../../model/word.ts';
import { type Argument, longName, readArguments } from '../options.ts';
import { curlOptions } from './options.ts';

/** The options in the text of a configuration file, in order. */
export function readConfig(text: string): readonly Argument[] {
  return text.split(/\r?\n/).flatMap(readLine);
}

function readLine(line: string): readonly Argument[] {
  const start = line.trimStart();
  if (start === '' || '#/*'.includes(start.charAt(0))) return [];
  const dashed = start.startsWith('-');
  // Behind a dashed name only a space ends the name; `=` and `:` would belong to it.
  const end = start.search(dashed ? /\s/ : /[\s=:]/);
  const written = end < 0 ? start : start.slice(0, end);
  const value = end < 0 ? undefined : readValue(start.slice(end).replace(dashed ? /^\s+/ : /^[\s=:]+/, ''));
  if (dashed)
    return readArguments(
      [written, ...(value === undefined ? [] : [value])].map((word) => staticWord(word)),
      curlOptions,
    );
  const { name, negated } = longName(written, curlOptions);
  return [{ kind: 'option', name, value: value === undefined ? undefined : staticWord(value), negated }];
}

const escapes: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r', v: '\v' };

function readValue(text: string): string | undefined {
  if (text === '') return undefined;
  if (!text.startsWith('"')) return text.split(/\s/, 1)[0];
  let value = '';
  for (let at = 1; at < text.length && text.charAt(at) !== '"'; at += 1) {
    if (text.charAt(at) === '\\') {
      at += 1;
      const escaped = text.charAt(at);
      value += escapes[escaped] ?? escaped;
    } else value += text.charAt(at);
  }
  return value;
}
