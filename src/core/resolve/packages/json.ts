// JSON files of projects: parsed without ever failing, with the line on which a key stands.

/** What was parsed last, by its text: one analysis reads the manifests of a repository many times. */
const parsed = new Map<string, unknown>();
/** Characters of all texts that are kept. */
const kept = { most: 4_194_304, now: 0 };

/** The value of a strict JSON text; undefined where it does not parse. A byte order mark in front is left aside. */
export function parseJson(text: string): unknown {
  if (parsed.has(text)) return parsed.get(text);
  const value = parse(text.startsWith('\uFEFF') ? text.slice(1) : text);
  kept.now += text.length;
  if (kept.now > kept.most) {
    parsed.clear();
    kept.now = text.length;
  }
  parsed.set(text, value);
  return value;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The same for JSON with comments and commas at the end, as turbo.json, nx.json and deno.jsonc are written. */
export const parseJsonc = (text: string): unknown => parseJson(text) ?? parseJson(plainJson(text));

/** Strings, comments, and commas that nothing but a closing bracket follows. */
const tokens = /"(?:[^"\\\n]|\\.)*"|\/\/[^\n]*|\/\*(?:[^*]|\*(?!\/))*\*\/|,(?=\s*[}\]])/g;

/** Comments go first, so that a comma in front of one is seen to be the last. */
function plainJson(text: string): string {
  const uncommented = text.replace(tokens, (token) => (token.startsWith('/') ? ' ' : token));
  return uncommented.replace(tokens, (token) => (token === ',' ? ' ' : token));
}

export type Entries = Readonly<Record<string, unknown>>;

/** An object as a table; undefined for everything else. */
export const entriesOf = (value: unknown): Entries | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Entries) : undefined;

/** The value behind own keys, one level after the other; undefined as soon as one is not there. */
export function valueAt(value: unknown, ...path: readonly string[]): unknown {
  let current = value;
  for (const key of path) {
    const entries = entriesOf(current);
    if (entries === undefined || !Object.hasOwn(entries, key)) return undefined;
    current = entries[key];
  }
  return current;
}

/** The text behind own keys. */
export function textAt(value: unknown, ...path: readonly string[]): string | undefined {
  const found = valueAt(value, ...path);
  return typeof found === 'string' ? found : undefined;
}

/** The texts of a list, or of one text that stands for a list of one. */
export function textsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : [];
}

/** Strings, brackets, newlines and comments: all that decides where a key stands. */
const marks = /"(?:[^"\\\n]|\\.)*"|[{}[\]\n]|\/\/[^\n]*|\/\*(?:[^*]|\*(?!\/))*\*\//g;

/** The 1-based line of the key at the end of a path of keys. */
export function lineOfKey(text: string, path: readonly string[]): number | undefined {
  const open: (string | undefined)[] = [];
  let line = 1;
  let key: string | undefined;
  for (const match of text.matchAll(marks)) {
    const [mark] = match;
    if (mark === '\n') line += 1;
    else if (mark.startsWith('/')) line += mark.split('\n').length - 1;
    else if (mark === '{' || mark === '[') {
      open.push(mark === '{' ? key : undefined);
      key = undefined;
    } else if (mark === '}' || mark === ']') open.pop();
    else if (/^\s*:/.test(text.slice(match.index + mark.length, match.index + mark.length + 20))) {
      key = String(parseJson(mark) ?? mark.slice(1, -1));
      // The outermost object has no key of its own.
      if (open.length === path.length && key === path.at(-1) && path.every((each, at) => isStep(each, open, at, path)))
        return line;
    }
  }
  return undefined;
}

const isStep = (key: string, open: readonly (string | undefined)[], at: number, path: readonly string[]): boolean =>
  at === path.length - 1 || open[at + 1] === key;
