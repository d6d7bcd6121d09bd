// APIs of databases: SQL text that is given to a connection.
import type { SqlDialect } from '../../../../model/fact.ts';
import { knownPrefix, piecesOf, type Word } from '../../../../model/word.ts';
import { argument, connectionOf, isScratch } from '../../api.ts';
import { type Arguments, concat, named, text, unknown, type Value, wordOf } from '../../value.ts';
import { literalOf } from '../literals.ts';
import type { Run } from '../run.ts';
import { each, type PythonApi, type PythonApis } from './api.ts';

/** Libraries that speak SQL, by what their connections are called. */
const dialects: Readonly<Record<string, SqlDialect>> = {
  sqlite3: 'sqlite',
  aiosqlite: 'sqlite',
  apsw: 'sqlite',
  psycopg2: 'postgres',
  psycopg: 'postgres',
  asyncpg: 'postgres',
  pg8000: 'postgres',
  aiopg: 'postgres',
  pymysql: 'mysql',
  mysql: 'mysql',
  aiomysql: 'mysql',
  pymssql: 'mssql',
  pyodbc: 'generic',
  duckdb: 'generic',
  snowflake: 'generic',
  clickhouse_driver: 'generic',
  clickhouse_connect: 'generic',
  databases: 'generic',
  records: 'generic',
  sqlalchemy: 'generic',
  sqlmodel: 'generic',
  flask_sqlalchemy: 'generic',
  django: 'generic',
  pandas: 'generic',
};

/** SQL text at the first place. `text('...')` of SQLAlchemy and `SQL('...')` of psycopg wrap it. */
const queries =
  (dialect: SqlDialect): PythonApi =>
  (call, run, via) => {
    const given = argument(call, 0, 'query') ?? call.named.get('sql') ?? call.named.get('statement');
    const sql = given === undefined ? undefined : wordOf(unwrapped(given));
    const connection = connectionOf(call.receiver) ?? connectionOf(call.named.get('con') ?? call.positional[1]);
    if (sql === undefined || !isSql(sql) || isScratch(connection)) return undefined;
    run.recorder.record(via, { kind: 'sql', text: sql, dialect: dialectOf(connection) ?? dialect, connection });
    return undefined;
  };

function unwrapped(value: Value): Value {
  if (value.kind !== 'name' || !/\.(?:text|SQL|Composed|DDL)\(\)(?:\.\w+\(\))?$/.test(value.name)) return value;
  const inner = value.made?.positional[0];
  return inner?.kind === 'text' ? inner : value.made?.receiver === undefined ? value : unwrapped(value.made.receiver);
}

/** Text of which nothing is known says nothing, and what does not start like SQL is none. */
const isSql = (word: Word): boolean => {
  if (word.kind === 'dynamic' && !piecesOf(word).some((piece) => piece !== null && /\S/.test(piece))) return false;
  const start = knownPrefix(word).trimStart();
  return start === '' || /^(?:--|\/\*|\(|[A-Za-z]{3,})/.test(start);
};

const dialectOf = (connection: Word | undefined): SqlDialect | undefined => {
  const scheme = /^(postgres|mysql|mariadb|sqlite|mssql)/.exec(
    connection === undefined ? '' : knownPrefix(connection),
  )?.[1];
  return scheme === 'mariadb' ? 'mysql' : (scheme as SqlDialect | undefined);
};

const schemes: Readonly<Record<string, string>> = {
  psycopg2: 'postgresql',
  psycopg: 'postgresql',
  asyncpg: 'postgresql',
  pg8000: 'postgresql',
  pymysql: 'mysql',
  mysql: 'mysql',
  aiomysql: 'mysql',
  pymssql: 'mssql',
};

/** `connect(host=..., dbname=...)`: the parts as a URL, so that it is known what the connection leads to. */
const connects: PythonApi = (call, _run, name) => {
  const scheme = schemes[name.split('.')[0] ?? ''];
  if (scheme === undefined || call.positional[0] !== undefined || call.named.has('dsn')) return undefined;
  const host = call.named.get('host') ?? call.named.get('server');
  const database = ['dbname', 'database', 'db'].map((each) => call.named.get(each)).find((each) => each !== undefined);
  if (host === undefined && database === undefined) return undefined;
  const user = call.named.get('user');
  const port = call.named.get('port');
  const url = concat([
    text(`${scheme}://`),
    ...(user === undefined ? [] : [known(user), text('@')]),
    known(host ?? text('localhost')),
    ...(port === undefined ? [] : [text(':'), known(port)]),
    ...(database === undefined ? [] : [text('/'), known(database)]),
  ]);
  return named(`${name}()`, { positional: [url], named: call.named });
};

const known = (value: Value): Value => (value.kind === 'text' ? value : unknown('a setting'));

const sqlMethods =
  'execute executemany executescript fetch fetchrow fetchval fetch_all fetch_one execute_many query command exec_driver_sql exec scalar scalars raw sql';

/** All methods that take SQL, for every library. */
const connections: PythonApis = Object.fromEntries(
  Object.entries(dialects).flatMap(([library, dialect]) =>
    sqlMethods.split(' ').map((method) => [`${library}.**.${method}`, queries(dialect)] as const),
  ),
);

/** A method of something that is not known: only what certainly is SQL. */
const guessed: PythonApi = (call, run, via) => {
  const [given] = call.positional;
  const word = given === undefined ? undefined : wordOf(unwrapped(given));
  const start = word === undefined ? '' : knownPrefix(word).trimStart();
  if (
    !/^(?:drop|truncate|delete\s+from|alter|update|insert|with|create|select|--|\/\*|set|begin)\b/i.test(start) &&
    !/^(?:--|\/\*)/.test(start)
  )
    return undefined;
  return queries('generic')(call, run, via);
};

/** `df.to_sql(table, engine, if_exists='replace')` drops the table before it fills it. */
const writesTable: PythonApi = (call, run, via) => {
  if (literalOf(call.named.get('if_exists') ?? call.positional[3]) !== 'replace') return undefined;
  const connection = connectionOf(call.named.get('con') ?? call.positional[1]);
  if (isScratch(connection)) return undefined;
  record(call, run, via);
  return undefined;
};

function record(call: Arguments, run: Run, via: string): void {
  const options = new Map([...call.named].map(([name, value]) => [name, wordOf(value)]));
  const receiver = argument(call, 0, 'name');
  run.recorder.record(via, {
    kind: 'call',
    library: /^unittest\./.test(call.receiver?.kind === 'name' ? call.receiver.name : '') ? 'unittest' : 'pandas',
    name: 'to_sql',
    receiver: receiver === undefined ? undefined : wordOf(receiver),
    arguments: call.positional.map(wordOf),
    options: new Map([...options, ['if_exists', wordOf(text('replace'))]]),
    limited: true,
  });
}

export const databaseApis: PythonApis = {
  ...connections,
  ...each(
    'psycopg2.connect psycopg.connect psycopg.AsyncConnection.connect asyncpg.connect asyncpg.create_pool pg8000.connect pymysql.connect mysql.connector.connect aiomysql.connect pymssql.connect',
    connects,
  ),
  ...each('pandas.read_sql pandas.read_sql_query', queries('generic')),
  ...each('**.execute **.executemany **.executescript **.exec_driver_sql', guessed),
  '**.to_sql': writesTable,
};
