// .env files: the variables that stand in a text, each with its line.
import { dynamicWord, piecesOf, staticWord, type Word } from '../model/word.ts';

export interface EnvEntry {
  readonly word: Word;
  readonly line: number;
}

/**
 * The variables of a .env file. `${OTHER}` is filled in from the lines above it; what is set elsewhere is not known.
 * Source: the README of dotenv and dotenv-expand.
 */
export function readEnvFile(text: string): ReadonlyMap<string, EnvEntry> {
  const entries = new Map<string, EnvEntry>();
  text.split(/\r?\n/).forEach((raw, index) => {
    const line = raw.trim().replace(/^export\s+/, '');
    const equals = line.indexOf('=');
    const name = line.slice(0, Math.max(equals, 0)).trim();
    if (!/^[A-Za-z_][\w.]*$/.test(name)) return;
    entries.set(name, { word: valueIn(line.slice(equals + 1).trim(), entries), line: index + 1 });
  });
  return entries;
}

function valueIn(text: string, before: ReadonlyMap<string, EnvEntry>): Word {
  const quote = text[0];
  const end = quote === '"' || quote === "'" || quote === '`' ? text.indexOf(quote, 1) : -1;
  const value = end > 0 ? text.slice(1, end) : text.replace(/\s#.*$/, '').trimEnd();
  return quote === "'" ? staticWord(value) : expand(value, before);
}

const longest = 4_096;

function expand(value: string, before: ReadonlyMap<string, EnvEntry>): Word {
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
