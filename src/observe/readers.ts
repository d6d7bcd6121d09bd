// Readers of languages, each loaded on first use.
import type { Answer, ReaderName } from '../core/model/observation.ts';
import type { DataReader } from '../core/model/reader.ts';

const loaders: Readonly<Record<ReaderName, () => Promise<unknown>>> = {
  sql: async () => (await import('../core/payloads/sql.ts')).reader,
  graphql: async () => (await import('../core/payloads/graphql.ts')).reader,
  yaml: async () => (await import('./yaml.ts')).reader,
  ini: async () => (await import('../core/payloads/ini.ts')).reader satisfies DataReader,
};

const loaded = new Map<ReaderName, Promise<Answer>>();

/** The reader as an answer; a reader that cannot be loaded is an error, and errors are asked about. */
export function loadReader(language: ReaderName): Promise<Answer> {
  const known = loaded.get(language);
  if (known !== undefined) return known;
  const loading = loaders[language]().then((reader): Answer => ({ kind: 'reader', reader }));
  loaded.set(language, loading);
  return loading;
}
