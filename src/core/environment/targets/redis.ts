// Redis and its kin: which server and which numbered database a call would hit. Source: redis-cli, "Command line usage".
import { textOf } from '../../model/word.ts';
import { optionGrammar } from '../../programs/options.ts';
import { environmentAt, placeName } from '../address.ts';
import { clueOf, environmentByNames } from '../clue.ts';
import { readConnection, splitHosts } from '../connection.ts';
import { fromEnvFiles } from '../dotenv.ts';
import type { Resolved, TargetResolver } from '../resolver.ts';
import { flag, optionsOf, pick, type Signal, type Sources, signal, sourcesOf, variable } from '../sources.ts';
import { unresolved } from '../unresolved.ts';

const clients = new Set(['redis-cli', 'valkey-cli', 'keydb-cli', 'iredis', 'redis-benchmark']);
const grammar = optionGrammar({
  values:
    '-h -p -s -a -u -r -i -n -t -d -D -x -X --user --pass --cacert --cacertdir --cert --key --sni --tls-ciphers --eval --url --cluster --rdb --pipe-timeout --pattern --db',
});

export const resolver: TargetResolver = {
  kinds: ['redis'],
  resolve(subject, context) {
    const { fact } = subject;
    if (fact.invocation === undefined) return unresolved(subject, context);
    const sources = sourcesOf(fact.invocation, context);
    return clients.has(fact.invocation.name ?? '') ? ofClient(sources) : ofProject(sources);
  },
};

/** redis-cli knows no variable for its server: without `-h` and `-u` it goes to this machine. */
function ofClient(sources: Sources): Resolved {
  const options = optionsOf(sources, grammar);
  const url = flag(options, '-u', '--url')();
  if (url !== undefined) return atUrl(url, sources);
  const socket = flag(options, '-s')();
  const cluster = options.flags.has('--cluster')
    ? options.positionals.find((word) => /:\d+$/.test(textOf(word) ?? ''))
    : undefined;
  const named =
    flag(options, '-h')() ??
    (cluster === undefined ? undefined : signal(cluster, '--cluster in the command')) ??
    socket;
  const split = named === undefined || socket !== undefined ? undefined : splitHosts(textOf(named.word) ?? '');
  const host =
    split === undefined || split.hosts === '' || named === undefined ? named : signal(split.hosts, named.source);
  const database = textOf(flag(options, '-n')()?.word) ?? '0';
  // Without any address it is still a port of this machine, where a tunnel may listen.
  return at(host, split?.port ?? textOf(flag(options, '-p')()?.word) ?? '6379', database, sources, []);
}

function atUrl(url: Signal, sources: Sources): Resolved {
  const connection = readConnection(url.word);
  if (connection === undefined)
    return at(
      { ...url, word: { kind: 'dynamic', source: '…', known: [null], glob: false } },
      undefined,
      '0',
      sources,
      [],
    );
  const host = connection.host && { ...url, word: connection.host };
  return at(host, connection.port, textOf(connection.database) ?? '0', sources, []);
}

/** Anything else that works on Redis takes it from the project. */
function ofProject(sources: Sources): Resolved {
  const files = ['.env.local', '.env'];
  const find = (name: string) => [variable(sources, name), fromEnvFiles(sources, files, name)];
  const url = pick(...['REDIS_URL', 'REDIS_URI', 'KV_URL'].flatMap(find));
  const host = url.signal === undefined ? pick(...find('REDIS_HOST')) : { signal: undefined, doubts: [] };
  const doubts = [...url.doubts, ...host.doubts];
  const found = url.signal ?? host.signal;
  if (found === undefined) {
    const environment = environmentByNames([], doubts, sources.context.policy);
    return { target: { kind: 'redis', name: `Redis of ${sources.call.name ?? 'the call'}`, details: [] }, environment };
  }
  if (doubts[0] !== undefined) {
    const resolved =
      url.signal === undefined ? at(host.signal, undefined, '0', sources, doubts) : atUrl(url.signal, sources);
    const address = clueOf({ ...found, word: readConnection(found.word)?.host ?? found.word }, 'hosts', 'Redis host');
    return { ...resolved, environment: environmentByNames([address], doubts, sources.context.policy) };
  }
  return url.signal === undefined ? at(host.signal, undefined, '0', sources, []) : atUrl(url.signal, sources);
}

function at(
  host: Signal | undefined,
  port: string | undefined,
  database: string,
  sources: Sources,
  doubts: readonly Signal[],
): Resolved {
  const address = { host, port, defaultPort: 6379, clues: [], doubts, noun: 'Redis host', anyServer: false };
  return {
    target: { kind: 'redis', name: `db${database} @ ${placeName(host, sources)}`, details: [] },
    environment: environmentAt(address, sources),
  };
}
