// Libraries: calls of ORMs and SDKs that drop, empty or delete, by method. Rules say which of them matter.
import { knownPrefix } from '../../../../model/word.ts';
import { isOn } from '../../api.ts';
import { type Arguments, knownText, type Value, wordOf } from '../../value.ts';
import { lastOf, passedThrough, rootOf } from '../names.ts';
import type { Run } from '../run.ts';
import { entryOf } from '../values.ts';

/** What a method does, and when a call of it counts at all. */
interface Method {
  /** Library that it is taken to be of where the receiver does not say. */
  readonly of: string | undefined;
  /** Libraries whose method it is; of any other it means something else. */
  readonly only?: RegExp;
  readonly counts?: (call: Arguments, name: string) => boolean;
  readonly limited?: (call: Arguments, name: string) => boolean;
  /** Further calls may limit it: it is noted when the program has been read. */
  readonly open?: boolean;
}

const isEmptyTable = (value: Value | undefined): boolean =>
  value?.kind === 'table' && value.complete && value.entries.size === 0;
const hasCondition = (value: Value | undefined): boolean =>
  value !== undefined && !isEmptyTable(value) && knownText(value) !== 'undefined';

/** `deleteMany({})`, `deleteMany()` and `deleteMany({where: {}})` have no condition. */
const byCondition = ({ positional: [first] }: Arguments): boolean => {
  if (first?.kind !== 'table' || !first.entries.has('where')) return hasCondition(first);
  return hasCondition(entryOf(first, 'where'));
};
const byWhere = (call: Arguments): boolean => hasCondition(entryOf(call.positional[0], 'where'));
const throughWhere = (_call: Arguments, name: string): boolean => passedThrough(name, filters);
const filters =
  /^(where|andWhere|orWhere|whereIn|whereRaw|whereNot|whereNull|whereBetween|whereId|whereInIds|eq|in|match|lt|lte|like|ilike|is|filter|contains|or|limit)$/;

const mongo = /^(mongodb|mongoose|monk|mongodb-memory-server)/;
const knexLike = /^(knex|objection|bookshelf)/;
const redis = /^(ioredis|redis|@redis\/|@upstash\/redis|valkey|iovalkey)/;
const sequelize = /^(sequelize|sequelize-typescript|@sequelize\/)/;

const methods: Readonly<Record<string, Method>> = {
  deleteMany: { of: 'mongoose', limited: byCondition },
  remove: {
    of: undefined,
    only: mongo,
    counts: ({ positional: [first] }) => first === undefined || isEmptyTable(first),
    limited: byCondition,
  },
  dropDatabase: { of: 'mongodb' },
  dropCollection: { of: 'mongodb' },
  drop: { of: undefined, only: new RegExp(`${mongo.source}|${sequelize.source}`) },
  destroy: {
    of: 'sequelize',
    counts: ({ positional: [first] }) => entryOf(first, 'where', 'truncate') !== undefined,
    limited: (call) => !isOn(entryOf(call.positional[0], 'truncate')) && byWhere(call),
  },
  truncate: {
    of: 'sequelize',
    counts: (call, name) =>
      knexLike.test(rootOf(name)) ||
      sequelize.test(rootOf(name)) ||
      entryOf(call.positional[0], 'cascade', 'restartIdentity') !== undefined,
  },
  sync: { of: 'sequelize', counts: ({ positional: [first] }) => isOn(entryOf(first, 'force')) },
  dropAllTables: { of: 'sequelize' },
  dropAllSchemas: { of: 'sequelize' },
  dropSchema: { of: 'sequelize', counts: ({ positional: [first] }) => first?.kind !== 'name' },
  dropTable: { of: 'knex' },
  dropTableIfExists: { of: 'knex' },
  synchronize: { of: 'typeorm', counts: ({ positional: [first] }) => knownText(first) === 'true' },
  clear: { of: undefined, only: /^typeorm/ },
  del: { of: undefined, only: knexLike, limited: throughWhere, open: true },
  delete: {
    of: undefined,
    only: /^(knex|objection|drizzle-orm|@supabase\/supabase-js|kysely)/,
    limited: throughWhere,
    open: true,
  },
  deleteFrom: { of: undefined, only: /^kysely/, limited: throughWhere, open: true },
  flushall: { of: 'ioredis' },
  flushAll: { of: 'ioredis', only: redis },
  flushdb: { of: 'ioredis' },
  flushDb: { of: 'ioredis', only: redis },
  obliterate: { of: 'bullmq' },
  deleteTopics: { of: 'kafkajs' },
  deleteFiles: { of: '@google-cloud/storage' },
  recursiveDelete: { of: 'firebase-admin' },
};

/** Calls that were noted and that further calls may still limit. */
const open = new WeakMap<Arguments, { limited: boolean }>();

/** Notes a call of a library that drops, empties or deletes. Gives back whether it was one. */
export function libraryCall(name: string, receiver: Value | undefined, call: Arguments, run: Run): boolean {
  limitEarlier(name, receiver);
  const method = lastOf(name);
  if (awsCall(name, method, call, run)) return true;
  const known = Object.hasOwn(methods, method) ? methods[method] : undefined;
  const root = receiver?.kind === 'name' ? rootOf(name) : '';
  const isOwn = known?.only?.test(root) ?? (known !== undefined && receiver !== undefined);
  // What a package has is its own; of the project's own modules and of what is not known, the method says the library.
  const library = root === '' || /^[./@~]\//.test(root) || root.startsWith('.') ? known?.of : root;
  if (known === undefined || !isOwn || library === undefined || known.counts?.(call, name) === false) return false;
  const state = { limited: known.limited?.(call, name) ?? false };
  if (known.open === true) {
    open.set(call, state);
    const { line, file } = run.recorder;
    run.pending.push(() => {
      Object.assign(run.recorder, { line, file });
      record(library, method, call, state.limited, name, run);
    });
  } else record(library, method, call, state.limited, name, run);
  return true;
}

/** `db.delete(orders).where(...)`, `.from('orders').delete().eq('id', 1)`: the condition comes afterwards. */
function limitEarlier(name: string, receiver: Value | undefined): void {
  if (receiver?.kind !== 'name' || !filters.test(lastOf(name))) return;
  let hops = 0;
  for (let at: Value | undefined = receiver; at?.kind === 'name' && hops < 20; at = at.made?.receiver, hops += 1) {
    const state = at.made === undefined ? undefined : open.get(at.made);
    if (state !== undefined) state.limited = true;
  }
}

function record(library: string, name: string, call: Arguments, limited: boolean, via: string, run: Run): void {
  run.recorder.record(via, {
    kind: 'call',
    library,
    name,
    receiver: call.receiver === undefined ? undefined : wordOf(call.receiver),
    arguments: call.positional.map(wordOf),
    options: new Map(
      call.positional
        .flatMap((value) => (value.kind === 'table' ? [...value.entries] : []))
        .map(([key, value]) => [key, wordOf(value)]),
    ),
    limited,
  });
}

/** `client.send(new DeleteBucketCommand({...}))`, and methods of version 2: `s3.deleteBucket({...})`. */
function awsCall(name: string, method: string, call: Arguments, run: Run): boolean {
  const root = rootOf(name);
  const [first] = call.positional;
  if (method === 'send' && first?.kind === 'name' && /^@aws-sdk\/.*Command\(\)$/.test(first.name)) {
    const command = lastOf(first.name);
    record(rootOf(first.name), command, first.made ?? call, true, `${rootOf(first.name)}.${command}`, run);
    return true;
  }
  const isService =
    /^(aws-sdk|@aws-sdk\/)/.test(root) && name !== `${root}.${method}` && !/Command$|Client$/.test(method);
  if (!isService || !/^(delete|terminate|purge|empty|destroy|schedule)/.test(method)) return false;
  // One name for both versions.
  record(root, `${method.charAt(0).toUpperCase()}${method.slice(1)}Command`, call, true, name, run);
  return true;
}

/** Redis commands that are given as words: `client.sendCommand(['FLUSHALL'])`, `redis.call('FLUSHALL')`. */
export function redisCommand(name: string, receiver: Value | undefined, call: Arguments, run: Run): boolean {
  if (receiver?.kind !== 'name' || !redis.test(rootOf(name)) || !/^(sendCommand|call|callBuffer)$/.test(lastOf(name)))
    return false;
  const [first] = call.positional;
  const word = first?.kind === 'list' ? first.items[0] : first;
  const command = word === undefined ? '' : knownPrefix(wordOf(word)).toLowerCase();
  if (command !== 'flushall' && command !== 'flushdb') return false;
  record(rootOf(name), command, call, false, name, run);
  return true;
}
