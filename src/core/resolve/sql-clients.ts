// SQL clients: which words, files and input of a call are SQL that it would run.
import type { SqlDialect } from '../model/fact.ts';
import type { Invocation } from '../model/invocation.ts';
import type { World } from '../model/observation.ts';
import { own } from '../model/table.ts';
import { joinWords, textOf, type Word } from '../model/word.ts';
import { type OptionGrammar, optionGrammar, readOptions } from '../programs/options.ts';
import { fileText, stdinText } from './output.ts';

interface SqlClient {
  readonly dialect: SqlDialect;
  readonly options: OptionGrammar;
  /** Flags whose value is SQL. */
  readonly text: readonly string[];
  /** Flags whose value is a file of SQL. */
  readonly file: readonly string[];
  /** Leading words that make this call a client at all: `d1 execute`. */
  readonly subcommand?: readonly string[];
  /** Positionals from here on are SQL. */
  readonly from?: number;
  readonly stdin: boolean;
}

const client = (spec: {
  dialect: SqlDialect;
  text?: string;
  file?: string;
  values?: string;
  subcommand?: string;
  from?: number;
  stdin?: boolean;
}): SqlClient => {
  const text = (spec.text ?? '').split(' ').filter((flag) => flag !== '');
  const file = (spec.file ?? '').split(' ').filter((flag) => flag !== '');
  return {
    dialect: spec.dialect,
    options: optionGrammar({ values: [...text, ...file, spec.values ?? ''].join(' ') }),
    text,
    file,
    stdin: spec.stdin ?? true,
    ...(spec.subcommand === undefined ? {} : { subcommand: spec.subcommand.split(' ') }),
    ...(spec.from === undefined ? {} : { from: spec.from }),
  };
};

const connection = '-h --host -p --port -U -u --username --user -d --dbname -W -P -D --database';
const psql = client({
  dialect: 'postgres',
  text: '-c --command',
  file: '-f --file',
  values: `${connection} -v --set --variable -o --output -F -R -T -L --log-file`,
});
const mysql = client({
  dialect: 'mysql',
  text: '-e --execute --init-command',
  values:
    '-h --host -P --port -u --user -D --database -S --socket --defaults-file --defaults-extra-file --protocol --delimiter --ssl-ca',
});

/** Sources: the clients' own manuals. mysql's `-p` takes its value glued or not at all. */
const clients: Readonly<Record<string, readonly SqlClient[]>> = {
  psql: [psql],
  pgcli: [psql],
  ysqlsh: [psql],
  mysql: [mysql],
  mariadb: [mysql],
  mycli: [mysql],
  sqlite3: [
    client({ dialect: 'sqlite', text: '-cmd', file: '-init', values: '-separator -newline -nullvalue -mode', from: 1 }),
  ],
  litecli: [client({ dialect: 'sqlite', text: '-e --execute' })],
  duckdb: [client({ dialect: 'generic', text: '-c -s -cmd', file: '-f -init', from: 1 })],
  sqlcmd: [client({ dialect: 'mssql', text: '-Q -q', file: '-i', values: '-S -U -P -d -o -h -s -w -v -H -l -t' })],
  'clickhouse-client': [
    client({ dialect: 'generic', text: '-q --query', file: '--queries-file', values: `${connection} --password` }),
  ],
  cockroach: [
    client({
      dialect: 'postgres',
      subcommand: 'sql',
      text: '-e --execute',
      file: '-f --file',
      values: `${connection} --url --certs-dir`,
    }),
  ],
  cqlsh: [client({ dialect: 'generic', text: '-e --execute', file: '-f --file', values: '-u -p -k' })],
  snowsql: [client({ dialect: 'generic', text: '-q --query', file: '-f --filename', values: '-a -u -d -s -r -w -c' })],
  snow: [
    client({
      dialect: 'generic',
      subcommand: 'sql',
      text: '-q --query',
      file: '-f --filename',
      values: '-c --connection',
    }),
  ],
  bq: [client({ dialect: 'generic', subcommand: 'query', from: 1 })],
  usql: [client({ dialect: 'postgres', text: '-c --command', file: '-f --file' })],
  wrangler: [
    client({
      dialect: 'sqlite',
      subcommand: 'd1 execute',
      text: '--command',
      file: '--file',
      values: '-e --env -c --config',
      stdin: false,
    }),
  ],
  supabase: [client({ dialect: 'postgres', subcommand: 'db query', values: '--db-url', from: 2 })],
  turso: [client({ dialect: 'sqlite', subcommand: 'db shell', from: 3 })],
  pscale: [client({ dialect: 'mysql', subcommand: 'sql', text: '--query -q', values: '--org' })],
  prisma: [client({ dialect: 'generic', subcommand: 'db execute', file: '--file', values: '--url --schema' })],
  osql: [client({ dialect: 'mssql', text: '-Q -q', file: '-i', values: '-S -U -P -d' })],
};

/** Clients whose files the launcher follows one by one, each with its own origin. */
export const followedClients =
  'psql pgcli ysqlsh mysql mariadb mycli sqlite3 litecli duckdb sqlcmd osql usql clickhouse-client cqlsh'.split(' ');

export interface SqlText {
  readonly text: Word;
  readonly dialect: SqlDialect;
}

/** The SQL of a call: its arguments, its files where nothing else follows them, and its standard input. */
export function sqlTexts(call: Invocation, world: World): readonly SqlText[] {
  return (own(clients, call.name) ?? []).flatMap((entry) => {
    const reading = readClientCall(call, entry);
    if (reading === undefined) return [];
    const isFollowed = followedClients.includes(call.name ?? '');
    const files = isFollowed ? [] : reading.files.flatMap((path) => fileText(path, call, world) ?? []);
    const texts = [...reading.texts, ...files];
    const input =
      texts.length === 0 && entry.stdin && !(isFollowed && reading.files.length > 0)
        ? stdinText(call.stdin, call, world)
        : undefined;
    return [...texts, ...(input === undefined ? [] : [input])].map((text) => ({ text, dialect: entry.dialect }));
  });
}

/** The dialect in which a call reads SQL from its standard input; undefined where it does not. */
export const stdinDialect = (call: Invocation): SqlDialect | undefined =>
  own(clients, call.name)?.find((entry) => entry.stdin && readClientCall(call, entry)?.files.length === 0)?.dialect;

/** The files of SQL that a call names. */
export const sqlFiles = (call: Invocation): readonly Word[] =>
  (own(clients, call.name) ?? []).flatMap((entry) => readClientCall(call, entry)?.files ?? []);

/** The same call without any SQL of its own, so that it reads what comes in. */
export function connectionOnly(call: Invocation): readonly Word[] {
  const [entry] = own(clients, call.name) ?? [];
  if (entry === undefined) return call.args;
  const kept: Word[] = [];
  for (let at = 0; at < call.args.length; at += 1) {
    const [flag, , taken] = flagAt(call.args, at, entry);
    if (flag === undefined) kept.push(call.args[at] as Word);
    else at += taken;
  }
  const surplus = readOptions(kept, entry.options).positionals.slice(entry.from ?? Number.POSITIVE_INFINITY);
  return kept.filter((word) => !surplus.includes(word));
}

interface ClientReading {
  readonly texts: readonly Word[];
  readonly files: readonly Word[];
}

function readClientCall(call: Invocation, entry: SqlClient): ClientReading | undefined {
  const repeated = collect(call.args, entry);
  const { positionals } = readOptions(call.args, entry.options);
  const subcommand = entry.subcommand ?? [];
  if (!subcommand.every((word, index) => textOf(positionals[index]) === word)) return undefined;
  return {
    texts: [...repeated.texts, ...positionals.slice(entry.from ?? positionals.length)],
    files: repeated.files.filter((path) => textOf(path) !== '-'),
  };
}

/** Every value of the text and file flags: they may stand several times. */
function collect(args: readonly Word[], entry: SqlClient): { texts: Word[]; files: Word[] } {
  const texts: Word[] = [];
  const files: Word[] = [];
  const add = (flag: string, value: Word) => {
    if (entry.text.includes(flag)) texts.push(value);
    if (entry.file.includes(flag)) files.push(value);
  };
  for (let at = 0; at < args.length; at += 1) {
    const [flag, value, taken] = flagAt(args, at, entry);
    if (flag === undefined) continue;
    at += taken;
    if (value !== undefined) add(flag, value);
  }
  return { texts, files };
}

/** One flag with its value, in any of its spellings (`-c x`, `-cx`, `-tAc x`, `--command=x`). */
function flagAt(args: readonly Word[], at: number, entry: SqlClient): [string | undefined, Word | undefined, number] {
  const rest = args.slice(at, at + 2);
  if (!/^-./.test(textOf(args[at]) ?? '-x')) return [undefined, undefined, 0];
  const { flags } = readOptions(rest, entry.options);
  for (const flag of [...entry.text, ...entry.file]) {
    if (!flags.has(flag)) continue;
    const value = flags.get(flag);
    return [flag, value === undefined ? undefined : joinWords([value]), value === args[at + 1] ? 1 : 0];
  }
  return [undefined, undefined, 0];
}
