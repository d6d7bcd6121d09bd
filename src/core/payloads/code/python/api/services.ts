// APIs of services: SDKs whose calls do what a command of the service's own client does. They are judged as that command.
import { dynamicWord, showWord, staticWord, type Word } from '../../../../model/word.ts';
import { argument, connectionOf } from '../../api.ts';
import { type Arguments, type Value, wordOf } from '../../value.ts';
import { literalOf } from '../literals.ts';
import type { Run } from '../run.ts';
import { each, type PythonApi, type PythonApis, runsAs } from './api.ts';

type Words = (string | Word | undefined)[];

/** `delete_db_instance` is `delete-db-instance`, `DBInstanceIdentifier` is `--db-instance-identifier`. */
const kebab = (name: string): string =>
  name
    .replace(/_/g, '-')
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1-$2')
    .toLowerCase();

const lastName = (via: string): string => via.slice(via.lastIndexOf('.') + 1);

const flag = (name: string, value: Value | undefined): Words =>
  value === undefined ? [] : [`--${name}`, wordOf(value)];

/** Where a boto3 client was made for: account, region and endpoint. */
function awsPlace(receiver: Value | undefined): { service: string | undefined; options: Words } {
  let service: string | undefined;
  const options: Words = [];
  for (let each = receiver; each?.kind === 'name'; each = each.made?.receiver) {
    const made = each.made;
    if (made === undefined) continue;
    if (/\.(?:client|resource)\(\)$/.test(each.name)) service ??= literalOf(argument(made, 0, 'service_name'));
    options.push(
      ...flag('region', made.named.get('region_name')),
      ...flag('endpoint-url', made.named.get('endpoint_url')),
    );
    options.push(...flag('profile', made.named.get('profile_name')));
  }
  return { service, options };
}

const awsVerbs =
  /^(?:delete|terminate|remove|purge|deregister|destroy|stop|disable|release|revoke|schedule|reset|modify|put|cancel|close|detach|batch_delete|abort|update|reboot|restore)_/;

/** Source: the AWS CLI is made of the same service models as boto3, so names are the same but for their spelling. */
const aws: PythonApi = (call, run, via) => {
  const name = lastName(via);
  if (!awsVerbs.test(name)) return undefined;
  const { service, options } = awsPlace(call.receiver);
  if (service !== undefined) awsCommand(service, name, call, options, run, via);
  return undefined;
};

function awsCommand(service: string, name: string, call: Arguments, options: Words, run: Run, via: string): void {
  const given = [...call.named].flatMap(
    ([key, value]): Words =>
      literalOf(value) === 'true'
        ? [`--${kebab(key)}`]
        : literalOf(value) === 'false'
          ? [`--no-${kebab(key)}`]
          : [`--${kebab(key)}`, ...valuesOf(value)],
  );
  runsAs(['aws', service === 's3' ? 's3api' : service, kebab(name), ...given, ...options], run, via);
}

/** Lists of plain values stand as several words. */
const valuesOf = (value: Value): readonly Word[] =>
  value.kind === 'list' && value.items.every((each) => each.kind === 'text')
    ? value.items.map(wordOf)
    : [wordOf(value)];

/** Methods that only one service has, for clients of which nothing else is known. */
const onlyService: Readonly<Record<string, string>> = {
  delete_bucket: 's3',
  delete_objects: 's3',
  terminate_instances: 'ec2',
  delete_volume: 'ec2',
  delete_snapshot: 'ec2',
  delete_db_instance: 'rds',
  delete_db_cluster: 'rds',
  delete_db_snapshot: 'rds',
  delete_stack: 'cloudformation',
  schedule_key_deletion: 'kms',
  delete_file_system: 'efs',
  delete_hosted_zone: 'route53',
  delete_log_group: 'logs',
};

const guessedAws: PythonApi = (call, run, via) => {
  const service = onlyService[lastName(via)];
  if (service !== undefined && call.named.size > 0) awsCommand(service, lastName(via), call, [], run, via);
  return undefined;
};

/** `s3.Bucket('x').objects.all().delete()`: every object of a bucket. */
const awsResource: PythonApi = (call, run, via) => {
  const chain = chainOf(call.receiver);
  const of = chain.find(({ name }) => /\.(?:Bucket|Table|Object|Instance|Volume|Queue|Stack)\(\)$/.test(name));
  const kind = of === undefined ? undefined : lastName(of.name).replace('()', '');
  const target = of?.made?.positional[0];
  if (kind === undefined || target === undefined) return undefined;
  const isObjects = chain.some(({ name }) => /\.(?:objects|object_versions)(?:\.|$)/.test(name));
  const isFiltered = chain[0]?.name.includes('.filter()') === true;
  const command =
    kind === 'Bucket' && isObjects
      ? ['s3', 'rm', `s3://${showWord(wordOf(target))}${isFiltered ? '/…' : ''}`, '--recursive']
      : awsResources[kind]?.(wordOf(target), wordOf(of?.made?.positional[1]));
  if (command !== undefined) runsAs(['aws', ...command, ...awsPlace(call.receiver).options], run, via);
  return undefined;
};

/** What deletes a resource, by its class in boto3. */
const awsResources: Readonly<Record<string, (name: Word, second: Word) => Words>> = {
  Bucket: (name) => ['s3api', 'delete-bucket', '--bucket', name],
  Object: (name, key) => ['s3api', 'delete-object', '--bucket', name, '--key', key],
  Table: (name) => ['dynamodb', 'delete-table', '--table-name', name],
  Instance: (name) => ['ec2', 'terminate-instances', '--instance-ids', name],
  Volume: (name) => ['ec2', 'delete-volume', '--volume-id', name],
  Stack: (name) => ['cloudformation', 'delete-stack', '--stack-name', name],
  Queue: (name) => ['sqs', 'delete-queue', '--queue-url', name],
};

/** The calls that something came from, the last one first. */
function chainOf(value: Value | undefined): Extract<Value, { kind: 'name' }>[] {
  const chain: Extract<Value, { kind: 'name' }>[] = [];
  for (let each = value; each?.kind === 'name' && chain.length < 50; each = each.made?.receiver) chain.push(each);
  return chain;
}

/** The kubernetes client: `delete_namespaced_deployment(name, namespace)`. */
const kubernetes: PythonApi = (call, run, via) => {
  const match = /^delete_(collection_)?(namespaced_)?(\w+)$/.exec(lastName(via));
  if (match === null) return undefined;
  const [, collection, namespaced, kind = ''] = match;
  const name = collection === undefined ? argument(call, 0, 'name') : undefined;
  const namespace =
    namespaced === undefined ? undefined : argument(call, collection === undefined ? 1 : 0, 'namespace');
  const context = chainOf(call.receiver).at(-1)?.made?.named.get('context');
  runsAs(
    [
      'kubectl',
      'delete',
      kind.replaceAll('_', ''),
      collection === undefined ? wordOf(name) : '--all',
      ...(namespace === undefined ? [] : ['-n', wordOf(namespace)]),
      ...flag('context', context),
    ],
    run,
    via,
  );
  return undefined;
};

/** redis-py: where the client leads to, then the command. */
const redis: PythonApi = (call, run, via) => {
  const command = redisCommands[lastName(via)];
  if (command === undefined) return undefined;
  const made = chainOf(call.receiver).find((each) => each.made !== undefined)?.made;
  const url = connectionOf(call.receiver);
  const isUrl = url !== undefined && /^(?:redis|rediss|unix):/.test(showWord(url));
  const place: Words = isUrl
    ? ['-u', url]
    : made === undefined
      ? []
      : [
          ...short('-h', argument(made, 0, 'host')),
          ...short('-p', argument(made, 1, 'port')),
          ...short('-n', argument(made, 2, 'db')),
        ];
  runsAs(['redis-cli', ...place, ...command, ...call.positional.map(wordOf)], run, via);
  return undefined;
};

const short = (name: string, value: Value | undefined): Words => (value === undefined ? [] : [name, wordOf(value)]);

const redisCommands: Readonly<Record<string, readonly string[]>> = {
  flushall: ['flushall'],
  flushdb: ['flushdb'],
  delete: ['del'],
  unlink: ['unlink'],
  shutdown: ['shutdown'],
};

/** pymongo: the URI and database of the client, and the method as the shell of MongoDB spells it. */
const mongo: PythonApi = (call, run, via) => {
  const name = lastName(via);
  const chain = chainOf(call.receiver);
  const client = chain.find((each) => /MongoClient\(\)$|MotorClient\(\)$/.test(each.name));
  const first = client?.made?.positional[0] ?? client?.made?.named.get('host');
  const uri = first?.kind === 'text' ? first.word : undefined;
  const path = namesOf(call.receiver, client?.name);
  const code = mongoCode(name, call, path);
  if (code === undefined) return undefined;
  const database =
    client === undefined ? undefined : name === 'drop_database' ? literalOf(call.positional[0]) : path[0];
  runsAs(['mongosh', uri === undefined ? database : withDatabase(uri, database), '--eval', code], run, via);
  return undefined;
};

/** `client['shop'].orders` is `['shop', 'orders']`. */
function namesOf(receiver: Value | undefined, client: string | undefined): readonly string[] {
  if (receiver?.kind === 'unknown') return [receiver.source.split('.').at(-1) ?? 'collection'];
  if (receiver?.kind !== 'name') return [];
  const given = chainOf(receiver).flatMap((each) =>
    /\.get_(?:database|collection)\(\)$/.test(each.name) ? [literalOf(each.made?.positional[0]) ?? 'unknown'] : [],
  );
  const rest = client === undefined ? receiver.name : receiver.name.slice(client.length + 1);
  return [...given.toReversed(), ...rest.split('.').filter((each) => each !== '' && !each.includes('('))];
}

function withDatabase(uri: Word, database: string | undefined): Word {
  const text = showWord(uri);
  if (uri.kind === 'dynamic' || database === undefined || /^[a-z+]+:\/\/[^/]+\/[^?]/.test(text)) return uri;
  const base = /^[a-z+]+:\/\//.test(text) ? text : `mongodb://${text}`;
  const [address = '', query] = base.split('?');
  return staticWord(`${address.replace(/\/$/, '')}/${database}${query === undefined ? '' : `?${query}`}`);
}

function mongoCode(name: string, call: Arguments, path: readonly string[]): Word | undefined {
  const collection = path.at(-1) ?? 'collection';
  const filter = call.positional[0] ?? call.named.get('filter');
  switch (name) {
    case 'drop_database':
      return staticWord('db.dropDatabase()');
    case 'drop_collection':
      return staticWord(`db.${literalOf(filter) ?? 'collection'}.drop()`);
    case 'drop':
      return staticWord(`db.${collection}.drop()`);
    case 'delete_many':
    case 'remove':
      return staticWord(`db.${collection}.deleteMany(${filter === undefined ? '{}' : filterText(filter)})`);
    default:
      return undefined;
  }
}

/** An empty filter stays one; what is not known limits. */
const filterText = (filter: Value): string =>
  filter.kind === 'table' && filter.complete && filter.entries.size === 0
    ? '{}'
    : filter.kind === 'table'
      ? showWord(wordOf(filter))
      : '{filter}';

/** The docker SDK: `client.volumes.prune()`, `client.containers.get(name).remove(v=True)`. */
const docker: PythonApi = (call, run, via) => {
  const name = lastName(via);
  const chain = chainOf(call.receiver);
  const of = /\.(volumes|containers|images|networks|services|secrets)\b/.exec(
    chain.map((each) => each.name).join(' '),
  )?.[1];
  if (of === undefined || (name !== 'prune' && name !== 'remove')) return undefined;
  const noun = of.slice(0, -1);
  const target = chain.find((each) => /\.get\(\)$/.test(each.name))?.made?.positional[0] ?? call.positional[0];
  if (name === 'prune') runsAs(['docker', noun, 'prune', '--force'], run, via);
  else
    runsAs(
      [
        'docker',
        noun,
        'rm',
        literalOf(call.named.get('v')) === 'true' ? '-v' : undefined,
        target === undefined ? dynamicWord(noun) : wordOf(target),
      ],
      run,
      via,
    );
  return undefined;
};

/** Google's and Azure's clients, where the method says what it deletes. */
const google: PythonApi = (call, run, via) => {
  const name = lastName(via);
  const target = wordOf(call.positional[0] ?? [...call.named.values()][0]);
  const command: Words | undefined =
    name === 'delete_dataset'
      ? ['bq', 'rm', literalOf(call.named.get('delete_contents')) === 'true' ? '-r' : undefined, '-f', '-d', target]
      : name === 'delete_table'
        ? ['bq', 'rm', '-f', '-t', target]
        : /Bucket\(\)$|bucket\(\)$/.test(via.slice(0, via.lastIndexOf('.'))) && name === 'delete'
          ? ['gcloud', 'storage', 'buckets', 'delete', bucketOf(call.receiver)]
          : undefined;
  if (command !== undefined) runsAs(command, run, via);
  return undefined;
};

const bucketOf = (receiver: Value | undefined): Word => {
  const name = receiver?.kind === 'name' ? receiver.made?.positional[0] : undefined;
  return staticWord(`gs://${showWord(wordOf(name))}`);
};

const azure: PythonApi = (call, run, via) => {
  const name = lastName(via);
  const group = /\.resource_groups\./.test(via) && /^(?:begin_)?delete$/.test(name);
  if (group) runsAs(['az', 'group', 'delete', '--yes', '--name', wordOf(call.positional[0])], run, via);
  else if (name === 'delete_container')
    runsAs(['az', 'storage', 'container', 'delete', '--name', wordOf(call.positional[0])], run, via);
  return undefined;
};

export const serviceApis: PythonApis = {
  'boto3.**': (call, run, via, scope) =>
    lastName(via) === 'delete' || lastName(via) === 'terminate'
      ? awsResource(call, run, via, scope)
      : aws(call, run, via, scope),
  ...Object.fromEntries(Object.keys(onlyService).map((name) => [`**.${name}`, guessedAws])),
  'kubernetes.**': kubernetes,
  ...each(
    '**.delete_namespace **.delete_namespaced_persistent_volume_claim **.delete_persistent_volume **.delete_namespaced_deployment **.delete_namespaced_stateful_set',
    kubernetes,
  ),
  'redis.**': redis,
  ...each('**.flushall **.flushdb', redis),
  ...each('pymongo.** motor.**', mongo),
  ...each('**.delete_many **.drop_database **.drop_collection', mongo),
  'docker.**': docker,
  'google.**': google,
  'azure.**': azure,
};
