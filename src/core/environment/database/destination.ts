// Where a database call goes, before anything is said of the environment there.
import { own } from '../../model/table.ts';
import type { Clue } from '../clue.ts';
import type { Connection } from '../connection.ts';
import { readConnection } from '../connection.ts';
import type { Signal } from '../sources.ts';

export interface Destination {
  /** Undefined: the tool's default, the machine that it runs on. */
  readonly host: Signal | undefined;
  readonly port: string | undefined;
  readonly defaultPort: number;
  /** Undefined where the tool takes a default that the command does not name. */
  readonly database: Signal | undefined;
  /** The database is a file. */
  readonly file: Signal | undefined;
  /** Names on the way: modes, services, configurations. */
  readonly clues: readonly Clue[];
  readonly doubts: readonly Signal[];
  /** Nothing says where it goes: not even a default is known. */
  readonly nowhere: boolean;
}

export const emptyDestination: Destination = {
  host: undefined,
  port: undefined,
  defaultPort: 5432,
  database: undefined,
  file: undefined,
  clues: [],
  doubts: [],
  nowhere: false,
};

/** A place that cannot be read: a URL whose value is not known, a service without its file. */
export const openDestination = (signal: Signal, rest: Partial<Destination> = {}): Destination => ({
  ...emptyDestination,
  ...rest,
  host: signal,
});

const ports: Readonly<Record<string, number>> = {
  mysql: 3306,
  mysql2: 3306,
  mariadb: 3306,
  trilogy: 3306,
  sqlserver: 1433,
  mssql: 1433,
};

/** What a connection URL says. Text that is none is taken for a value that cannot be read. */
export function fromUrl(url: Signal, rest: Partial<Destination> = {}): Destination {
  const connection = readConnection(url.word);
  if (connection === undefined)
    return openDestination({ ...url, word: { kind: 'dynamic', source: '…', known: [null], glob: false } }, rest);
  const part = (word: Connection['host']): Signal | undefined => (word === undefined ? undefined : { ...url, word });
  const isFile = connection.scheme === 'file' || connection.scheme.startsWith('sqlite');
  return {
    ...emptyDestination,
    ...rest,
    host: part(connection.host),
    port: connection.port,
    defaultPort: own(ports, connection.scheme) ?? 5432,
    database: isFile ? undefined : part(connection.database),
    file: isFile ? part(connection.database) : undefined,
  };
}
