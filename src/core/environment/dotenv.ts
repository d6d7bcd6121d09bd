// .env files: the values that a tool would load from them, with the line that each stands in.
import { dynamicWord, piecesOf, staticWord, type Word } from '../model/word.ts';
import { type Find, fileAt, type Signal, type Sources, signal } from './sources.ts';

interface Entry {
  readonly word: Word;
  readonly line: number;
}

/** Looks for a variable in .env files; the first file that has it counts. */
export const fromEnvFiles =
  (sources: Sources, files: readonly string[], name: string): Find =>
  () => {
    const read = files.map((path) => fileAt(sources, path));
    return read.map((file) => file && entryIn(file, name)).find((found) => found !== undefined);
  };

function entryIn(file: { readonly shown: string; readonly text: string }, name: string): Signal | undefined {
  const entry = file.text.includes(name) ? readEnvFile(file.text).get(name) : undefined;
  if (entry === undefined || (entry.word.kind === 'static' && entry.word.value === '')) return undefined;
  return signal(entry.word, `${name} from ${file.shown}:${entry.line}`);
}

/**
 * The variables of a .env file. `${OTHER}` is filled in from the lines above it; what is set elsewhere is not known.
 * Source: the README of dotenv and dotenv-expand.
 */
function readEnvFile(text: string): ReadonlyMap<string, Entry> {
  const entries = new Map<string, Entry>();
  text.split(/\r?\n/).forEach((raw, index) => {
    const line = raw.trim().replace(/^export\s+/, '');
    const equals = line.indexOf('=');
    const name = line.slice(0, Math.max(equals, 0)).trim();
    if (!/^[A-Za-z_][\w.]*$/.test(name)) return;
    entries.set(name, { word: valueIn(line.slice(equals + 1).trim(), entries), line: index + 1 });
  });
  return entries;
}

function valueIn(text: string, before: ReadonlyMap<string, Entry>): Word {
  const quote = text[0];
  const end = quote === '"' || quote === "'" || quote === '`' ? text.indexOf(quote, 1) : -1;
  const value = end > 0 ? text.slice(1, end) : text.replace(/\s#.*$/, '').trimEnd();
  return quote === "'" ? staticWord(value) : expand(value, before);
}

const longest = 4_096;

function expand(value: string, before: ReadonlyMap<string, Entry>): Word {
  if (!value.includes('$')) return staticWord(value);
  const text = value.slice(0, longest);
  const pieces: (string | null)[] = [];
  let at = 0;
  for (const match of text.matchAll(/\$(?:\{([A-Za-z_]\w*)(?::?-[^}]*)?\}|([A-Za-z_]\w*))/g)) {
    const known = before.get(match[1] ?? match[2] ?? '')?.word;
    pieces.push(text.slice(at, match.index), ...(known === undefined ? [null] : piecesOf(known)));
    at = match.index + match[0].length;
  }
  pieces.push(text.slice(at));
  return pieces.includes(null) ? dynamicWord(value, pieces) : staticWord(pieces.join(''));
}
