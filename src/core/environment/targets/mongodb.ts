// MongoDB: which deployment and database a call would hit. Sources: mongosh, mongorestore and mongodump options.
import { textOf } from '../../model/word.ts';
import { optionGrammar } from '../../programs/options.ts';
import { environmentAt, placeName } from '../address.ts';
import { clueOf, cluesOf, environmentByNames, shown } from '../clue.ts';
import { readConnection, splitHosts } from '../connection.ts';
import { fromEnvFiles } from '../dotenv.ts';
import { placeClues } from '../named.ts';
import type { Resolved, TargetResolver } from '../resolver.ts';
import { flag, optionsOf, pick, type Signal, type Sources, signal, sourcesOf, variable } from '../sources.ts';
import { unresolved } from '../unresolved.ts';

const shells = new Set(['mongosh', 'mongo']);
const importers = new Set(['mongorestore', 'mongodump', 'mongoimport', 'mongoexport', 'mongofiles']);
const grammar = optionGrammar({
  values: `--host -h --port -u --username -p --password --authenticationDatabase --authenticationMechanism --eval -f --file -d --db -c --collection
    --uri --tlsCAFile --tlsCertificateKeyFile --nsInclude --nsExclude --nsFrom --nsTo --dir --archive --type --fields --query -q --out -o`,
});

export const resolver: TargetResolver = {
  kinds: ['mongodb'],
  resolve(subject, context) {
    const { fact } = subject;
    if (fact.invocation === undefined) return unresolved(subject, context);
    const sources = sourcesOf(fact.invocation, context);
    const name = fact.invocation.name ?? '';
    if (shells.has(name)) return ofShell(sources);
    return importers.has(name) ? ofImporter(sources) : ofProject(sources);
  },
};

/** The first word is a URL, `host:port/database`, or a database on this machine. */
function ofShell(sources: Sources): Resolved {
  const options = optionsOf(sources, grammar);
  const word = options.positionals.find((each) => !/\.(js|mongodb)$/.test(textOf(each) ?? ''));
  const given = word === undefined ? undefined : signal(word, 'the command');
  if (given !== undefined && (readConnection(given.word) !== undefined || textOf(given.word) === undefined))
    return atUrl(given, sources);
  const text = textOf(given?.word) ?? '';
  const slash = text.indexOf('/');
  const place = slash >= 0 ? text.slice(0, slash) : text.includes(':') || text.includes('.') ? text : undefined;
  const database = place === undefined ? text : slash >= 0 ? text.slice(slash + 1) : '';
  const host =
    flag(options, '--host')() ?? (place === undefined || given === undefined ? undefined : signal(place, given.source));
  return at(
    host,
    textOf(flag(options, '--port')()?.word),
    database === '' ? undefined : signal(database, 'the command'),
    sources,
  );
}

function ofImporter(sources: Sources): Resolved {
  const options = optionsOf(sources, grammar);
  const url =
    flag(options, '--uri')() ??
    options.positionals
      .filter((word) => readConnection(word) !== undefined)
      .map((word) => signal(word, 'the command'))[0];
  if (url !== undefined) return atUrl(url, sources, flag(options, '-d', '--db')());
  return at(
    flag(options, '-h', '--host')(),
    textOf(flag(options, '--port')()?.word),
    flag(options, '-d', '--db')(),
    sources,
  );
}

function atUrl(url: Signal, sources: Sources, database?: Signal): Resolved {
  const connection = readConnection(url.word);
  const host = {
    ...url,
    word: connection?.host ?? ({ kind: 'dynamic', source: '…', known: [null], glob: false } as const),
  };
  return at(
    host,
    connection?.port,
    database ?? (connection?.database && { ...url, word: connection.database }),
    sources,
  );
}

/** `rs0/db1:27017,db2:27017` names a replica set in front of its hosts. */
function at(
  named: Signal | undefined,
  port: string | undefined,
  database: Signal | undefined,
  sources: Sources,
): Resolved {
  const text = textOf(named?.word);
  const split = text === undefined ? undefined : splitHosts(text.slice(text.indexOf('/') + 1));
  const host = named === undefined || split === undefined ? named : signal(split.hosts, named.source);
  const address = {
    host,
    // Without any address it is still a port of this machine, where a tunnel may listen.
    port: port ?? split?.port ?? '27017',
    defaultPort: 27017,
    clues: cluesOf([database, 'projects', 'database']),
    doubts: [],
    noun: 'MongoDB host',
    anyServer: false,
  };
  const name = database === undefined ? 'test' : shown(database.word);
  return {
    target: { kind: 'mongodb', name: `${name} @ ${placeName(host, sources)}`, details: [] },
    environment: environmentAt(address, sources),
  };
}

/** Anything else takes it from the project, or names it by its vendor's flags. */
function ofProject(sources: Sources): Resolved {
  const direct = sources.call.args.find((word) => /^mongodb(\+srv)?$/.test(readConnection(word)?.scheme ?? ''));
  if (direct !== undefined) return atUrl(signal(direct, 'the command'), sources);
  const files = ['.env.local', '.env'];
  const names = ['MONGODB_URI', 'MONGO_URI', 'MONGODB_URL', 'MONGO_URL', 'DATABASE_URL'];
  const url = pick(...names.flatMap((name) => [variable(sources, name), fromEnvFiles(sources, files, name)]));
  const certain = url.doubts.length === 0;
  const named = placeClues(sources);
  if (url.signal !== undefined && certain && sources.call.name !== 'atlas') return atUrl(url.signal, sources);
  const found =
    url.signal === undefined
      ? []
      : [
          clueOf(
            { ...url.signal, word: readConnection(url.signal.word)?.host ?? url.signal.word },
            'hosts',
            'MongoDB host',
          ),
        ];
  const environment = environmentByNames([...named, ...found], url.doubts, sources.context.policy);
  return {
    target: { kind: 'mongodb', name: `MongoDB of ${sources.call.name ?? 'the call'}`, details: [] },
    environment,
  };
}
