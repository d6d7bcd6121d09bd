// Plain values: what paths, files and the like are where a text is asked for.
import { dynamicWord } from '../../../model/word.ts';
import { named, text, type Value } from '../value.ts';
import { nil } from './model.ts';

/** A value as the text that interpolation and file functions make of it. */
export function plainText(value: Value): Value {
  if (value === nil) return text('');
  if (value.kind !== 'name') return value;
  const [first] = value.made?.positional ?? [];
  switch (value.name) {
    case 'Pathname()':
    case 'File()':
    case 'Dir()':
    case 'URI()':
      return first === undefined ? value : plainText(first);
    case 'Tempfile()':
      return tempPath;
    default:
      return value;
  }
}

/** A path below the folder for temporary files. */
export const tempPath: Value = text(dynamicWord('Tempfile', ['/tmp/', null]));

/** A text as a Pathname: it has other methods than a text. */
export const pathname = (value: Value): Value =>
  named('Pathname()', { positional: [plainText(value)], named: new Map() });

export const isPathname = (value: Value | undefined): value is Value & { kind: 'name' } =>
  value?.kind === 'name' && value.name === 'Pathname()';
