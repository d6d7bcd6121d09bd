// What curl's data options send: `-d` and its kin, `--json`, `-F`.
import { dynamicWord, joinWords, staticWord, type Word } from '../../../model/word.ts';
import { encodeField, type FormField } from '../form.ts';
import { type Content, fileContent, type Source, stdinContent } from '../source.ts';
import { cutWord, dropStart, flat, mapKnown, partOf } from '../words.ts';

/** How one data option reads its value. */
export type DataMode = 'text' | 'binary' | 'raw' | 'urlencode';

/** What one data option adds. */
export function dataContent(value: Word, mode: DataMode, source: Source): Content {
  if (mode === 'urlencode') return encodedContent(value, source);
  if (mode === 'raw' || !flat(value).startsWith('@')) return { kind: 'text', text: value };
  const content = named(dropStart(value, 1), source);
  if (mode === 'binary' || content.kind !== 'text') return content;
  return { kind: 'text', text: mapKnown(content.text, (text) => text.replace(/[\r\n\0]/g, '')) };
}

/** `content`, `=content`, `name=content`, `@file` or `name@file`: the content is encoded, the name is not. */
function encodedContent(value: Word, source: Source): Content {
  const text = flat(value);
  const equals = text.indexOf('=');
  const at = equals < 0 ? text.indexOf('@') : equals;
  const name = at <= 0 ? '' : `${text.slice(0, at)}=`;
  const rest = dropStart(value, at + 1);
  const content: Content = equals < 0 && at >= 0 ? named(rest, source) : { kind: 'text', text: rest };
  if (content.kind !== 'text') return content;
  return { kind: 'text', text: joinWords([partOf(value, name), mapKnown(content.text, encodeField)]) };
}

/** Both contents, one behind the other; what could not be read spoils the whole. */
export function joinContent(before: Content | undefined, added: Content, separator: string): Content {
  if (before === undefined || before.kind === 'unread') return before ?? added;
  if (added.kind === 'unread') return added;
  return { kind: 'text', text: joinWords([before.text, added.text], separator) };
}

/** A file, or standard input for `-`. */
export const named = (name: Word, source: Source): Content =>
  flat(name) === '-' ? stdinContent(source) : fileContent(name, source);

/** Fields whose uploaded file is worth reading: the two that hold GraphQL. Other uploads are data. */
const readUploads = new Set(['operations', 'query']);

/** `name=value`, `name=@upload`, `name=<file`, with `;type=` behind it; a part that is not read is an unknown piece. */
export function formField(argument: Word, literal: boolean, source: Source): FormField {
  const [name, value] = cutWord(argument, '=') ?? [argument, staticWord('')];
  if (literal) return { name, value };
  const text = flat(value);
  const kind = text.charAt(0);
  if (kind === '@' || kind === '<') {
    const path = partOf(value, (text.slice(1).split(';', 1)[0] ?? '').replace(/^"|"$/g, ''));
    const content = kind === '<' || readUploads.has(flat(name)) ? named(path, source) : undefined;
    return { name, value: content?.kind === 'text' ? content.text : dynamicWord(`<${text.slice(1)}>`) };
  }
  const options = text.search(/;(?:type|filename|headers|encoder)=/);
  const plain = options < 0 ? value : partOf(value, text.slice(0, options));
  return { name, value: flat(plain).startsWith('"') ? mapKnown(plain, (known) => known.replace(/^"|"$/g, '')) : plain };
}
