// Decoding: texts that stand encoded in a program. What is decoded is marked, so that running it is seen.
import { textOfBase64 } from '../../../model/base64.ts';
import { text, unknown, type Value } from '../value.ts';
import { literal } from './model.ts';

/** `unpack1("m")` and Base64 decode base64, `unpack1("H*")` gives hexadecimal digits. */
export function decodedText(value: Value, template: string | undefined, source: string): Value {
  const known = literal(value);
  if (template === undefined || known === undefined || !/^(m0?|u)$/.test(template)) return unknown(source, 'decoded');
  return base64Text(known, source);
}

/** The text behind base64 in any of its alphabets. */
export function base64Text(encoded: string, source: string): Value {
  const decoded = textOfBase64(encoded);
  return decoded === undefined ? unknown(source, 'decoded') : text(decoded, 'decoded');
}

/** The text behind hexadecimal digits, as `["..."].pack("H*")` gives it. */
export function hexText(digits: string, source: string): Value {
  if (!/^([0-9a-fA-F]{2})*$/.test(digits)) return unknown(source, 'decoded');
  const bytes = digits.match(/../g)?.map((pair) => Number.parseInt(pair, 16)) ?? [];
  return text(decodeBytes(Uint8Array.from(bytes)), 'decoded');
}

const decodeBytes = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
