// Addresses: the environment of a server by its host name, by the names around it, and by who answers on this machine.
import type { Environment, EnvironmentName, Evidence } from '../model/verdict.ts';
import { textOf } from '../model/word.ts';
import { isLocalHost } from '../rules/match.ts';
import { type Clue, clueOf, doubtful, environmentOf, shown, toldBy } from './clue.ts';
import { hostName, type Listener, listenerOn } from './listener.ts';
import type { Signal, Sources } from './sources.ts';

export interface Address {
  /** Undefined: what the tool takes by default, which is the machine that it runs on. */
  readonly host: Signal | undefined;
  /** Undefined: `defaultPort`. */
  readonly port: string | undefined;
  readonly defaultPort: number;
  /** Further names on the way: database, user's environment, stage. */
  readonly clues: readonly Clue[];
  readonly doubts: readonly Signal[];
  /** What the host is called in claims: `database host`. */
  readonly noun: string;
  /**
   * On this machine anything may serve it, as with HTTP; otherwise only known servers count as local, and what a
   * person does not know as one is not known.
   */
  readonly anyServer: boolean;
}

/** The environment of an address, with evidence. */
export function environmentAt(address: Address, sources: Sources): Environment {
  const { host, doubts } = address;
  const hosts = host === undefined ? [] : [clueOf(host, 'hosts', address.noun)];
  const clues = [...hosts, ...address.clues];
  const told = toldBy(clues, sources.context.policy);
  if (told?.name === 'production') return environmentOf('production', clues, told.clue);
  if (host !== undefined && textOf(host.word) === undefined)
    return environmentOf('unknown', clues, undefined, [doubtful(host)]);
  if (doubts[0] !== undefined && host === undefined)
    return environmentOf('unknown', clues, undefined, [doubtful(doubts[0])]);
  if (host === undefined || isHere(textOf(host.word) ?? ''))
    return onItsMachine(address, clues, told?.clue, told?.name, sources);
  return environmentOf(told?.name ?? 'unknown', clues, told?.clue);
}

/** Host names and socket paths that stay on the machine. Cloud SQL's sockets are doors to somewhere else. */
export function isHere(host: string): boolean {
  if (host.startsWith('/') || host.startsWith('@')) return !host.startsWith('/cloudsql/');
  return host
    .split(',')
    .every((each) => isLocalHost({ kind: 'static', value: each.trim().replace(/(?<=[^:]):\d+$/, ''), glob: false }));
}

function onItsMachine(
  address: Address,
  clues: readonly Clue[],
  deciding: Clue | undefined,
  told: EnvironmentName | undefined,
  sources: Sources,
): Environment {
  const machine = sources.context.hostEnvironment(sources.call.host);
  const settled = (name: EnvironmentName, more: readonly Evidence[] = []) =>
    environmentOf(name, clues, deciding, [...more, ...machine.evidence]);
  if (machine.name === 'production' || told === 'staging')
    return settled(machine.name === 'production' ? 'production' : 'staging');
  const socket = address.host === undefined ? false : !(textOf(address.host.word) ?? '').match(/^[^/@]/);
  if (!sources.here || socket || (address.host === undefined && address.port === undefined))
    return settled(machine.name);
  const port = Number(address.port ?? address.defaultPort);
  if (!Number.isInteger(port)) return settled('unknown');
  const listener = listenerOn(port, sources);
  if (listener.kind === 'tunnel') return throughTunnel(listener, clues, sources);
  return settled(isServedHere(listener, port, address) ? machine.name : 'unknown', [listener.evidence]);
}

/** Where nobody could look, a server's own port speaks for the server; another one may be anything. */
function isServedHere({ kind }: Listener, port: number, { anyServer, defaultPort }: Address): boolean {
  if (kind === 'unseen') return anyServer || port === defaultPort;
  return kind === 'server' || kind === 'nobody' || anyServer;
}

/** A tunnel leads where its own words say, and nowhere that is known where they say nothing. */
function throughTunnel({ evidence }: Listener, clues: readonly Clue[], { context }: Sources): Environment {
  const tunnel: Clue = { text: evidence.claim, pattern: 'hosts', evidence };
  const told = toldBy([tunnel], context.policy);
  return environmentOf(told?.name ?? 'unknown', [tunnel, ...clues], tunnel);
}

/** What a person calls the place: `db.acme-prod.com`, or the machine that the call runs on. */
export const placeName = (host: Signal | undefined, { call }: Sources): string =>
  host === undefined || shown(host.word).startsWith('/') ? hostName(call) : shown(host.word);
