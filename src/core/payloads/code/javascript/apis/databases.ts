// Databases: SQL text that is given to a client, with where the client connects to as far as the program says it.
import type { SqlDialect } from '../../../../model/fact.ts';
import { own } from '../../../../model/table.ts';
import { knownPrefix, textOf, type Word } from '../../../../model/word.ts';
import { isScratch } from '../../api.ts';
import { type Arguments, concat, text, type Value, wordOf } from '../../value.ts';
import { lastOf, rootOf } from '../names.ts';
import type { Run } from '../run.ts';
import { entryOf, fileOf } from '../values.ts';

const dialects: Readonly<Record<string, SqlDialect>> = {
  pg: 'postgres',
  'pg-pool': 'postgres',
  'pg-native': 'postgres',
  postgres: 'postgres',
  '@vercel/postgres': 'postgres',
  '@neondatabase/serverless': 'postgres',
  'pg-promise': 'postgres',
  '@electric-sql/pglite': 'postgres',
  slonik: 'postgres',
  mysql: 'mysql',
  mysql2: 'mysql',
  'mysql2/promise': 'mysql',
  'promise-mysql': 'mysql',
  mariadb: 'mysql',
  '@planetscale/database': 'mysql',
  'better-sqlite3': 'sqlite',
  sqlite3: 'sqlite',
  sqlite: 'sqlite',
  'sql.js': 'sqlite',
  'bun:sqlite': 'sqlite',
  '@libsql/client': 'sqlite',
  mssql: 'mssql',
  tedious: 'mssql',
  knex: 'generic',
  sequelize: 'generic',
  typeorm: 'generic',
  '@mikro-orm/core': 'generic',
  '@prisma/client': 'generic',
  kysely: 'generic',
  'drizzle-orm': 'generic',
  duckdb: 'generic',
  'snowflake-sdk': 'generic',
  '@clickhouse/client': 'generic',
  '@google-cloud/bigquery': 'generic',
  'cassandra-driver': 'generic',
};

/** Methods that take SQL text. */
const statements = new Set(
  (
    'query execute exec run raw unsafe none any prepare executeSql executeMultiple ' +
    'runSql execSql queryObject queryArray createQuery $executeRawUnsafe $queryRawUnsafe $executeRaw $queryRaw executeQuery'
  ).split(' '),
);

/** Methods that take it too, where the receiver is known to be a database. */
const otherStatements = new Set('one many oneOrNone manyOrNone multi all each get batch command request'.split(' '));

/** Text that starts like SQL: what calls of unknown things must have to count. */
const looksLikeSql =
  /^\s*(?:--[^\n]*\n\s*)*(?:drop\s|truncate\s|delete\s+from\s|alter\s+table\s|update\s+\S+\s+set\s|begin\b|with\s|do\s+\$|create\s|insert\s|select\s|call\s|grant\s|revoke\s|merge\s|vacuum|pragma\s)/i;

/** Notes SQL of a tagged template, or of a call of something that takes SQL. */
export function recordSql(content: Value, receiver: Value | undefined, via: string, run: Run): boolean {
  const root = receiver?.kind === 'name' ? rootOf(receiver.name) : '';
  const dialect = own(dialects, root) ?? (root.startsWith('drizzle-orm') ? 'generic' : undefined);
  const value = run.content(content);
  const word = wordOf(value);
  if (dialect === undefined && !looksLikeSql.test(knownPrefix(word).slice(0, 2000))) return false;
  if (knownPrefix(word) === '' && textOf(word) === undefined && fileOf(content) === undefined) return false;
  const connection = connectionOf(receiver);
  if (!isScratch(connection))
    run.recorder.record(via, { kind: 'sql', text: word, dialect: dialect ?? 'generic', connection });
  return true;
}

/** A call of a method that takes SQL: a text, or an object that holds it. */
export function sqlCall(name: string, receiver: Value | undefined, call: Arguments, run: Run): boolean {
  const method = lastOf(name);
  const prepared = preparedBy(receiver);
  if (prepared !== undefined) return runs.test(method) && sqlCall(prepared.name, prepared.receiver, prepared.call, run);
  if (method === 'prepare' && receiver?.kind === 'name' && /sqlite/.test(rootOf(name)) && !name.endsWith(')'))
    return true;
  const isDatabase = receiver?.kind === 'name' && own(dialects, rootOf(name)) !== undefined;
  if (!statements.has(method) && !(isDatabase && otherStatements.has(method))) return false;
  const [first, ...others] = call.positional;
  if (first === undefined) return false;
  const isHolder = first.kind === 'table';
  const content = isHolder ? entryOf(first, 'text', 'sql', 'query', 'sqlText', 'statement') : first;
  if (content === undefined || content.kind === 'function') return false;
  if (content.kind === 'list')
    return (
      content.items.filter((each) => sqlCall(name, receiver, { ...call, positional: [each, ...others] }, run)).length >
      0
    );
  return recordSql(content, receiver, name, run);
}

/** `db.prepare(text)` of SQLite does nothing yet; what runs the statement does. */
function preparedBy(
  receiver: Value | undefined,
): { name: string; receiver: Value | undefined; call: Arguments } | undefined {
  if (receiver?.kind !== 'name' || receiver.made === undefined) return undefined;
  if (!/sqlite/.test(rootOf(receiver.name)) || !/\.prepare\(\)$/.test(receiver.name)) return undefined;
  // The name of the call that runs it: the text is that of the statement.
  return { name: receiver.name, receiver: receiver.made.receiver, call: receiver.made };
}
const runs = /^(run|get|all|iterate|values|each|bind)$/;

const addressNames = [
  'connectionString',
  'connection',
  'uri',
  'url',
  'datasourceUrl',
  'databaseUrl',
  'filename',
  'file',
  'dsn',
];

/** Where an instance connects to: a URL or a file, or the parts of one, that it or its maker was given. */
function connectionOf(receiver: Value | undefined): Word | undefined {
  let hops = 0;
  for (let at = receiver; at?.kind === 'name' && hops < 30; at = at.made?.receiver, hops += 1) {
    for (const given of at.made?.positional ?? []) {
      const found = addressIn(given, at.name);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

function addressIn(given: Value, name: string): Word | undefined {
  // The text of a query is no address.
  if (given.kind === 'text')
    return statements.has(lastOf(name)) || !isAddress(given.word, name) ? undefined : given.word;
  if (given.kind === 'name') return connectionOf(given);
  const direct = entryOf(given, ...addressNames);
  if (direct?.kind === 'text') return direct.word;
  if (direct?.kind === 'table') return addressIn(direct, name);
  const prisma = entryOf(entryOf(entryOf(given, 'datasources'), 'db'), 'url');
  if (prisma !== undefined) return wordOf(prisma);
  const host = entryOf(given, 'host', 'server');
  if (host === undefined) return undefined;
  const port = entryOf(given, 'port');
  const database = entryOf(given, 'database') ?? text('');
  const scheme =
    own(dialects, rootOf(name)) === 'mysql' ? 'mysql' : own(dialects, rootOf(name)) === 'mssql' ? 'mssql' : 'postgres';
  return wordOf(
    concat([text(`${scheme}://`), host, ...(port === undefined ? [] : [text(':'), port]), text('/'), database]),
  );
}

const isAddress = (word: Word, name: string): boolean =>
  /^[a-z0-9+]+:\/\//.test(knownPrefix(word)) || word.kind === 'dynamic' || own(dialects, rootOf(name)) === 'sqlite';
