// SQL databases: which one a call or a statement would hit, on which server, in which environment.
import type { Fact } from '../../model/fact.ts';
import type { Environment, Evidence } from '../../model/verdict.ts';
import { dynamicWord, piecesOf, textOf } from '../../model/word.ts';
import { type Address, environmentAt, placeName } from '../address.ts';
import { type Clue, clueOf, cluesOf, doubtful, environmentByNames, environmentOf, shown, toldBy } from '../clue.ts';
import { readConnection } from '../connection.ts';
import { otherClients } from '../database/clients.ts';
import { type Destination, emptyDestination, fromUrl } from '../database/destination.ts';
import { libpqDestination, libpqPrograms } from '../database/libpq.ts';
import { mysqlDestination, mysqlPrograms } from '../database/mysql.ts';
import { supabaseDestination } from '../database/supabase.ts';
import { connectionAmong, toolDestination } from '../database/tools.ts';
import { wranglerDestination } from '../database/wrangler.ts';
import { hostName } from '../listener.ts';
import type { Resolved, TargetResolver } from '../resolver.ts';
import { type Sources, signal, sourcesOf } from '../sources.ts';
import { unresolved } from '../unresolved.ts';

export const resolver: TargetResolver = {
  kinds: ['sql.database'],
  resolve(subject, context): Resolved {
    const { fact } = subject;
    if (fact.invocation === undefined) return unresolved(subject, context);
    const sources = sourcesOf(fact.invocation, context);
    const destination = withStatement(destinationOf(sources), fact);
    return { target: targetOf(destination, fact, sources), environment: environmentAtDatabase(destination, sources) };
  },
};

const readers = new Map<string, (sources: Sources) => Destination>([
  ...libpqPrograms.map((name) => [name, libpqDestination] as const),
  ...mysqlPrograms.map((name) => [name, mysqlDestination] as const),
  ...Object.entries(otherClients),
  ['supabase', supabaseDestination],
  ['wrangler', wranglerDestination],
]);

function destinationOf(sources: Sources): Destination {
  const own = programDestination(sources);
  if (own !== undefined) return own;
  const reader = readers.get(sources.call.name ?? '');
  if (reader !== undefined) return reader(sources);
  const url = connectionAmong(sources);
  return url === undefined ? toolDestination(sources) : fromUrl(url);
}

/** A program in another language may say itself where it connects to: a URL, or the file of a database. */
function programDestination({ call: { effect } }: Sources): Destination | undefined {
  if (effect?.kind !== 'sql' || effect.connection === undefined) return undefined;
  const place = signal(effect.connection, 'the program');
  if (readConnection(effect.connection) !== undefined) return fromUrl(place);
  const isFile = effect.dialect === 'sqlite' && piecesOf(effect.connection).some((piece) => piece !== null);
  return isFile ? { ...emptyDestination, file: place } : undefined;
}

/** `DROP DATABASE orders_prod` names what it hits, wherever the client is connected to. */
function withStatement(destination: Destination, fact: Fact): Destination {
  const name = fact.kind === 'sql' && fact.object === 'database' ? fact.names[0] : undefined;
  return name === undefined ? destination : { ...destination, database: signal(name, 'the statement') };
}

function targetOf({ database, file, host, nowhere }: Destination, fact: Fact, sources: Sources): Resolved['target'] {
  const details: Evidence[] = [];
  if (fact.kind === 'sql' && fact.object !== 'database' && fact.names.length > 0)
    details.push({ claim: `${fact.object} ${fact.names.join(', ')}`, source: 'the statement' });
  if (file !== undefined)
    return {
      kind: 'database',
      name: shown(file.word),
      details: [...details, { claim: `the file ${shown(file.word)}`, source: file.source }],
    };
  const name =
    database === undefined ? (nowhere ? `database of ${callerOf(sources)}` : 'default database') : shown(database.word);
  return { kind: 'database', name: nowhere ? name : `${name} @ ${placeName(host, sources)}`, details };
}

function environmentAtDatabase(destination: Destination, sources: Sources): Environment {
  const { database, file, host, port, defaultPort, doubts, nowhere } = destination;
  const clues: readonly Clue[] = [...cluesOf([database, 'projects', 'database']), ...destination.clues];
  if (file !== undefined) return ofFile(clueOf(file, 'paths', 'database file'), clues, sources);
  if (nowhere)
    return clues.length > 0 || doubts.length > 0
      ? environmentByNames(clues, doubts, sources.context.policy)
      : nothingSays(sources);
  // What may be set comes before what was found: the find is certain only where it says production.
  if (doubts[0] !== undefined && host !== undefined && textOf(host.word) !== undefined) {
    return environmentByNames([clueOf(host, 'hosts', 'database host'), ...clues], doubts, sources.context.policy);
  }
  // Without a host these clients use a socket file, whatever the port.
  const address: Address = {
    host,
    port: host === undefined ? undefined : port,
    defaultPort,
    clues,
    doubts,
    noun: 'database host',
    anyServer: false,
  };
  return environmentAt(address, sources);
}

/** What a statement of a program in another language is made by has no name. */
const callerOf = ({ call }: Sources): string => call.name || (call.effect === undefined ? 'the call' : 'the program');

function nothingSays(sources: Sources): Environment {
  const claim = `nothing says which database ${callerOf(sources)} works on`;
  if (sources.here)
    return { name: 'unknown', evidence: [{ claim, source: 'the command, its variables and the files next to it' }] };
  const machine: Environment = sources.context.hostEnvironment(sources.call.host);
  return {
    name: machine.name === 'local' ? 'unknown' : machine.name,
    evidence: [{ claim, source: hostName(sources.call) }, ...machine.evidence],
  };
}

/** A file is where the call runs; its name can only make it more than that. */
function ofFile(file: Clue, clues: readonly Clue[], sources: Sources): Environment {
  const all = [file, ...clues];
  const told = toldBy(all, sources.context.policy);
  const machine = sources.context.hostEnvironment(sources.call.host);
  if (told?.name === 'production' || (told?.name === 'staging' && machine.name !== 'production'))
    return environmentOf(told.name, all, told.clue);
  if (file.text.includes('…'))
    return environmentOf('unknown', all, undefined, [doubtful(signal(dynamicWord(file.text), file.evidence.source))]);
  return environmentOf(machine.name, all, undefined, machine.evidence);
}
