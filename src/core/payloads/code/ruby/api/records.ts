// Records: Active Record, Mongoid and Sequel models, their relations, and the connection below them.
import { piecesOf } from '../../../../model/word.ts';
import { list, named, type Value } from '../../value.ts';
import type { Call } from '../calls.ts';
import { callBlock } from '../invoke.ts';
import { type Callable, literal, nil, objectOf, RubyClass } from '../model.ts';
import { recordLibraryCall, runsSql } from './databases.ts';

const library = 'active_record';
const all = 'ActiveRecord::Relation()';
const limited = 'ActiveRecord::Relation(limited)';
const oneOfAll = 'ActiveRecord::Record()';
const oneOfSome = 'ActiveRecord::Record(limited)';
const connection = 'ActiveRecord::Connection()';

/** Methods that leave all rows in. */
const keepsAll = new Set(
  'all unscoped order reorder includes preload eager_load joins left_joins references select distinct lock readonly with_deleted in_batches load to_a dataset strict_loading'.split(
    ' ',
  ),
);
const narrows = new Set(
  'where rewhere filter limit having not or and merge exclude in_order_of offset group gt lt in nin'.split(' '),
);
const finds = new Set(
  'find find_by find_by! first first! last last! take take! sole second find_or_create_by find_or_initialize_by'.split(
    ' ',
  ),
);
const iterates = new Set(
  'find_each each find_in_batches map each_record flat_map in_batches each_with_index collect'.split(' '),
);
const removesAll = new Set(
  'delete_all destroy_all destroy_by delete_by truncate update_all really_destroy_all'.split(' '),
);
const removesOne = new Set('destroy destroy! delete really_destroy! purge'.split(' '));
const schema = new Set(
  'drop_table drop_tables truncate truncate_tables drop_database recreate_database drop_join_table drop_schema remove_column remove_columns'.split(
    ' ',
  ),
);
const queries = new Set(
  'execute exec_query exec_update exec_delete exec_insert select_all select_value select_values select_rows update delete insert raw_execute'.split(
    ' ',
  ),
);
const databaseTasks = new Set(
  'drop drop_all drop_current purge purge_all purge_current truncate_all load_schema_current reconstruct_from_schema'.split(
    ' ',
  ),
);

/** Conditions that every row meets. */
const always = /^\s*(1\s*=\s*1|true|'?1'?\s*=\s*'?1'?|id\s+is\s+not\s+null|id\s*>\s*0)\s*$/i;

function isLimiting({ name, given }: Call): boolean {
  const [condition] = given.positional;
  if (condition === undefined && given.named.size === 0) return false;
  if (name === 'not') return ![...given.named.values()].every((value) => value === nil) || given.positional.length > 0;
  if (condition?.kind === 'table' && condition.complete && condition.entries.size === 0) return false;
  return !always.test(literal(condition) ?? '');
}

/** What a call of a model, a relation, a record or a connection does; undefined where it is none of these. */
export function recordCall(call: Call, base: string | undefined, via: string): Value | undefined {
  if (base === undefined) return bareSchemaCall(call, via);
  if (base === all || base === limited) return relationCall(call, base === limited, via);
  if (base === oneOfAll || base === oneOfSome) return oneCall(call, base === oneOfSome, via);
  if (base === connection) return connectionCall(call, via);
  if (base === '*') return unknownCall(call, via);
  if (base === 'ActiveRecord::Tasks::DatabaseTasks' && databaseTasks.has(call.name))
    return noted(call.name, false, call, via);
  if (base === 'ActiveRecord::Schema' || base.startsWith('ActiveRecord::Migration')) return schemaCall(call, via);
  return isModel(call, base) ? modelCall(call, via) : undefined;
}

/** Any constant may be a model; instances and libraries that are known otherwise are none. */
const isModel = ({ receiver }: Call, base: string): boolean =>
  /^[A-Z]/.test(base) &&
  !base.endsWith(')') &&
  (base.startsWith('ActiveRecord::Base') ||
    objectOf(receiver) instanceof RubyClass ||
    !/^(File|Dir|IO|FileUtils|Process|Time|Date|DateTime|Math|JSON|YAML|CSV|Set|Struct|OpenStruct|Rails|Logger|Random|SecureRandom|Regexp|Kernel|Hash|Array|String|Integer|Comparable|Enumerable|ENV|ARGV|ARGF|STDIN|STDOUT|STDERR|ObjectSpace|GC|Etc|Digest.*|OpenSSL.*|Zlib.*|Thor.*|Minitest.*|RSpec.*|Aws.*|Net::.*|URI.*|Sequel|Mongo.*|Redis.*)$/.test(
      base,
    ));

function modelCall(call: Call, via: string): Value | undefined {
  const { name, receiver, given, block, ruby } = call;
  switch (name) {
    case 'connection':
    case 'lease_connection':
      return named(connection, { positional: [], named: new Map(), ...(receiver === undefined ? {} : { receiver }) });
    case 'with_connection':
    case 'connected_to':
    case 'transaction':
      return callBlock(block, [named(connection, given)], ruby);
    case 'connection_pool':
      return receiver;
  }
  return relationCall(call, false, via);
}

/** The model that a relation is made of. */
const modelOf = (value: Value | undefined): Value | undefined =>
  value?.kind === 'name' && value.made?.receiver !== undefined && value.name.startsWith('ActiveRecord::')
    ? modelOf(value.made.receiver)
    : value;

const derived = (name: string, call: Call): Value => {
  const model = modelOf(call.receiver);
  return named(name, { positional: [], named: new Map(), ...(model === undefined ? {} : { receiver: model }) });
};

function noted(name: string, isLimited: boolean, call: Call, via: string): Value {
  recordLibraryCall(library, name, isLimited, call, via, modelOf(call.receiver));
  return derived(oneOfSome, call);
}

function relationCall(call: Call, isLimited: boolean, via: string): Value | undefined {
  const { name, given, block } = call;
  if (removesAll.has(name)) {
    const conditions = /_by$/.test(name) && isLimiting(call);
    return noted(name, isLimited || conditions, call, via);
  }
  if (
    name === 'delete' &&
    given.positional.length === 0 &&
    call.receiver?.kind === 'name' &&
    call.receiver.name.startsWith('ActiveRecord::')
  )
    return noted('delete_all', isLimited, call, via);
  if (iterates.has(name) && block !== undefined) return iterated(call, block, isLimited);
  if (narrows.has(name)) return derived(isLimited || isLimiting(call) ? limited : all, call);
  if (keepsAll.has(name) || name === 'find_each') return derived(isLimited ? limited : all, call);
  return finds.has(name) ? derived(oneOfSome, call) : undefined;
}

/** What a block is given: a record, a list of them, or a smaller relation. */
function iterated(call: Call, block: Callable, isLimited: boolean): Value {
  const { name, ruby, frame, source } = call;
  const relation = derived(isLimited ? limited : all, call);
  const record = derived(isLimited ? oneOfSome : oneOfAll, call);
  const item = name === 'find_in_batches' ? list([record], false) : name === 'in_batches' ? relation : record;
  ruby.either(frame, [() => callBlock(block, [item], ruby)], true, source);
  return relation;
}

/** One record: of all of them where a loop goes through all. */
function oneCall(call: Call, isLimited: boolean, via: string): Value | undefined {
  if (removesOne.has(call.name)) return noted(call.name.replace('!', ''), isLimited, call, via);
  // What belongs to one record is limited by it: `user.orders.destroy_all`.
  return call.name.endsWith('?') || call.name.endsWith('=') ? undefined : derived(limited, call);
}

function connectionCall(call: Call, via: string): Value | undefined {
  if (schema.has(call.name)) return noted(call.name, false, call, via);
  if (queries.has(call.name)) return runsSql('generic')(call, via) ?? nil;
  if (call.block !== undefined) return callBlock(call.block, [], call.ruby);
  return undefined;
}

/** Migrations and schemas: the calls that stand alone in their blocks are the connection's. */
function schemaCall(call: Call, via: string): Value | undefined {
  if (schema.has(call.name)) return noted(call.name, false, call, via);
  if (call.name === 'execute') return runsSql('generic')(call, via) ?? nil;
  return call.block === undefined ? undefined : callBlock(call.block, [], call.ruby);
}

function bareSchemaCall(call: Call, via: string): Value | undefined {
  const { name, given } = call;
  if (given.positional.length === 0) return undefined;
  if (name === 'drop_table' || name === 'drop_join_table' || name === 'remove_column')
    return noted(name, false, call, via);
  const isForced = name === 'create_table' && given.named.has('force');
  return isForced ? noted('create_table', false, call, via) : undefined;
}

/** A relation of which nothing is known, as an association or a scope: something limits it. */
function unknownCall(call: Call, via: string): Value | undefined {
  if (/^(delete_all|destroy_all)$/.test(call.name)) return noted(call.name, true, call, via);
  const [first] = call.given.positional;
  // A connection of which nothing is known, given what is SQL by its first word.
  const isSql = first?.kind === 'text' && verbs.test(piecesOf(first.word)[0] ?? '');
  return isSql && /^(execute|exec|query|async_exec|run|exec_params|execute_batch)$/.test(call.name)
    ? (runsSql('generic')(call, via) ?? nil)
    : undefined;
}

const verbs = /^\s*(drop|truncate|delete|update|alter|replace|merge|insert|create|grant|revoke|with|begin)\b/i;
