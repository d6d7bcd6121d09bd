// Readers of languages, each loaded on first use.
import type { Answer, ReaderName } from '../core/model/observation.ts';
import type { DataReader } from '../core/model/reader.ts';

const loaders: Readonly<Record<ReaderName, () => Promise<unknown>>> = {
  sql: async () => (await import('../core/payloads/sql.ts')).reader,
  graphql: async () => (await import('../core/payloads/graphql.ts')).reader,
  yaml: async () => (await import('./yaml.ts')).reader,
  ini: async () => (await import('../core/payloads/ini.ts')).reader satisfies DataReader,
  toml: async () => (await import('./toml.ts')).reader,
  python: async () => (await import('../core/payloads/code/python/reader.ts')).reader,
  javascript: async () => (await import('../core/payloads/code/javascript/reader.ts')).reader,
  php: async () => (await import('../core/payloads/code/php/reader.ts')).reader,
  ruby: async () => (await import('./ruby.ts')).loadRubyReader(),
  perl: async () => (await import('../core/payloads/code/perl/reader.ts')).reader,
  awk: async () => (await import('../core/payloads/code/awk/reader.ts')).reader,
  powershell: async () => (await import('../core/payloads/code/powershell/reader.ts')).reader,
  batch: async () => (await import('../core/payloads/code/batch/reader.ts')).reader,
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
