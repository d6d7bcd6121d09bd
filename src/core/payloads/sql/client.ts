// The commands of the database clients: which of them run, read, write or connect to something that the text does not show.
//
// Objects of `meta`, the same for every client:
//   shell          a command on this machine; the name is the command
//   server-shell   a command on the database server (COPY ... PROGRAM, xp_cmdshell)
//   include        a file of statements; the name is its path
//   execute-result the result of a query, run as statements (\gexec)
//   output         a file that is written; the name is its path
//   connect        another database; the names are the arguments
//   restore        a file that takes the place of the database
//   import         a file that is loaded into a table
//   load           a library that is loaded into the client or server
//   purge-logs, shutdown   the server's logs are deleted, the server stops
import type { SqlStatement } from '../../model/fact.ts';
import { type Context, oneLine } from './context.ts';
import { splitArguments, sqliteCommands } from './scan.ts';
import type { ClientPiece } from './token.ts';

type Meaning = 'shell' | 'include' | 'execute-result' | 'output' | 'connect' | 'restore' | 'import' | 'load';

const psql: Readonly<Record<string, Meaning>> = {
  '!': 'shell',
  i: 'include',
  include: 'include',
  ir: 'include',
  include_relative: 'include',
  gexec: 'execute-result',
  c: 'connect',
  connect: 'connect',
  o: 'output',
  out: 'output',
  w: 'output',
  write: 'output',
  g: 'output',
  gx: 'output',
  s: 'output',
};
const mysql: Readonly<Record<string, Meaning>> = {
  '!': 'shell',
  system: 'shell',
  P: 'shell',
  pager: 'shell',
  '.': 'include',
  source: 'include',
  T: 'output',
  tee: 'output',
  r: 'connect',
  connect: 'connect',
  u: 'connect',
};
const sqlite: Readonly<Record<(typeof sqliteCommands)[number], Meaning>> = {
  shell: 'shell',
  system: 'shell',
  read: 'include',
  restore: 'restore',
  import: 'import',
  once: 'output',
  output: 'output',
  open: 'connect',
  load: 'load',
  backup: 'output',
  save: 'output',
  clone: 'output',
};
const sqlcmd: Readonly<Record<string, Meaning>> = { '!!': 'shell', r: 'include', connect: 'connect', out: 'output' };

const lookUp = (table: Readonly<Record<string, Meaning>>, name: string): Meaning | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined;

/** What a client's command does: `meta` where it reaches outside the text, else `other` with the command as object. */
export function readClient(
  context: Context,
  piece: ClientPiece,
  readSql: (text: string) => readonly SqlStatement[],
): readonly SqlStatement[] {
  const text = oneLine(context.text, piece.start, piece.end);
  if (piece.client === 'psql' && piece.name === 'copy') return readCopy(piece, text, readSql);
  const meaning = meaningOf(piece);
  const substituted = piece.client === 'psql' && meaning !== 'shell' ? backticksIn(piece.argument) : [];
  const commands = substituted.map((command) => meta('shell', [command], text));
  return [...commands, meaning === undefined ? harmless(piece, text) : readMeaning(piece, meaning, text)];
}

function meaningOf({ client, name, argument }: ClientPiece): Meaning | undefined {
  if (client === 'psql') {
    // Without an argument these write to the screen.
    const meaning = lookUp(psql, name);
    return meaning === 'output' && argument === '' ? undefined : meaning;
  }
  if (client === 'mysql') return argument === '' ? undefined : lookUp(mysql, name);
  if (client === 'sqlcmd') return lookUp(sqlcmd, name);
  const whole = sqliteCommands.find((command) => name.length > 1 && command.startsWith(name.toLowerCase()));
  return whole === undefined || argument === '' ? undefined : sqlite[whole];
}

const meta = (object: string, names: readonly string[], text: string): SqlStatement => ({
  op: 'meta',
  object,
  names,
  limited: true,
  cascade: false,
  text,
});

const harmless = ({ client, name }: ClientPiece, text: string): SqlStatement => ({
  ...meta('', [], text),
  op: 'other',
  object: { psql: '\\', mysql: '', sqlite: '.', sqlcmd: ':' }[client] + name,
});

function readMeaning(piece: ClientPiece, meaning: Meaning, text: string): SqlStatement {
  if (meaning === 'shell') return meta('shell', [piece.argument], text);
  const names = splitArguments(piece.argument).filter((name) => !name.startsWith('-') || name === '-');
  const first = names[0] ?? '';
  // Output to a program, input from one.
  if (first.startsWith('|')) return meta('shell', [piece.argument.replace(/^["']?\|\s*|["']$/g, '')], text);
  if (piece.client === 'sqlite' && meaning === 'connect' && piece.argument.includes('--new')) {
    return meta('restore', names, text);
  }
  const screen = first === 'stdout' || first === '/dev/null' || first === '/dev/stdout' || first.startsWith('(');
  if (meaning === 'output' && (screen || first === '')) return harmless(piece, text);
  return meta(meaning, names, text);
}

/** \copy: SQL in its source query, a program or a file at its other end. */
function readCopy(
  piece: ClientPiece,
  text: string,
  readSql: (text: string) => readonly SqlStatement[],
): readonly SqlStatement[] {
  const found = readSql(`COPY ${piece.argument}`).map((statement) => ({
    ...statement,
    text,
    object: statement.object === 'server-shell' ? 'shell' : statement.object,
  }));
  const runs = found.filter((statement) => statement.op !== 'other');
  const written = /\bto\s+(?!program\b|stdout\b|pstdout\b)'?([^\s']+)'?[^']*$/i.exec(piece.argument.slice(-4096));
  if (written?.[1] !== undefined && runs.length === 0) return [meta('output', [written[1]], text)];
  return runs.length > 0 ? runs : [harmless(piece, text)];
}

/** Commands in backticks: psql runs them to get the argument. */
function backticksIn(argument: string): readonly string[] {
  const found: string[] = [];
  for (let open = argument.indexOf('`'); open !== -1 && found.length < 64; ) {
    const close = argument.indexOf('`', open + 1);
    if (close === -1) break;
    found.push(argument.slice(open + 1, close));
    open = argument.indexOf('`', close + 1);
  }
  return found;
}
