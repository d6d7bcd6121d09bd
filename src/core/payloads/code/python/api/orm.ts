// APIs of ORMs: calls that drop, empty or delete. Rules say which of them matter.
import { isScratch } from '../../api.ts';
import { type Arguments, type Value, wordOf } from '../../value.ts';
import { literalOf } from '../literals.ts';
import { knownPackages } from '../packages.ts';
import type { Run } from '../run.ts';
import { each, type PythonApi, type PythonApis, runsAs } from './api.ts';

function record(library: string, name: string, limited: boolean, call: Arguments, run: Run, via: string): void {
  run.recorder.record(via, {
    kind: 'call',
    library: libraryOf(call.receiver) ?? library,
    name,
    receiver: call.receiver === undefined ? undefined : wordOf(call.receiver),
    arguments: call.positional.map(wordOf),
    options: new Map([...call.named].map(([key, value]) => [key, wordOf(value)])),
    limited,
  });
}

/** The library that something certainly comes from, where it is another one: a mock of an ORM is none. */
function libraryOf(receiver: Value | undefined): string | undefined {
  const root = /^\w+/.exec(pathOf(receiver))?.[0] ?? '';
  return receiver?.kind === 'name' && knownPackages.has(root) && !orms.has(root) ? root : undefined;
}

const orms: ReadonlySet<string> = new Set(
  'sqlalchemy flask_sqlalchemy sqlmodel django peewee tortoise pandas mongoengine elasticsearch'.split(' '),
);

const calls =
  (library: string, name: string, limited = true): PythonApi =>
  (call, run, via) => {
    if (!isInMemory(call)) record(library, name, limited, call, run, via);
    return undefined;
  };

/** `create_engine('sqlite://')`: a database that ends with the program. */
function isInMemory(call: Arguments): boolean {
  const engine = call.named.get('bind') ?? call.named.get('engine') ?? call.positional[0];
  const url = engine?.kind === 'name' ? engine.made?.positional[0] : undefined;
  return url?.kind === 'text' && isScratch(url.word);
}

/** The names of all calls that something came from, in one text. */
function pathOf(value: Value | undefined): string {
  if (value?.kind === 'name') return value.name;
  return value?.kind === 'unknown' ? value.source : '';
}

const limits = /\b(?:filter|filter_by|exclude|where|get|first|last|having)\b/;

/** `.delete()` of a Django manager, a SQLAlchemy query, a peewee or Tortoise model: limited where a condition stands in between. */
const deletes: PythonApi = (call, run, via) => {
  const path = pathOf(call.receiver);
  if (/\.(?:objects|all_objects|_base_manager|_default_manager)\b/.test(path))
    record('django', 'delete', limits.test(path), call, run, via);
  else if (/\b(?:query)\b/.test(path) && (/query\(\)/.test(path) || /\.query$/.test(path) || /\.query\./.test(path)))
    record('sqlalchemy', 'delete', limits.test(path), call, run, via);
  return undefined;
};

/** `connection.execute(delete(Order))`, without `where`. */
const executesDelete: PythonApi = (call, run, via) => {
  const [statement] = call.positional;
  const path = pathOf(statement);
  if (/^sqlalchemy(?:\.\w+)*\.delete\(\)/.test(path) || /(?:table|__table__)\.delete\(\)/i.test(path))
    record('sqlalchemy', 'delete', limits.test(path.slice(path.indexOf('delete'))), call, run, via);
  return undefined;
};

/** `Order.__table__.drop(engine)`, `Table('orders', metadata).drop(engine)`. */
const dropsTable: PythonApi = (call, run, via) => {
  const path = pathOf(call.receiver);
  if (/__table__$|\.Table\(\)$/.test(path) && !isInMemory(call)) record('sqlalchemy', 'drop', true, call, run, via);
  return undefined;
};

/** `call_command('flush')`: a command of manage.py. */
const managementCommand: PythonApi = (call, run, via) => {
  const options = [...call.named].flatMap(([name, value]) =>
    literalOf(value) === 'true'
      ? [`--${name.replaceAll('_', '-')}`]
      : literalOf(value) === 'false'
        ? []
        : [`--${name.replaceAll('_', '-')}`, wordOf(value)],
  );
  if (call.positional.length > 0) runsAs(['manage.py', ...call.positional.map(wordOf), ...options], run, via);
  return undefined;
};

/** Management commands given as words: `execute_from_command_line(['manage.py', 'flush'])`. */
const managementLine: PythonApi = (call, run, via) => {
  const [words] = call.positional;
  // manage.py itself is known by what it was called with.
  if (words?.kind === 'list' && !/manage\.py$/.test(run.context.path ?? ''))
    runsAs(['manage.py', ...words.items.slice(1).map(wordOf)], run, via);
  return undefined;
};

/** peewee: `Order.delete().execute()`; `Order.truncate_table()`. */
const executesPeewee: PythonApi = (call, run, via) => {
  const path = pathOf(call.receiver);
  if (/\.delete\(\)(?:\.where\(\))?$/.test(path)) record('peewee', 'delete', /\.where\(\)$/.test(path), call, run, via);
  return undefined;
};

export const ormApis: PythonApis = {
  '**.drop_all': calls('sqlalchemy', 'drop_all'),
  '**.drop_tables': calls('peewee', 'drop_tables'),
  '**.drop_table': calls('peewee', 'drop_table'),
  '**.truncate_table': calls('peewee', 'truncate_table'),
  '**.delete': deletes,
  '**.drop': dropsTable,
  '**._raw_delete': calls('django', 'delete', false),
  'sqlalchemy.**.execute': executesDelete,
  'peewee.**.execute': executesPeewee,
  ...each(
    'sqlalchemy_utils.drop_database sqlalchemy_utils.functions.drop_database',
    calls('sqlalchemy', 'drop_database'),
  ),
  ...each('django.core.management.call_command', managementCommand),
  'django.core.management.execute_from_command_line': managementLine,
  'alembic.command.downgrade': (call, run, via) => {
    runsAs(['alembic', 'downgrade', wordOf(call.positional[1] ?? call.named.get('revision'))], run, via);
    return undefined;
  },
  ...each(
    'elasticsearch.Elasticsearch().indices.delete opensearchpy.OpenSearch().indices.delete',
    calls('elasticsearch', 'indices.delete'),
  ),
  ...each('elasticsearch.Elasticsearch().delete_by_query', calls('elasticsearch', 'delete_by_query')),
};
