// .env files: the values that a tool would load from them, with the line that each stands in.
import { readEnvFile } from '../resolve/env-file.ts';
import { type Find, fileAt, type Signal, type Sources, signal } from './sources.ts';

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
