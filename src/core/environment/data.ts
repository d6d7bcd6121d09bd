// Data from files and answers: values at a path of keys, whatever stands there.

/** The parsed text; undefined where it is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What stands at a path of keys; undefined where the path ends early. */
export const at = (value: unknown, ...path: readonly (string | number)[]): unknown =>
  path.reduce<unknown>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null && Object.hasOwn(inner, key)
        ? (inner as Record<string | number, unknown>)[key]
        : undefined,
    value,
  );

/** The text at a path; undefined where there is none or it is empty. */
export function textAt(value: unknown, ...path: readonly (string | number)[]): string | undefined {
  const text = at(value, ...path);
  return typeof text === 'string' && text !== '' ? text : undefined;
}

export function numberAt(value: unknown, ...path: readonly (string | number)[]): number | undefined {
  const number = at(value, ...path);
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

export function listAt(value: unknown, ...path: readonly (string | number)[]): readonly unknown[] {
  const list = at(value, ...path);
  return Array.isArray(list) ? list : [];
}

/** 1-based line of the last of the pieces, each looked for behind the one before; undefined where one is missing. */
export function lineOf(text: string, ...pieces: readonly string[]): number | undefined {
  let position = 0;
  let last = -1;
  for (const piece of pieces) {
    last = text.indexOf(piece, position);
    if (last < 0) return undefined;
    position = last + piece.length;
  }
  return last < 0 ? undefined : text.slice(0, last).split('\n').length;
}
