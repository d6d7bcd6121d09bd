// Databases: PDO, mysqli, pg_*, SQLite3, Doctrine's connection, and whatever else is given SQL.
import type { SqlDialect } from '../../../../model/fact.ts';
import { knownPrefix, piecesOf, type Word } from '../../../../model/word.ts';
import { connectionOf } from '../../api.ts';
import { named, unknown, type Value, wordOf } from '../../value.ts';
import type { Call } from '../calls.ts';
import type { LibraryApi, LibraryApis } from '../library.ts';
import { none } from '../model.ts';

/** The dialect that a connection speaks, by the start of its address: `pgsql:host=db`. */
function dialectOf(connection: Word | undefined): SqlDialect {
  const start = connection === undefined ? '' : (piecesOf(connection)[0] ?? '');
  if (/^(pgsql|postgres)/.test(start)) return 'postgres';
  if (/^(mysql|mariadb)/.test(start)) return 'mysql';
  return /^sqlite/.test(start) ? 'sqlite' : /^(sqlsrv|mssql|dblib)/.test(start) ? 'mssql' : 'generic';
}

/** SQL text at a position. */
const runsSql =
  (at = 0, dialect?: SqlDialect): LibraryApi =>
  ({ given, receiver, php }, via) => {
    const sql = given.positional[at] ?? given.named.get('query') ?? given.named.get('sql');
    const connection = connectionOf(receiver ?? given.positional[0]);
    // A database in memory is gone with the program.
    const isLasting = connection === undefined || !knownPrefix(connection).includes(':memory:');
    if (sql !== undefined && sql !== none && isLasting)
      php.record(via, { kind: 'sql', text: wordOf(sql), dialect: dialect ?? dialectOf(connection), connection });
    return unknown(via);
  };

/** The last argument is the SQL: `pg_query($sql)` and `pg_query($connection, $sql)`. */
const runsLast =
  (dialect: SqlDialect): LibraryApi =>
  (call, via) =>
    runsSql(call.given.positional.length - 1, dialect)(call, via);

const opens =
  (name: string): LibraryApi =>
  ({ given }) =>
    named(name, given);

const methods = (names: readonly string[], calls: readonly string[], api: LibraryApi): LibraryApis =>
  Object.fromEntries(names.flatMap((name) => calls.map((call) => [`${name}->${call}`, api])));

const verbs =
  /^\s*(drop|truncate|delete|update|alter|replace|insert|merge|rename|create|grant|revoke|vacuum|with|begin|set|select)\b/i;
const runners =
  /^(query|exec|execute|executeStatement|executeUpdate|executeQuery|prepare|rawQuery|rawExec|statement|unprepared|multi_query)$/;

/** A connection of which nothing is known, given what is SQL by its first word: `$wpdb->query('DROP TABLE orders')`. */
export function sqlCall(call: Call, via: string): Value | undefined {
  const [first] = call.given.positional;
  if (!runners.test(call.name) || first?.kind !== 'text') return undefined;
  return verbs.test(piecesOf(first.word)[0] ?? '') ? runsSql()(call, via) : undefined;
}

export const databaseApis: LibraryApis = {
  ...methods(['PDO()'], ['exec', 'query', 'prepare'], runsSql()),
  ...methods(['mysqli()'], ['query', 'multi_query', 'real_query', 'prepare', 'execute_query'], runsSql(0, 'mysql')),
  ...methods(['SQLite3()'], ['exec', 'query', 'querySingle', 'prepare'], runsSql(0, 'sqlite')),
  mysqli_connect: opens('mysqli()'),
  pg_connect: opens('pgsql()'),
  mysqli_query: runsSql(1, 'mysql'),
  mysqli_multi_query: runsSql(1, 'mysql'),
  mysqli_real_query: runsSql(1, 'mysql'),
  mysqli_prepare: runsSql(1, 'mysql'),
  mysql_query: runsSql(0, 'mysql'),
  pg_query: runsLast('postgres'),
  pg_exec: runsLast('postgres'),
  pg_send_query: runsLast('postgres'),
  pg_query_params: runsSql(1, 'postgres'),
  sqlite_query: runsSql(1, 'sqlite'),
  sqlsrv_query: runsSql(1, 'mssql'),
  'DB::statement': runsSql(),
  'DB::unprepared': runsSql(),
  'DB::delete': runsSql(),
  'DB::update': runsSql(),
  'DB::insert': runsSql(),
  'DB::select': runsSql(),
  'DB()->statement': runsSql(),
  'DB()->unprepared': runsSql(),
  'DB()->delete': runsSql(),
  'DB()->update': runsSql(),
};
