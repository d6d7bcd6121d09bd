// Laravel and its kin: Eloquent, the query builder, schemas, artisan; Doctrine's tools; Redis; the AWS SDK.
import { dynamicWord, joinWords, piecesOf, staticWord, type Word } from '../../../../model/word.ts';
import { awsCommand } from '../../aws.ts';
import { joinPaths, list, named, text, unknown, type Value, wordOf } from '../../value.ts';
import { itemsIn } from '../arrays.ts';
import { type Call, callValue } from '../calls.ts';
import type { LibraryApi, LibraryApis } from '../library.ts';
import { literal, no, none } from '../model.ts';

const all = 'Query()';
const some = 'Query(limited)';
const oneOfAll = 'Model()';
const oneOfSome = 'Model(limited)';

/** A call that rules know. */
function note(
  library: string,
  name: string,
  limited: boolean,
  receiver: Value | undefined,
  { given, php }: Call,
  via: string,
): Value {
  const tables = given.positional.flatMap((value) => (value.kind === 'table' ? [...value.entries] : []));
  php.record(via, {
    kind: 'call',
    library,
    name,
    receiver: receiver === undefined ? undefined : wordOf(receiver),
    arguments: given.positional.map(wordOf),
    options: new Map([...tables, ...given.named].map(([key, value]) => [key, wordOf(value)])),
    limited,
  });
  return unknown(via);
}

const noted =
  (library: string, name: string): LibraryApi =>
  (call, via) =>
    note(library, name, false, undefined, call, via);

const narrows =
  /^(where\w*|orWhere\w*|having|limit|take|skip|find|findOrFail|findMany|join|leftJoin|whereKey|only|scope\w*|doesntHave|has|when)$/;
const keepsAll =
  /^(query|newQuery|all|get|orderBy\w*|latest|oldest|withTrashed|onlyTrashed|with|without\w*|select|from|cursor|lazy\w*|groupBy|reorder|newModelQuery|withoutGlobalScopes?|distinct|on|onWriteConnection|inRandomOrder)$/;
const finds = /^(first\w*|sole|findOr\w*|find|updateOrCreate)$/;
const removesRows = /^(delete|forceDelete|truncate|update)$/;
const iterates = /^(each|chunk|chunkById|map|eachById|lazyById|cursor)$/;

const always = /^(1|true|\d+\s*=\s*\d+|1=1)$/i;

/** Whether a condition leaves rows out: `whereNotNull('id')` and `whereRaw('1=1')` do not. */
function isLimiting({ name, given }: Call): boolean {
  const [first, second] = given.positional;
  if (name === 'whereNotNull' && literal(first) === 'id') return false;
  if (name === 'whereRaw' && always.test(literal(first)?.replace(/\s/g, '') ?? '')) return false;
  // `where('id', '>', 0)`
  return !(
    name === 'where' &&
    literal(first) === 'id' &&
    /^>=?$/.test(literal(second) ?? '') &&
    literal(given.positional[2]) === '0'
  );
}

const query = (name: string, model: Value | undefined): Value =>
  named(name, { positional: [], named: new Map(), ...(model === undefined ? {} : { receiver: model }) });

/** What a loop over a query gives: one record, of all or of some. */
export const recordOf = (value: Value): Value | undefined =>
  value.kind === 'name' && (value.name === all || value.name === some)
    ? query(value.name === all ? oneOfAll : oneOfSome, value.made?.receiver)
    : undefined;

/** Classes that are no models, by the last part of their names. */
const others =
  /^(DB|Schema|Artisan|Cache|Log|Config|Carbon|Str|Arr|Storage|File|Redis|Http|Queue|Mail|Event|Route|Auth|Hash|Gate|Bus|Process|PDO|DateTime|Closure|App|Application|Kernel|Request|Response|Collection|Uuid|Yaml|Validator|Factory|Notification|Session|Cookie|Crypt|Lang|View|URL|Password|RateLimiter|Socialite|Sanctum|Excel|Image|Dotenv)$/;

/** What a call of a model, a query or a record does; `scope` is the class of a static call. Undefined for anything else. */
export function eloquentCall(call: Call, scope: string | undefined, via: string): Value | undefined {
  const { receiver } = call;
  if (scope !== undefined) {
    const short = scope.slice(scope.lastIndexOf('\\') + 1);
    if (!/^[A-Z]/.test(short) || others.test(short)) return undefined;
    if (call.name === 'destroy') return note('eloquent', 'destroy', true, text(short), call, via);
    return queryCall(call, named(short), false, via);
  }
  if (receiver?.kind !== 'name')
    return /^(forceDelete|truncate)$/.test(call.name) && call.given.positional.length === 0
      ? note('eloquent', call.name, call.name !== 'truncate', receiver, call, via)
      : undefined;
  const model = receiver.made?.receiver;
  if (receiver.name === all || receiver.name === some) return queryCall(call, model, receiver.name === some, via);
  if (receiver.name !== oneOfAll && receiver.name !== oneOfSome) return undefined;
  if (/^(delete|forceDelete)$/.test(call.name))
    return note('eloquent', call.name, receiver.name === oneOfSome, model, call, via);
  // What belongs to one record is limited by it: `$user->orders()->delete()`.
  return query(some, model);
}

function queryCall(call: Call, model: Value | undefined, limited: boolean, via: string): Value | undefined {
  const { name, given, php, frame } = call;
  if (removesRows.test(name)) return note('eloquent', name, name === 'truncate' ? false : limited, model, call, via);
  if (iterates.test(name)) {
    const callback = given.positional.findLast((value) => value.kind === 'function');
    const record = query(limited ? oneOfSome : oneOfAll, model);
    const item = name.startsWith('chunk') ? list([record], false) : record;
    if (callback !== undefined) php.either(frame, [() => callValue(callback, [item], call)], true, via);
    return callback === undefined ? list([record], false) : query(limited ? some : all, model);
  }
  if (finds.test(name)) return query(oneOfSome, model);
  if (narrows.test(name)) return query(limited || isLimiting(call) ? some : all, model);
  if (keepsAll.test(name)) return query(limited ? some : all, model);
  return undefined;
}

/** `Artisan::call('migrate:fresh', ['--force' => true])` as `php artisan migrate:fresh --force`. */
const artisan: LibraryApi = ({ given, php }, via) => {
  const [command, options] = given.positional;
  if (command === undefined) return none;
  const flags =
    options?.kind === 'table'
      ? [...options.entries].flatMap(([name, value]): readonly Word[] => {
          if (value === no) return [];
          if (/^\d+$/.test(name)) return [wordOf(value)];
          if (!name.startsWith('-')) return [wordOf(value)];
          return literal(value) === '1' ? [staticWord(name)] : [staticWord(name), wordOf(value)];
        })
      : itemsIn(options).map(wordOf);
  const words = (literal(command)?.trim().split(/\s+/) ?? []).map((word) => staticWord(word));
  php.record(via, {
    kind: 'words',
    words: [staticWord('php'), staticWord('artisan'), ...(words.length === 0 ? [wordOf(command)] : words), ...flags],
  });
  return text('0');
};

/** As redis-cli would. */
const redis =
  (command: string): LibraryApi =>
  ({ receiver, given, php }, via) => {
    const made = receiver?.kind === 'name' ? receiver.made : undefined;
    const [server] = made?.positional ?? [];
    const url =
      server?.kind === 'text' && /^(redis|tcp|tls)/.test(piecesOf(server.word)[0] ?? '')
        ? [staticWord('-u'), server.word]
        : [];
    php.record(via, {
      kind: 'words',
      words: [
        staticWord('redis-cli'),
        ...url,
        staticWord(command),
        ...given.positional.filter((each) => each.kind === 'text').map(wordOf),
      ],
    });
    return text('OK');
  };

/** `$rds->deleteDBInstance(['DBInstanceIdentifier' => 'orders'])` as the command of the AWS CLI. */
const aws =
  (service: string): LibraryApi =>
  ({ name, given, php }, via) => {
    const [options] = given.positional;
    php.record(via, {
      kind: 'words',
      words: awsCommand(service, name, options?.kind === 'table' ? options.entries : new Map()),
    });
    return unknown(via);
  };

const awsCalls: Readonly<Record<string, readonly string[]>> = {
  S3: ['deleteBucket', 'deleteObject', 'deleteObjects'],
  Rds: ['deleteDBInstance', 'deleteDBCluster', 'deleteDBSnapshot'],
  Ec2: ['terminateInstances', 'deleteVolume', 'deleteSnapshot'],
  DynamoDb: ['deleteTable', 'deleteBackup'],
  Sqs: ['deleteQueue', 'purgeQueue'],
};

const schema = [
  'drop',
  'dropIfExists',
  'dropAllTables',
  'dropAllViews',
  'dropAllTypes',
  'dropColumns',
  'dropDatabaseIfExists',
];
const doctrineTool = 'Doctrine\\ORM\\Tools\\SchemaTool()';
const doctrineManager = 'Doctrine\\DBAL\\Schema\\AbstractSchemaManager()';

export const laravelApis: LibraryApis = {
  ...Object.fromEntries(schema.map((name) => [`Schema::${name}`, noted('eloquent', name)])),
  ...Object.fromEntries(schema.map((name) => [`Schema()->${name}`, noted('eloquent', name)])),
  'Schema::connection': ({ given }) => named('Schema()', given),
  'Schema::table': (call) => callBack(call),
  'DB::table': ({ given }) => query(all, given.positional[0]),
  'DB()->table': ({ given }) => query(all, given.positional[0]),
  'DB::connection': ({ given }) => named('DB()', given),
  'DB::transaction': (call) => callBack(call),
  'DB()->transaction': (call) => callBack(call),
  'Capsule::table': ({ given }) => query(all, given.positional[0]),
  'Capsule::schema': ({ given }) => named('Schema()', given),
  'Artisan::call': artisan,
  'Artisan::queue': artisan,
  'Redis::flushall': redis('FLUSHALL'),
  'Redis::flushdb': redis('FLUSHDB'),
  'Redis()->flushAll': redis('FLUSHALL'),
  'Redis()->flushDB': redis('FLUSHDB'),
  'Predis\\Client()->flushall': redis('FLUSHALL'),
  'Predis\\Client()->flushdb': redis('FLUSHDB'),
  'Storage::deleteDirectory': emptiesDisk,
  'Storage::disk': ({ given }) => named('Storage()', given),
  'Storage()->deleteDirectory': emptiesDisk,
  [`${doctrineTool}->dropDatabase`]: noted('doctrine', 'dropDatabase'),
  [`${doctrineTool}->dropSchema`]: noted('doctrine', 'dropSchema'),
  'SchemaTool()->dropDatabase': noted('doctrine', 'dropDatabase'),
  'SchemaTool()->dropSchema': noted('doctrine', 'dropSchema'),
  [`${doctrineManager}->dropDatabase`]: noted('doctrine', 'dropDatabase'),
  ...Object.fromEntries(
    Object.entries(awsCalls).flatMap(([service, names]) =>
      names.flatMap((name) => [
        [`${service}Client()->${name}`, aws(service)],
        [`Aws\\${service}\\${service}Client()->${name}`, aws(service)],
      ]),
    ),
  ),
};

/** A folder of a disk: below storage/app, or in the bucket of the application. Source: Laravel, File Storage. */
function emptiesDisk({ given, receiver, php }: Call, via: string): Value {
  const disk = receiver?.kind === 'name' ? literal(receiver.made?.positional[0]) : 'local';
  const folder = given.positional[0] ?? none;
  if (disk === 's3') {
    const url = joinWords([
      staticWord('s3://'),
      php.context.variable('AWS_BUCKET') ?? dynamicWord('$AWS_BUCKET'),
      staticWord('/'),
      wordOf(folder),
    ]);
    php.record(via, {
      kind: 'words',
      words: [...['aws', 's3', 'rm', '--recursive'].map((word) => staticWord(word)), url],
    });
  } else {
    const root = disk === 'public' ? 'storage/app/public' : 'storage/app';
    const path = wordOf(joinPaths([text(root), folder], false));
    php.record(via, { kind: 'file', op: 'delete', path, recursive: true, many: false });
  }
  return unknown(via);
}

/** Calls the closure among the arguments. */
function callBack(call: Call): Value {
  const callback = call.given.positional.findLast((value) => value.kind === 'function');
  return callback === undefined ? none : callValue(callback, [unknown('$table')], call);
}
