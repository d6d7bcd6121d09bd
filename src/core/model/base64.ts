// Base64: the bytes behind a text, as far as it is one.

/** The bytes that a text in base64 (or its form for URLs) stands for; undefined where it is not one. */
export function bytesOfBase64(text: string): Uint8Array | undefined {
  const plain = text.replace(/\s+/g, '').replaceAll('-', '+').replaceAll('_', '/').replace(/=+$/, '');
  if (plain.length % 4 === 1 || !/^[A-Za-z0-9+/]*$/.test(plain)) return undefined;
  return Uint8Array.from(atob(plain), (character) => character.charCodeAt(0));
}

/** The same as text in UTF-8; bytes that are none become marks. */
export function textOfBase64(text: string): string | undefined {
  const bytes = bytesOfBase64(text);
  return bytes && new TextDecoder().decode(bytes);
}
