// MySQL's and MariaDB's own programs: options, option files, variables.
// Source: MySQL Reference Manual, "Using Option Files" and "Environment Variables": the command, then files, then variables.
import { staticWord, textOf } from '../../model/word.ts';
import { optionGrammar, readOptions } from '../../programs/options.ts';
import { clueOf } from '../clue.ts';
import { at, lineOf, textAt } from '../data.ts';
import {
  dataOf,
  type Find,
  fileAt,
  flag,
  pick,
  placeIn,
  type Signal,
  type Sources,
  signal,
  variable,
} from '../sources.ts';
import { type Destination, emptyDestination, fromUrl } from './destination.ts';

const grammar = optionGrammar({
  values: `-h --host -P --port -u --user -D --database -S --socket -e --execute --init-command --defaults-file --defaults-extra-file
    --defaults-group-suffix --login-path --protocol --delimiter --ssl-ca --ssl-cert --ssl-key --default-character-set -B --databases --uri`,
});

export const mysqlPrograms = [
  'mysql',
  'mariadb',
  'mycli',
  'mysqlsh',
  'mysqladmin',
  'mariadb-admin',
  'mysqldump',
  'mariadb-dump',
  'mysqlimport',
  'mysqlcheck',
];

/** Where a MySQL client connects to. */
export function mysqlDestination(sources: Sources): Destination {
  const { name = '', args } = sources.call;
  // `-p` has its value glued to it or none at all; read as letters, a password would look like options.
  const options = readOptions(
    args.filter((word) => !/^-p./.test(textOf(word) ?? '')),
    grammar,
  );
  const [first] = name.endsWith('admin') ? [] : options.positionals;
  const url = pick(flag(options, '--uri'), () =>
    first !== undefined && (textOf(first) ?? '').includes('://') ? signal(first, 'the command') : undefined,
  );
  if (url.signal !== undefined) return { ...fromUrl(url.signal), defaultPort: 3306 };
  const login = flag(options, '--login-path')();
  const host = pick(
    flag(options, '-h', '--host'),
    inOptionFile(sources, options.flags, 'host'),
    variable(sources, 'MYSQL_HOST'),
  );
  const socket = pick(flag(options, '-S', '--socket'), inOptionFile(sources, options.flags, 'socket'));
  const port = pick(
    flag(options, '-P', '--port'),
    inOptionFile(sources, options.flags, 'port'),
    variable(sources, 'MYSQL_TCP_PORT'),
  );
  const database = pick(
    flag(options, '-D', '--database'),
    () => (first === undefined || name === 'mysqlsh' ? undefined : signal(first, 'the command')),
    () =>
      name.endsWith('admin') && textOf(options.positionals[0]) === 'drop' && options.positionals[1]
        ? signal(options.positionals[1], 'the command')
        : undefined,
    inOptionFile(sources, options.flags, 'database'),
  );
  const hidden =
    login === undefined
      ? undefined
      : {
          ...login,
          word: {
            kind: 'dynamic',
            source: `login path ${textOf(login.word) ?? '…'}`,
            known: [null],
            glob: false,
          } as const,
        };
  return {
    ...emptyDestination,
    // `localhost` means the socket to MySQL, unless a protocol or a port is asked for.
    host: host.signal ?? hidden ?? (socket.signal === undefined ? undefined : { ...socket.signal }),
    port: port.signal === undefined ? undefined : textOf(port.signal.word),
    defaultPort: 3306,
    database: database.signal,
    clues: login === undefined ? [] : [clueOf(login, 'contexts', 'login path')],
    doubts: host.signal === undefined && socket.signal === undefined ? host.doubts : [],
  };
}

const groups = ['mysql', 'mariadb-client', 'client-mariadb', 'client'];

/** A value from `--defaults-file`, or from `--defaults-extra-file` and the user's own file. */
const inOptionFile =
  (sources: Sources, flags: ReadonlyMap<string, Signal['word'] | undefined>, key: string): Find =>
  () => {
    if (flags.has('--no-defaults')) return undefined;
    const only = textOf(flags.get('--defaults-file'));
    const extra = textOf(flags.get('--defaults-extra-file'));
    const suffix = textOf(flags.get('--defaults-group-suffix')) ?? '';
    for (const path of only === undefined ? ['~/.my.cnf', ...(extra === undefined ? [] : [extra])] : [only]) {
      const file = fileAt(sources, path);
      const data = dataOf(sources, file, 'ini');
      for (const group of groups.flatMap((each) => (suffix === '' ? [each] : [`${each}${suffix}`, each]))) {
        const value = textAt(at(data, group), key);
        if (file !== undefined && value !== undefined) {
          return signal(
            staticWord(value.replace(/^(['"])(.*)\1$/, '$2')),
            `${key} from ${placeIn(file, lineOf(file.text, `[${group}]`, key))}`,
          );
        }
      }
    }
    return undefined;
  };
