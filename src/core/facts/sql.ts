// SQL facts: the statements that database clients would run, from arguments, files and standard input.
import type { SqlDialect, SqlFact } from '../model/fact.ts';
import type { Invocation } from '../model/invocation.ts';
import type { World } from '../model/observation.ts';
import type { SqlReader } from '../model/reader.ts';
import { piecesOf, staticWord, textOf, type Word } from '../model/word.ts';
import { optionGrammar, readOptions } from '../programs/options.ts';
import { printedCode, unknownVariable } from '../resolve/printed.ts';
import { type SqlText, sqlTexts, stdinDialect } from '../resolve/sql-clients.ts';
import { zoneOf } from './place.ts';

/** The first keyword of anything that could lose data, and what runs code that is not there to read. Cheap on purpose. */
const suspicious =
  /drop|truncate|delete|update|alter|replace|merge|execute|exec|purge|reset|flush|shutdown|\bdo\b|\\|^\s*\.|system|source|call|xp_/im;

/** The SQL facts of an invocation. Undefined readers and unread files give none yet: the world notes the question. */
export function sqlFacts(call: Invocation, world: World): SqlFact[] {
  const texts = sqlTexts(call, world);
  if (isScratch(call) && !texts.some(({ text }) => attaches(text))) return [];
  return [...texts, ...printedTexts(call, texts)].flatMap(({ text, dialect }) =>
    statementFacts(text, dialect, call, world),
  );
}

/** Clients that take a file as their database. Sources: sqlite3(1), DuckDB CLI. */
const fileClients = new Set(['sqlite3', 'duckdb']);
const fileOptions = optionGrammar({
  values: '-separator -newline -nullvalue -mode -init -cmd -c -s -f',
  singleDash: true,
});

/** A database in memory or in a folder for temporary files: nobody misses what is lost in it. */
function isScratch(call: Invocation): boolean {
  if (!fileClients.has(call.name ?? '')) return false;
  const [file] = readOptions(call.args, fileOptions).positionals;
  // DuckDB without a file still knows what its start-up file attaches.
  if (file === undefined) return call.name === 'sqlite3';
  if (/^(file:)?:memory:/.test(textOf(file) ?? 'unknown')) return true;
  return call.host.kind === 'local' && zoneOf(file, { cwd: call.cwd, home: textOf(call.env.get('HOME')) }) === 'temp';
}

/** Statements and shell-like commands that reach other files from there. */
const attaches = (text: Word): boolean =>
  piecesOf(text).some((piece) => piece === null || /attach|\.open|\.shell|\.system/i.test(piece));

/** What a program in front of the pipe may print as SQL: the texts in its own arguments (`awk '{print "DROP TABLE " $1}'`). */
function printedTexts(call: Invocation, read: readonly SqlText[]): readonly SqlText[] {
  const dialect = read.length === 0 && call.stdin.kind === 'pipe' ? stdinDialect(call) : undefined;
  if (dialect === undefined || call.stdin.kind !== 'pipe' || call.stdin.text !== undefined) return [];
  return printedCode(call.stdin.from).map((code) => ({
    text: staticWord(code.replaceAll(`$${unknownVariable}`, 'unknown_text')),
    dialect,
  }));
}

/** The statements of SQL text. */
export function statementFacts(text: Word, dialect: SqlDialect, call: Invocation, world: World): SqlFact[] {
  const known = piecesOf(text)
    .map((piece) => piece ?? ' unknown_text ')
    .join('');
  if (!suspicious.test(known)) return [];
  const answer = world.ask({ kind: 'reader', language: 'sql' });
  if (answer?.kind !== 'reader') return [];
  return (answer.reader as SqlReader)
    .read(known, dialect)
    .map((statement) => ({ kind: 'sql', invocation: call, dialect, ...statement }));
}
