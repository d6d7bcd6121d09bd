// Databases: drivers that are given SQL, Sequel, MongoDB and Redis.

import type { SqlDialect } from '../../../../model/fact.ts';
import { dynamicWord, joinWords, knownPrefix, staticWord, type Word } from '../../../../model/word.ts';
import { connectionOf } from '../../api.ts';
import { type Arguments, named, text, type Value, wordOf } from '../../value.ts';
import type { Call } from '../calls.ts';
import { callBlock } from '../invoke.ts';
import type { LibraryApi, LibraryApis } from '../library.ts';
import { literal, nil } from '../model.ts';
import { plainText } from '../plain.ts';

/** The connection of a driver's instance as a URL: as it was given, or put together from its parts. */
function connection(dialect: SqlDialect, receiver: Value | undefined): Word | undefined {
  const given = connectionOf(receiver);
  if (given !== undefined) return given;
  const made = receiver?.kind === 'name' ? receiver.made : undefined;
  const first = made?.positional[0];
  const parts = first?.kind === 'table' ? first.entries : (made?.named ?? new Map<string, Value>());
  const host = parts.get('host') ?? parts.get('hostname');
  const database = parts.get('dbname') ?? parts.get('database') ?? parts.get('db');
  if (host === undefined && database === undefined) return undefined;
  const port = parts.get('port');
  return joinWords([
    staticWord(`${dialect === 'generic' ? 'db' : dialect}://`),
    host === undefined ? staticWord('localhost') : wordOf(plainText(host)),
    ...(port === undefined ? [] : [staticWord(':'), wordOf(plainText(port))]),
    staticWord('/'),
    database === undefined ? dynamicWord('…') : wordOf(plainText(database)),
  ]);
}

/** SQL as the first argument. */
export const runsSql =
  (dialect: SqlDialect): LibraryApi =>
  ({ given, receiver, ruby, block }, via) => {
    const [sql] = given.positional;
    if (sql === undefined) return nil;
    const place = connection(dialect, receiver);
    // A database in memory is gone with the program.
    if (!(place !== undefined && knownPrefix(place).includes(':memory:')))
      ruby.record(via, { kind: 'sql', text: wordOf(plainText(sql)), dialect, connection: place });
    if (block !== undefined) callBlock(block, [], ruby);
    return undefined;
  };

/** A call that rules know. */
export function recordLibraryCall(
  library: string,
  name: string,
  limited: boolean,
  call: Call,
  via: string,
  receiver?: Value,
): void {
  const { given, ruby } = call;
  const target = receiver ?? call.receiver;
  const tables = given.positional.flatMap((value) => (value.kind === 'table' ? [...value.entries] : []));
  ruby.record(via, {
    kind: 'call',
    library,
    name,
    receiver: target === undefined ? undefined : wordOf(target),
    arguments: given.positional.map((value) => wordOf(plainText(value))),
    options: new Map([...tables, ...given.named].map(([key, value]) => [key, wordOf(plainText(value))])),
    limited,
  });
}

const known =
  (library: string, name: string): LibraryApi =>
  (call, via) => {
    recordLibraryCall(library, name, false, call, via);
    if (call.block !== undefined) callBlock(call.block, [], call.ruby);
    return undefined;
  };

const all = (names: readonly string[], methods: readonly string[], api: LibraryApi): LibraryApis =>
  Object.fromEntries(names.flatMap((name) => methods.map((method) => [`${name}.${method}`, api])));

// Sequel: a database, its datasets, and what narrows them.

const sequel = 'Sequel::Database()';
const dataset = 'Sequel::Dataset()';
const someRows = 'Sequel::Dataset(limited)';

const opensSequel: LibraryApi = ({ given, block, ruby }) => {
  const database = named(sequel, given);
  return block === undefined ? database : callBlock(block, [database], ruby);
};

const rows =
  (name: string): LibraryApi =>
  ({ receiver, given }) => {
    // A dataset keeps the table that it is of.
    const table = receiver?.kind === 'name' && receiver.name !== sequel ? receiver.made?.positional : undefined;
    const positional = table ?? given.positional;
    return named(name, { positional, named: new Map(), ...(receiver === undefined ? {} : { receiver }) });
  };

const changesRows =
  (name: string, limited: boolean): LibraryApi =>
  (call, via) => {
    const table = call.receiver?.kind === 'name' ? call.receiver.made?.positional[0] : undefined;
    recordLibraryCall('sequel', name, limited, call, via, table);
    return undefined;
  };

const sequelApis: LibraryApis = {
  'Sequel.connect': opensSequel,
  'Sequel.sqlite': opensSequel,
  'Sequel.postgres': opensSequel,
  'Sequel.mysql2': opensSequel,
  ...all([sequel], ['run', '<<', 'execute', 'execute_ddl', 'execute_dui', 'fetch'], runsSql('generic')),
  [`${sequel}.[]`]: (call, via) =>
    / /.test(literal(call.given.positional[0]) ?? '') ? runsSql('generic')(call, via) : rows(dataset)(call, via),
  [`${sequel}.from`]: rows(dataset),
  [`${sequel}.transaction`]: ({ block, ruby }) => callBlock(block, [], ruby),
  ...Object.fromEntries(
    ['drop_table', 'drop_table?', 'drop_view', 'drop_schema', 'drop_column', 'create_table!'].map((name) => [
      `${sequel}.${name}`,
      known('sequel', name),
    ]),
  ),
  ...all([dataset, someRows], ['where', 'filter', 'exclude', 'limit', 'first', 'last'], rows(someRows)),
  ...all([dataset], ['order', 'select', 'all', 'unfiltered', 'from_self'], rows(dataset)),
  ...all([someRows], ['unfiltered'], rows(dataset)),
  [`${dataset}.delete`]: changesRows('delete', false),
  [`${dataset}.destroy`]: changesRows('delete', false),
  [`${dataset}.truncate`]: changesRows('truncate', false),
  [`${dataset}.update`]: changesRows('update', false),
  [`${someRows}.delete`]: changesRows('delete', true),
  [`${someRows}.truncate`]: changesRows('truncate', false),
};

// MongoDB: as mongosh would.

const mongo = 'Mongo::Client()';
const collection = 'Mongo::Collection()';

/** The address of the client that something was reached from. */
function mongoAddress(receiver: Value | undefined): Word {
  for (let each = receiver; each?.kind === 'name'; each = each.made?.receiver) {
    const [given] = each.name === mongo ? (each.made?.positional ?? []) : [];
    const first = given?.kind === 'list' ? given.items[0] : given;
    if (first?.kind === 'text') return first.word;
  }
  return staticWord('mongodb://localhost');
}

const runsMongo =
  (codeOf: (call: Call) => string): LibraryApi =>
  (call, via) => {
    const words = [staticWord('mongosh'), mongoAddress(call.receiver), staticWord('--eval'), staticWord(codeOf(call))];
    call.ruby.record(via, { kind: 'words', words });
    return undefined;
  };

const collectionName = ({ receiver }: Call): string =>
  literal(receiver?.kind === 'name' ? receiver.made?.positional[0] : undefined) ?? 'collection';

/** `delete_many({})` hits everything; a condition, or one that is not known, limits it. */
function deletesMany(call: Call, given: Arguments): string {
  const [filter] = given.positional;
  const isEmpty =
    filter === undefined
      ? given.named.size === 0
      : filter.kind === 'table' && filter.complete && filter.entries.size === 0;
  return `db.${collectionName(call)}.deleteMany(${isEmpty ? '{}' : '{ filter: 1 }'})`;
}

const below =
  (name: string): LibraryApi =>
  ({ receiver, given }) =>
    named(name, { ...given, ...(receiver === undefined ? {} : { receiver }) });

const mongoApis: LibraryApis = {
  [`${mongo}.[]`]: below(collection),
  [`${mongo}.database`]: below('Mongo::Database()'),
  [`${mongo}.use`]: ({ receiver }) => receiver,
  'Mongoid.default_client': ({ given }) => named(mongo, given),
  'Mongoid::Clients.default': ({ given }) => named(mongo, given),
  'Mongo::Database().drop': runsMongo(() => 'db.dropDatabase()'),
  'Mongo::Database().[]': below(collection),
  [`${collection}.drop`]: runsMongo((call) => `db.${collectionName(call)}.drop()`),
  [`${collection}.delete_many`]: runsMongo((call) => deletesMany(call, call.given)),
  [`${collection}.find`]: ({ receiver, given }) =>
    named('Mongo::View()', {
      positional: receiver?.kind === 'name' ? (receiver.made?.positional ?? []) : [],
      named: new Map(given.positional.length + given.named.size === 0 ? [] : [['filter', nil]]),
      ...(receiver === undefined ? {} : { receiver }),
    }),
  'Mongo::View().delete_many': runsMongo((call) => {
    const made = call.receiver?.kind === 'name' ? call.receiver.made : undefined;
    return deletesMany(call, { positional: [], named: made?.named ?? new Map() });
  }),
  'Mongoid.purge!': runsMongo(() => 'db.dropDatabase()'),
  'Mongoid::Config.purge!': runsMongo(() => 'db.dropDatabase()'),
};

// Redis: as redis-cli would.

const redis =
  (command: string): LibraryApi =>
  ({ receiver, given, ruby }, via) => {
    const made: Arguments | undefined = receiver?.kind === 'name' ? receiver.made : undefined;
    const url = made?.named.get('url');
    const host = made?.named.get('host');
    const server: readonly Word[] =
      url !== undefined
        ? [staticWord('-u'), wordOf(plainText(url))]
        : host !== undefined
          ? [staticWord('-h'), wordOf(plainText(host))]
          : [];
    const args = given.positional
      .flatMap((value) => (value.kind === 'list' ? value.items : [value]))
      .map((value) => wordOf(plainText(value)));
    ruby.record(via, { kind: 'words', words: [staticWord('redis-cli'), ...server, staticWord(command), ...args] });
    return text('OK');
  };

const postgres = ['PG()', 'PG::Connection()', 'PGconn()'];
const mysql = ['Mysql2::Client()', 'Mysql()', 'Trilogy()'];

export const databaseApis: LibraryApis = {
  ...all(
    postgres,
    ['exec', 'query', 'async_exec', 'sync_exec', 'exec_params', 'async_query', 'send_query'],
    runsSql('postgres'),
  ),
  ...all(mysql, ['query', 'prepare'], runsSql('mysql')),
  ...all(
    ['SQLite3::Database()'],
    ['execute', 'execute2', 'execute_batch', 'execute_batch2', 'query', 'prepare'],
    runsSql('sqlite'),
  ),
  ...all(['TinyTds::Client()'], ['execute'], runsSql('mssql')),
  ...sequelApis,
  ...mongoApis,
  'Redis().flushall': redis('FLUSHALL'),
  'Redis().flushdb': redis('FLUSHDB'),
  'Redis.current': ({ given }) => named('Redis()', given),
  '$redis.flushall': redis('FLUSHALL'),
};
