// PostgreSQL's own programs: connection strings, options, PG* variables and service files.
// Source: libpq, "Database Connection Control Functions", "Environment Variables" and "The Connection Service File".
import { own } from '../../model/table.ts';
import { textOf } from '../../model/word.ts';
import { flat, unflat } from '../../payloads/http/words.ts';
import { type OptionGrammar, optionGrammar } from '../../programs/options.ts';
import { clueOf } from '../clue.ts';
import { lineOf, textAt } from '../data.ts';
import {
  dataOf,
  type Find,
  fileAt,
  flag,
  optionsOf,
  pick,
  placeIn,
  type Signal,
  type Sources,
  signal,
  variable,
} from '../sources.ts';
import { type Destination, emptyDestination, fromUrl, openDestination } from './destination.ts';

const common = '-h --host -p --port -U --username';
const psql = optionGrammar({
  values: `${common} -d --dbname -c --command -f --file -v --set --variable -o --output -F --field-separator -R --record-separator -T --table-attr -L --log-file -P --pset`,
});
const grammars: Readonly<Record<string, OptionGrammar>> = {
  dropdb: optionGrammar({ values: `${common} --maintenance-db` }),
  createdb: optionGrammar({
    values: `${common} --maintenance-db -D --tablespace -E --encoding -l --locale -O --owner -S --strategy -T --template`,
  }),
  dropuser: optionGrammar({ values: common }),
  pg_restore: optionGrammar({
    values: `${common} -d --dbname -f --file -F --format -I --index -j --jobs -L --use-list -n --schema -N --exclude-schema -P --function -S --superuser -t --table -T --trigger --section --role`,
  }),
  pg_dump: optionGrammar({
    values: `${common} -d --dbname -f --file -F --format -j --jobs -n -N -t -T -E -S -Z --role --section`,
  }),
  pgbench: optionGrammar({ values: `${common} -d --dbname -c -j -T -t -s -f -M -F -D -l` }),
  vacuumdb: optionGrammar({ values: `${common} -d --dbname -t --table -j --jobs --maintenance-db -n -N -P` }),
  reindexdb: optionGrammar({ values: `${common} -d --dbname -t -i -S -j --maintenance-db` }),
};

/** These take files or roles as words, not a database. */
const withoutDatabaseWord = new Set([
  'pg_restore',
  'dropuser',
  'createuser',
  'pg_recvlogical',
  'pg_receivewal',
  'pg_dumpall',
]);

export const libpqPrograms = [
  'psql',
  'pgcli',
  'ysqlsh',
  'pg_recvlogical',
  'pg_receivewal',
  'pg_dumpall',
  'clusterdb',
  'createuser',
  ...Object.keys(grammars),
];

/** Where a program that uses libpq connects to. */
export function libpqDestination(sources: Sources): Destination {
  const name = sources.call.name ?? '';
  const options = optionsOf(sources, own(grammars, name) ?? psql);
  const [word] = withoutDatabaseWord.has(name) ? [] : options.positionals;
  const given = pick(flag(options, '-d', '--dbname'), () =>
    word === undefined ? undefined : signal(word, 'the command'),
  ).signal;
  const text = given === undefined ? '' : flat(given.word);
  if (given !== undefined && /^postgres(ql)?:\/\//.test(text)) return fromUrl(given, { clues: [] });
  // `psql "$DATABASE_URL"`: a word of which nothing is known may hold a whole connection string.
  if (given !== undefined && text === '\0') return openDestination(given);
  const pairs = given !== undefined && text.includes('=') ? readPairs(given) : new Map<string, Signal>();
  const service = pick(() => pairs.get('service'), variable(sources, 'PGSERVICE'));
  const entries = serviceEntries(sources, service.signal);
  if (
    service.signal !== undefined &&
    entries === undefined &&
    !pairs.has('host') &&
    flag(options, '-h', '--host')() === undefined
  ) {
    return openDestination(
      { ...service.signal, word: unflat('\0', `service ${textOf(service.signal.word) ?? ''}`) },
      { clues: [clueOf(service.signal, 'contexts', 'service')] },
    );
  }
  const read = (key: string, flags: readonly string[], name: string): ReturnType<typeof pick> =>
    pick(
      () => pairs.get(key),
      flag(options, ...flags),
      () => entries?.get(key),
      variable(sources, name),
    );
  const address = pick(
    () => pairs.get('hostaddr'),
    () => entries?.get('hostaddr'),
    certain(variable(sources, 'PGHOSTADDR')),
  );
  const host = read('host', ['-h', '--host'], 'PGHOST');
  const port = read('port', ['-p', '--port'], 'PGPORT');
  const database =
    pairs.size > 0 || given === undefined ? read('dbname', [], 'PGDATABASE') : { signal: given, doubts: [] };
  return {
    ...emptyDestination,
    host: address.signal ?? host.signal,
    port: port.signal === undefined ? undefined : textOf(port.signal.word),
    database: database.signal ?? certain(variable(sources, 'PGUSER'))(),
    clues: service.signal === undefined ? [] : [clueOf(service.signal, 'contexts', 'service')],
    doubts: host.signal === undefined ? [...host.doubts, ...service.doubts] : [],
  };
}

/** A variable that is known to be set. */
const certain =
  (find: Find): Find =>
  () => {
    const found = find();
    return found?.doubt ? undefined : found;
  };

/** `host=db.acme.com port=5432 dbname='orders'` */
function readPairs(given: Signal): ReadonlyMap<string, Signal> {
  const pairs = new Map<string, Signal>();
  for (const match of flat(given.word).matchAll(/([a-z_]{1,32})\s{0,8}=\s{0,8}(?:'([^']*)'|([^\s']*))/g)) {
    const value = match[2] ?? match[3] ?? '';
    if (match[1] !== undefined && value !== '')
      pairs.set(match[1], { ...given, word: unflat(value, value.replaceAll('\0', '…')) });
  }
  return pairs;
}

/** The service's own entries; undefined where its file or its section is not there. */
function serviceEntries(sources: Sources, service: Signal | undefined): ReadonlyMap<string, Signal> | undefined {
  const name = textOf(service?.word);
  if (name === undefined) return undefined;
  const named = certain(variable(sources, 'PGSERVICEFILE'))();
  const file = fileAt(sources, named === undefined ? '~/.pg_service.conf' : (textOf(named.word) ?? ''));
  const section = dataOf(sources, file, 'ini');
  if (file === undefined || section === undefined) return undefined;
  const keys = ['host', 'hostaddr', 'port', 'dbname'];
  const found = keys.flatMap((key) => {
    const value = textAt(section, name, key);
    const line = lineOf(file.text, `[${name}]`, key);
    return value === undefined ? [] : [[key, signal(value, `service ${name} from ${placeIn(file, line)}`)] as const];
  });
  return found.length === 0 ? undefined : new Map(found);
}
