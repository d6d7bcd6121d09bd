// Form fields as bodies: written by the clients, read back by those who look into a body.
import { joinWords, showWord, staticWord, type Word } from '../../model/word.ts';
import { decodeText } from './url.ts';
import { flat, hole, mapKnown, partOf, unflat } from './words.ts';

export interface FormField {
  readonly name: Word;
  readonly value: Word;
}

/** Our own boundary: the client's is random. */
const boundary = 'guard-form';
export const multipartType = `multipart/form-data; boundary=${boundary}`;
export const urlencodedType = 'application/x-www-form-urlencoded';

/** The body of a multipart form. */
export const multipartBody = (fields: readonly FormField[]): Word =>
  joinWords([
    ...fields.flatMap(({ name, value }) => [
      staticWord(`--${boundary}\r\nContent-Disposition: form-data; name="`),
      name,
      staticWord('"\r\n\r\n'),
      value,
      staticWord('\r\n'),
    ]),
    staticWord(`--${boundary}--\r\n`),
  ]);

/** The body of an urlencoded form. */
export const urlencodedBody = (fields: readonly FormField[]): Word =>
  joinWords(
    fields.map(({ name, value }) =>
      joinWords([mapKnown(name, encodeField), staticWord('='), mapKnown(value, encodeField)]),
    ),
    '&',
  );

/** Percent-encodes all but letters, digits and `-._~`; a space becomes `+`. */
export function encodeField(text: string): string {
  const encoded = encodeURIComponent(text.replace(/[\ud800-\udfff]/gu, '\ufffd')).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return encoded.replaceAll('%20', '+');
}

/** The fields of a body by its content type, decoded; undefined where it is no form. */
export function readForm(body: Word, contentType: string): readonly FormField[] | undefined {
  if (contentType.startsWith('multipart/form-data')) return readMultipart(body);
  return contentType.startsWith(urlencodedType) ? readUrlencoded(body) : undefined;
}

function readUrlencoded(body: Word): readonly FormField[] {
  return flat(body)
    .split('&')
    .filter((pair) => pair.includes('='))
    .map((pair) => {
      const equals = pair.indexOf('=');
      const decoded = (raw: string) => unflat(decodeText(raw.replaceAll('+', ' ')), showWord(partOf(body, raw)));
      return { name: decoded(pair.slice(0, equals)), value: decoded(pair.slice(equals + 1)) };
    });
}

function readMultipart(body: Word): readonly FormField[] {
  const text = flat(body);
  const first = text.search(/\r?\n/);
  const delimiter = first < 0 ? '' : text.slice(0, first);
  if (!delimiter.startsWith('--') || delimiter.includes(hole)) return [];
  return text.split(delimiter).flatMap((part) => {
    const head = /^\r?\n([\s\S]*?)\r?\n\r?\n/.exec(part);
    const name = head?.[1] === undefined ? undefined : /\bname="([^"]*)"/.exec(head[1])?.[1];
    if (head === null || name === undefined) return [];
    const value = part.slice(head[0].length).replace(/\r?\n$/, '');
    return [{ name: partOf(body, name), value: partOf(body, value) }];
  });
}
