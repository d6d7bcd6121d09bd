// Other database clients: SQL Server, SQLite, DuckDB, CockroachDB, ClickHouse, Cassandra, and clients of hosted databases.
import { staticWord, textOf } from '../../model/word.ts';
import { optionGrammar } from '../../programs/options.ts';
import { type Clue, clueOf, cluesOf } from '../clue.ts';
import { readConnection, splitHosts } from '../connection.ts';
import { flag, optionsOf, pick, type Signal, type Sources, signal, variable } from '../sources.ts';
import { type Destination, emptyDestination, fromUrl, openDestination } from './destination.ts';

/** Each client by its name. */
export const otherClients: Readonly<Record<string, (sources: Sources) => Destination>> = {
  sqlite3: fileDestination,
  litecli: fileDestination,
  sqlite: fileDestination,
  'sqlite-utils': fileDestination,
  duckdb: fileDestination,
  sqlcmd: mssqlDestination,
  osql: mssqlDestination,
  bcp: mssqlDestination,
  cockroach: cockroachDestination,
  usql: (sources) => urlWord(sources),
  cqlsh: cassandraDestination,
  'clickhouse-client': clickhouseDestination,
  clickhouse: clickhouseDestination,
  snowsql: (sources) => hosted(sources, ['-a', '--accountname', '-c', '--connection'], ['-d', '--dbname']),
  snow: (sources) => hosted(sources, ['-c', '--connection', '--account'], ['--database', '--dbname']),
  bq: (sources) => hosted(sources, ['--project_id', '--project'], ['--dataset_id']),
  turso: tursoDestination,
  pscale: (sources) =>
    hosted(
      sources,
      ['--org'],
      [],
      /^(branch|database|backup|password|deploy-request)$/.test(textOf(sources.call.args[0]) ?? '') ? 2 : 1,
    ),
};

const fileOptions = optionGrammar({
  values: '-separator -newline -nullvalue -mode -init -cmd -c -s -f -e --execute',
  singleDash: true,
});

/** The first word is the file; without one the database lives in memory. */
function fileDestination(sources: Sources): Destination {
  const [word] = optionsOf(sources, fileOptions).positionals;
  const memory = word === undefined || textOf(word) === ':memory:';
  const file = signal(memory ? staticWord(':memory:') : word, 'the command');
  const scheme = textOf(word)?.includes('://') || textOf(word)?.startsWith('md:');
  return scheme ? openDestination(file) : { ...emptyDestination, file };
}

const mssql = optionGrammar({ values: '-S -U -P -d -Q -q -i -o -h -s -w -v -H -l -t -K -m -V' });

/** `tcp:db.acme.com\\instance,1433`. Source: sqlcmd utility, Microsoft Learn. */
function mssqlDestination(sources: Sources): Destination {
  const options = optionsOf(sources, mssql);
  const server = pick(flag(options, '-S'), variable(sources, 'SQLCMDSERVER'));
  const database = pick(flag(options, '-d'), variable(sources, 'SQLCMDDBNAME'));
  const text = textOf(server.signal?.word);
  const rest = { database: database.signal, defaultPort: 1433, doubts: server.doubts };
  if (server.signal === undefined || text === undefined) return { ...emptyDestination, ...rest, host: server.signal };
  const [address = '', port] = text.replace(/^(tcp|np|lpc|admin):/i, '').split(',');
  const host = address.split('\\')[0] ?? '';
  const local = ['.', '(local)', '(localdb)', ''].includes(host.toLowerCase());
  return {
    ...emptyDestination,
    ...rest,
    host: local ? undefined : { ...server.signal, word: staticWord(host) },
    port: port?.trim(),
  };
}

const cockroach = optionGrammar({
  values: '--url --host -p --port -u --user -d --database -e --execute -f --file --certs-dir --format',
});

function cockroachDestination(sources: Sources): Destination {
  const options = optionsOf(sources, cockroach);
  const url = pick(flag(options, '--url'), variable(sources, 'COCKROACH_URL'));
  if (url.signal !== undefined) return { ...fromUrl(url.signal), defaultPort: 26257 };
  const host = pick(flag(options, '--host'), variable(sources, 'COCKROACH_HOST'));
  return withPort(host, pick(flag(options, '-d', '--database')).signal, 26257, [...url.doubts, ...host.doubts]);
}

const cassandra = optionGrammar({
  values: '-u -p -k --keyspace -e --execute -f --file --connect-timeout --request-timeout --cqlshrc',
});

function cassandraDestination(sources: Sources): Destination {
  const options = optionsOf(sources, cassandra);
  const [word] = options.positionals;
  const host = pick(
    () => (word === undefined ? undefined : signal(word, 'the command')),
    variable(sources, 'CQLSH_HOST'),
  );
  return withPort(host, flag(options, '-k', '--keyspace')(), 9042, host.doubts);
}

const clickhouse = optionGrammar({
  values: '-h --host --port -u --user --password -d --database -q --query --queries-file -C --config-file --format',
});

function clickhouseDestination(sources: Sources): Destination {
  const options = optionsOf(sources, clickhouse);
  const host = pick(flag(options, '-h', '--host'), variable(sources, 'CLICKHOUSE_HOST'));
  return withPort(host, flag(options, '-d', '--database')(), 9000, host.doubts);
}

const thisMachine = signal('localhost', 'the default');

function withPort(
  { signal: host }: { signal: Signal | undefined },
  database: Signal | undefined,
  defaultPort: number,
  doubts: readonly Signal[],
): Destination {
  const text = textOf(host?.word);
  // These have no socket file to go to: without an address it is a port of this machine.
  if (host === undefined) return { ...emptyDestination, host: thisMachine, database, defaultPort, doubts };
  if (text === undefined) return { ...emptyDestination, host, database, defaultPort };
  const { hosts, port } = splitHosts(text);
  return { ...emptyDestination, host: { ...host, word: staticWord(hosts) }, port, database, defaultPort };
}

/** The first word that is a URL; without one nothing is known. */
function urlWord(sources: Sources): Destination {
  const word = sources.call.args.find((each) => readConnection(each) !== undefined);
  return word === undefined ? { ...emptyDestination, nowhere: true } : fromUrl(signal(word, 'the command'));
}

/** A client that always goes to its vendor: only names can tell more. `skip` leading words are its subcommand. */
function hosted(sources: Sources, places: readonly string[], databases: readonly string[], skip?: number): Destination {
  const options = optionsOf(
    sources,
    optionGrammar({ values: `${[...places, ...databases].join(' ')} -q --query -f --filename -u -r -w -s` }),
  );
  const words = skip === undefined ? [] : options.positionals.slice(skip);
  const place = flag(options, ...places)();
  const database =
    flag(options, ...databases)() ?? (words[0] === undefined ? undefined : signal(words[0], 'the command'));
  const branch = words[1] === undefined ? undefined : signal(words[1], 'the command');
  return {
    ...emptyDestination,
    nowhere: true,
    database,
    clues: [...cluesOf([place, 'accounts', 'account']), ...(branch === undefined ? [] : [branchClue(branch)])],
  };
}

/** PlanetScale's production branch is called main unless somebody renamed it. */
const branchClue = (branch: Signal): Clue => {
  const clue = clueOf(branch, 'projects', 'branch');
  return clue.text === 'main' ? { ...clue, text: 'production' } : clue;
};

/** `turso db shell orders`, or a URL, or a file. */
function tursoDestination(sources: Sources): Destination {
  const [, , word] = optionsOf(sources, optionGrammar({ values: '--location --proxy' })).positionals;
  if (word === undefined) return { ...emptyDestination, nowhere: true };
  const named = signal(word, 'the command');
  if (readConnection(word) !== undefined || /^https?:/.test(textOf(word) ?? '')) return fromUrl(named);
  return { ...emptyDestination, nowhere: true, database: named };
}
