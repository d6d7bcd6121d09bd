// Paths as Ruby's File takes them apart and expands them.
import { joinWords, staticWord, textOf, type Word } from '../../../model/word.ts';
import { pathFrom } from '../../../resolve/paths.ts';
import { joinPaths, text, unknown, type Value } from '../value.ts';
import type { Ruby } from './interpreter.ts';
import { literal } from './model.ts';
import { plainText } from './plain.ts';

/** `File.expand_path(path, from)`: absolute, dots resolved; `~` stays as it is. */
export function expandPath(path: Value, from: Value | undefined, ruby: Ruby): Value {
  const base = from === undefined ? text(ruby.folder) : plainText(from);
  const word = path.kind === 'text' ? path.word : undefined;
  if (word === undefined) return path;
  const [known, folder] = [textOf(word), literal(base)];
  if (known !== undefined && (/^[/~]/.test(known) || folder?.startsWith('/') === true))
    return text(staticWord(pathFrom(known, folder ?? '/'), word.glob));
  return joinPaths([base, path]);
}

/** The folder of a path; of one that is only partly known, what stands in front of the last known slash. */
export function folderName(path: Value): Value {
  if (path.kind !== 'text') return unknown('dirname');
  const known = textOf(path.word);
  if (known !== undefined) {
    const trimmed = known.replace(/\/+$/, '');
    const at = trimmed.lastIndexOf('/');
    return text(staticWord(at < 0 ? '.' : at === 0 ? '/' : trimmed.slice(0, at), false));
  }
  return text(joinWords([path.word, staticWord('/..')]));
}

export function baseName(path: Value, suffix?: Value): Value {
  const word: Word | undefined = path.kind === 'text' ? path.word : undefined;
  const known = textOf(word);
  if (known === undefined) return unknown('basename');
  const name = known.replace(/\/+$/, '').split('/').at(-1) ?? '';
  const ending = literal(suffix) ?? '';
  const isAny = ending === '.*' ? /\.[^.]*$/.exec(name)?.[0] : ending;
  return text(
    staticWord(
      isAny !== undefined && isAny !== '' && name.endsWith(isAny) ? name.slice(0, -isAny.length) : name,
      word?.glob,
    ),
  );
}
