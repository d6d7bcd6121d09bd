// Parameters from data: `--cli-input-json`, `--flags-file` and the like as the options that they stand for.
import type { Invocation } from '../../model/invocation.ts';
import type { World } from '../../model/observation.ts';
import type { DataReader } from '../../model/reader.ts';
import { joinWords, staticWord, textOf, type Word } from '../../model/word.ts';
import { withoutPrefix } from '../assignments.ts';
import type { Inner } from '../launcher.ts';
import { fileText, stdinText } from '../output.ts';

/** Options of one data file; more are not unfolded. */
const maxOptions = 100;

/** The words without an option and its value, and that value. */
export function takeOption(
  words: readonly Word[],
  flags: readonly string[],
): { readonly value: Word | undefined; readonly rest: readonly Word[] } {
  const at = words.findIndex((word) =>
    flags.some((flag) => textOf(word) === flag || textOf(word)?.startsWith(`${flag}=`)),
  );
  const word = words[at];
  if (word === undefined) return { value: undefined, rest: words };
  const glued = textOf(word)?.indexOf('=') ?? -1;
  if (glued > 0)
    return { value: withoutPrefix(word, glued + 1), rest: [...words.slice(0, at), ...words.slice(at + 1)] };
  return { value: words[at + 1], rest: [...words.slice(0, at), ...words.slice(at + 2)] };
}

/** `file://request.json`, or the text itself. Source: AWS CLI user guide, loading parameters. */
export function parameterText(value: Word | undefined, call: Invocation, world: World): string | undefined {
  const text = textOf(value);
  const path = /^fileb?:\/\/(.+)$/.exec(text ?? '')?.[1];
  if (path === undefined) return text;
  const isInput = path === '/dev/stdin' || path === '-';
  return textOf(isInput ? stdinText(call.stdin, call, world) : fileText(staticWord(path), call, world));
}

/** Data as a parsed value; undefined where it cannot be read, or not yet. */
export function dataOf(text: string | undefined, world: World): unknown {
  if (text === undefined) return undefined;
  const answer = world.ask({ kind: 'reader', language: 'yaml' });
  return answer?.kind === 'reader' ? (answer.reader as DataReader).read(text) : undefined;
}

/** `DBInstanceIdentifier` is `--db-instance-identifier`. Source: botocore, xform_name. */
const flagOf = (name: string): string =>
  `--${name
    .replace(/([a-z\d])([A-Z])/g, '$1-$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1-$2')
    .toLowerCase()}`;

/** The entries of an object as options: `true` is a switch, `false` its opposite, what is nested stands as JSON. */
export function optionsOf(data: unknown): readonly Word[] {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return [];
  return Object.entries(data)
    .slice(0, maxOptions)
    .flatMap(([name, value]: [string, unknown]): readonly Word[] => {
      const flag = name.startsWith('--') ? name : flagOf(name);
      if (value === true || value === null) return [staticWord(flag)];
      if (value === false) return [staticWord(flag.replace(/^--/, '--no-'))];
      return [staticWord(flag), staticWord(typeof value === 'object' ? JSON.stringify(value) : String(value))];
    });
}

/** The call with options in the place of the data that carried them; nothing where there are none. */
export function unfoldedCall(
  call: Invocation,
  rest: readonly Word[],
  options: readonly Word[],
  label: string,
): readonly Inner[] {
  if (options.length === 0) return [];
  return [{ kind: 'words', words: [call.program, ...rest, ...options], stdin: { kind: 'none' }, label }];
}

/** Commands in a parameter of `commands=rm x,df`, `commands=["rm x"]` or `{"commands":["rm x"]}`. */
export function commandsIn(text: string | undefined): readonly Word[] {
  if (text === undefined) return [];
  const list = /commands"?\s*[=:]\s*(\[[^\]]*\])/s.exec(text)?.[1];
  if (list === undefined) {
    const plain = /^commands=(.+)$/s.exec(text)?.[1];
    return plain === undefined ? [] : [staticWord(plain)];
  }
  const quoted = [...list.matchAll(/"((?:[^"\\]|\\.)*)"|'([^']*)'/g)].map(([, double, single]) =>
    staticWord(single ?? (double ?? '').replace(/\\n/g, '\n').replace(/\\(.)/g, '$1')),
  );
  return quoted.length > 0 ? [joinWords(quoted, '\n')] : [staticWord(list.slice(1, -1))];
}
