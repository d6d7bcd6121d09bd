// Reads statements: what each one would do when it runs. Text with no meaning becomes `other`.
import type { SqlStatement } from '../../model/fact.ts';
import { compose } from './compose.ts';
import { type Context, oneLine, state } from './context.ts';
import { divide } from './divide.ts';
import { readName, readNames, skipWords } from './names.ts';
import { readAlter, readDrop, readTruncate } from './objects.ts';
import { readMerge, readRows } from './rows.ts';
import { scan } from './scan.ts';
import { isRoutine, isRule } from './shape.ts';
import { UNKNOWN, View } from './token.ts';

/** Dynamic SQL inside dynamic SQL is followed this deep. */
const DEPTH = 8;

/** Words that begin a statement of PostgreSQL, MySQL or SQLite. Behind any other word, statements are searched for. */
const starters = new Set(
  `ABORT ALTER ANALYZE ATTACH BEGIN BINLOG CACHE CALL CHANGE CHECK CHECKPOINT CHECKSUM CLONE CLOSE CLUSTER COMMENT COMMIT
  COPY CREATE DEALLOCATE DECLARE DELETE DESC DESCRIBE DETACH DISCARD DO DROP END EXECUTE EXPLAIN FETCH FLUSH GRANT HANDLER
  HELP IMPORT INSERT INSTALL KILL LISTEN LOAD LOCK MERGE MOVE NOTIFY OPTIMIZE PRAGMA PREPARE PURGE REASSIGN REFRESH REINDEX
  RELEASE RENAME REPAIR REPLACE RESET RESIGNAL REVOKE ROLLBACK SAVEPOINT SECURITY SELECT SET SHOW SHUTDOWN SIGNAL START STOP
  TABLE TRUNCATE UNINSTALL UNLISTEN UNLOCK UPDATE USE VACUUM VALUES WITH XA`.split(/\s+/),
);
const transactionWords = new Set(
  'TRANSACTION TRAN WORK ISOLATION READ DEFERRED IMMEDIATE EXCLUSIVE CONCURRENT DEFERRABLE'.split(' '),
);
const mains = new Set('SELECT INSERT UPDATE DELETE MERGE VALUES TABLE REPLACE'.split(' '));
const nestedStarts = new Set(['DELETE', 'UPDATE', 'MERGE', 'WITH']);
const setWord = new Set(['SET']);
const asWord = new Set(['AS']);
const sqlLanguages = new Set(['PLPGSQL', 'SQL']);

/** Adds the statements of one piece. Each destructive part is one; a part that destroys nothing is `other`. */
export function readPiece(context: Context, view: View, found: SqlStatement[]): void {
  for (const part of partsOf(context, view)) readPart(context, part, found);
}

function partsOf(context: Context, view: View): readonly View[] {
  const { dialect, procedural } = context;
  const first = view.word(0);
  const strict = dialect !== 'mssql' && dialect !== 'generic' && !procedural;
  if (view.isSymbol(0, '(') || (strict && starters.has(first) && !isBlock(context, view))) return [view];
  return divide(view, dialect);
}

/** BEGIN that opens a block of code and no transaction. */
function isBlock({ dialect, procedural }: Context, view: View): boolean {
  if (view.word(0) !== 'BEGIN') return false;
  return procedural || !(view.length === 1 ? dialect !== 'mssql' : transactionWords.has(view.word(1)));
}

function readPart(context: Context, part: View, found: SqlStatement[]): void {
  const explained = withoutExplain(part);
  if (explained === undefined) found.push(state(context, part, 'other', 'explain'));
  else if (runsLater(context, explained)) found.push(readCreate(context, explained));
  else if (explained.length > 0) {
    rememberValues(context, explained);
    for (const statement of readMain(context, explained)) found.push(statement);
    if (!explained.isNested) return;
    for (const view of explained.nested(nestedStarts)) readNested(context, view, found);
    readCalls(context, explained, found);
  }
}

/** The statement that EXPLAIN runs, or the part itself where it is none; undefined where nothing runs. */
function withoutExplain(part: View): View | undefined {
  const first = part.word(0);
  // MariaDB: ANALYZE [FORMAT=JSON] DELETE ... runs it.
  if (first === 'ANALYZE') {
    const at = part.word(1) === 'FORMAT' ? 4 : 1;
    return mains.has(part.word(at)) ? part.slice(at) : part;
  }
  if (first !== 'EXPLAIN' && first !== 'DESCRIBE' && first !== 'DESC') return part;
  const options = part.isSymbol(1, '(') ? part.inside(1) : undefined;
  const at = skipWords(part, options === undefined ? 1 : 2, new Set(['ANALYZE', 'ANALYSE', 'VERBOSE']));
  const analyzes = options === undefined ? part.slice(0, at).find(analyze) !== -1 : isOn(options);
  if (!analyzes) return undefined;
  return part.slice(part.word(at) === 'FORMAT' ? at + 3 : at);
}

const analyze = new Set(['ANALYZE', 'ANALYSE']);
const off = new Set(['FALSE', 'OFF', '0']);

/** EXPLAIN (ANALYZE, BUFFERS) and (ANALYZE on) run the statement, (ANALYZE false) does not. */
function isOn(options: View): boolean {
  const at = options.find(analyze);
  return at !== -1 && !off.has(options.token(at + 1)?.text.toUpperCase() ?? '');
}

function runsLater({ dialect }: Context, view: View): boolean {
  if (view.word(0) !== 'CREATE' && view.word(0) !== 'ALTER') return false;
  const [start] = view.range;
  const head = view.tokens.slice(start, start + 16);
  return isRoutine(head, dialect) || isRule(head) || view.word(1) === 'VIEW' || view.word(3) === 'VIEW';
}

/** A statement inside parentheses: WITH gone AS (DELETE FROM orders RETURNING *). Columns may be called `delete`. */
function readNested(context: Context, view: View, found: SqlStatement[]): void {
  const first = view.word(0);
  if (first === 'DELETE' && view.word(1) !== 'FROM') return;
  if (first === 'UPDATE' && view.find(setWord) === -1) return;
  if (first === 'WITH' && view.find(mains) === -1) return;
  for (const statement of readMain(context, view)) if (statement.op !== 'other') found.push(statement);
}

/** What the statement itself does, without what stands in parentheses. Always at least one. */
function readMain(context: Context, view: View): readonly SqlStatement[] {
  const first = view.token(0);
  if (first?.kind === 'variable' || first?.text.startsWith(UNKNOWN))
    return [state(context, view, 'dynamic', 'variable')];
  switch (view.word(0)) {
    case 'DROP':
      return [readDrop(context, view) ?? other(context, view)];
    case 'TRUNCATE':
      return [readTruncate(context, view)];
    case 'ALTER':
      return readAlter(context, view);
    case 'DELETE':
      return [readRows(context, view, 'delete')];
    case 'UPDATE':
      return [view.word(1) === 'STATISTICS' ? other(context, view) : readRows(context, view, 'update')];
    case 'MERGE':
      return [readMerge(context, view) ?? other(context, view)];
    case 'WITH':
      return readWith(context, view);
    case 'CREATE':
      return [readCreate(context, view)];
    case 'INSERT':
      return [view.word(1) === 'OVERWRITE' ? overwrite(context, view) : other(context, view)];
    case 'SELECT':
      return readSelect(context, view);
    case 'DO':
      return readDo(context, view);
    case 'PREPARE':
      return [prepare(context, view)];
    case 'EXEC':
    case 'EXECUTE':
      return readExecute(context, view);
    case 'SET':
      return readSet(context, view);
    default:
      return [readServer(context, view)];
  }
}

const other = (context: Context, view: View): SqlStatement => state(context, view, 'other', firstKeyword(view));

function firstKeyword(view: View): string {
  const [from, to] = view.range;
  for (let index = from; index < Math.min(to, from + 64); index++) {
    const keyword = view.tokens[index]?.keyword ?? '';
    if (keyword !== '') return keyword.toLowerCase();
  }
  return '';
}

function readWith(context: Context, view: View): readonly SqlStatement[] {
  const at = view.find(mains, 1);
  return at === -1 ? [other(context, view)] : readMain(context, view.slice(at));
}

function overwrite(context: Context, view: View): SqlStatement {
  const { names } = readNames(view, skipWords(view, 2, new Set(['INTO', 'TABLE'])));
  return state(context, view, 'replace', 'table', { names });
}

const createModifiers = new Set('OR REPLACE GLOBAL LOCAL TEMP TEMPORARY UNLOGGED TRANSIENT VOLATILE'.split(' '));
const temporaryWords = new Set(['TEMP', 'TEMPORARY']);
const createBefore = new Set(['IF', 'NOT', 'EXISTS']);
const replaced = new Set(['TABLE', 'DATABASE', 'SCHEMA']);

/** CREATE: remembers temporary tables; CREATE OR REPLACE TABLE drops what was there. */
function readCreate(context: Context, view: View): SqlStatement {
  const at = skipWords(view, 1, createModifiers);
  const modifiers = view.slice(1, at);
  const temporary = modifiers.find(temporaryWords) !== -1;
  const { names } = readNames(view, skipWords(view, at + 1, createBefore));
  const kind = view.word(at);
  if (kind === 'TABLE' && temporary) for (const name of names) context.session.temporary.add(name.toLowerCase());
  if (view.word(0) !== 'CREATE' || !replaced.has(kind) || temporary || modifiers.find(replaces) === -1) {
    return other(context, view);
  }
  return state(context, view, 'replace', kind.toLowerCase(), { names: names.slice(0, 1) });
}
const replaces = new Set(['REPLACE']);
const into = new Set(['INTO']);

/** SELECT ... INTO TEMP t makes a temporary table. */
function readSelect(context: Context, view: View): readonly SqlStatement[] {
  const at = view.find(into);
  if (at !== -1 && temporaryWords.has(view.word(at + 1))) {
    const name = readName(view, skipWords(view, at + 2, new Set(['TABLE'])));
    if (name !== undefined) context.session.temporary.add(name.text.toLowerCase());
  }
  return [other(context, view)];
}

/** Statements of text that was put together: what destroys something, or nothing. */
function readText(context: Context, view: View, text: string, procedural: boolean): readonly SqlStatement[] {
  context.session.budget -= text.length;
  if (context.depth >= DEPTH || context.session.budget < 0) return [state(context, view, 'dynamic', 'too deep')];
  const inner: Context = { ...context, text, procedural, depth: context.depth + 1 };
  return readPieces(inner, false).filter((statement) => statement.op !== 'other');
}

/** All statements of a context's text, without the commands of a client. */
export function readPieces(context: Context, client: boolean): readonly SqlStatement[] {
  const found: SqlStatement[] = [];
  for (const piece of scan(context.text, { dialect: context.dialect, client })) {
    if (piece.kind !== 'sql') continue;
    readPiece(context, View.of(piece.tokens), found);
  }
  return found;
}

function readDynamic(context: Context, view: View, expression: View): readonly SqlStatement[] {
  const text = compose(expression, context.session.values);
  const found = readText(context, view, text, false);
  return found.length > 0 ? found : [other(context, view)];
}

/** DO runs its body at once. */
function readDo(context: Context, view: View): readonly SqlStatement[] {
  if (context.dialect !== 'postgres' && context.dialect !== 'generic') return [other(context, view)];
  let body: string | undefined;
  let language = 'PLPGSQL';
  for (let position = 1; position < view.length; position++) {
    const token = view.token(position);
    if (view.word(position - 1) === 'LANGUAGE') language = token?.text.toUpperCase() ?? language;
    else if (token?.kind === 'string') body ??= token.text;
  }
  if (body === undefined) return [other(context, view)];
  if (!sqlLanguages.has(language)) return [state(context, view, 'dynamic', 'do')];
  return [other(context, view), ...readText(context, view, body, true)];
}

/** PREPARE only remembers: EXECUTE runs it. */
function prepare(context: Context, view: View): SqlStatement {
  const name = view.token(1)?.text.toUpperCase() ?? '';
  if (name === 'TRANSACTION') return state(context, view, 'other', 'prepare transaction');
  const isText = view.word(2) === 'FROM';
  const from = isText ? 3 : view.find(asWord) + 1;
  const runs: SqlStatement[] = [];
  if (isText) runs.push(...readDynamic(context, view, view.slice(from)));
  else if (from > 0 && view.word(from) !== 'PREPARE') readPart(context, view.slice(from), runs);
  context.session.prepared.set(
    name,
    runs.filter((statement) => statement.op !== 'other'),
  );
  return other(context, view);
}

function readExecute(context: Context, view: View): readonly SqlStatement[] {
  if (view.word(1) === 'IMMEDIATE') return readDynamic(context, view, view.slice(2));
  if (view.isSymbol(1, '(')) return readDynamic(context, view, view.slice(1, 2));
  if (context.dialect === 'mssql') return readProcedure(context, view, 1);
  if (context.procedural || view.token(1)?.kind === 'string') return readDynamic(context, view, view.slice(1));
  const name = view.token(1)?.text.toUpperCase() ?? '';
  const runs = context.session.prepared.get(name);
  if (runs !== undefined) return [...runs, other(context, view)];
  if (context.dialect === 'generic') return readProcedure(context, view, 1);
  return [state(context, view, 'dynamic', 'execute')];
}

const textProcedures = new Set(['SP_EXECUTESQL', 'SP_SQLEXEC', 'SP_MSFOREACHTABLE', 'SP_MSFOREACHDB', 'SP_PREPEXEC']);

/** EXEC procedure arguments, the procedure at a position. */
function readProcedure(context: Context, view: View, from: number): readonly SqlStatement[] {
  const at = view.isSymbol(from + 1, '=') ? from + 2 : from;
  const procedure = readName(view, at);
  if (procedure === undefined) return [other(context, view)];
  if (procedure.text.startsWith('@')) {
    const text = context.session.values.get(procedure.text.toUpperCase());
    return [state(context, view, text === undefined ? 'dynamic' : 'other', 'exec')];
  }
  const name = procedure.text.split('.').at(-1)?.toUpperCase() ?? '';
  const first = view.token(procedure.next)?.text.startsWith('@') && view.isSymbol(procedure.next + 1, '=') ? 2 : 0;
  const argument = firstArgument(view, procedure.next + first);
  if (name === 'XP_CMDSHELL') {
    return [state(context, view, 'meta', 'server-shell', { names: [compose(argument, context.session.values)] })];
  }
  if (!textProcedures.has(name)) return [other(context, view)];
  const text = compose(argument, context.session.values);
  const found = readText(context, view, name.startsWith('SP_MSFOREACH') ? text.replaceAll('?', UNKNOWN) : text, false);
  return found.length > 0 ? found : [other(context, view)];
}

function firstArgument(view: View, from: number): View {
  let to = from;
  while (to < view.length && !view.isSymbol(to, ',')) to++;
  return view.slice(from, to);
}

/** MariaDB: SET STATEMENT max_statement_time = 10 FOR DELETE FROM orders. */
function readSet(context: Context, view: View): readonly SqlStatement[] {
  const at = view.word(1) === 'STATEMENT' ? view.find(new Set(['FOR'])) : -1;
  return mains.has(view.word(at + 1)) && at !== -1 ? readMain(context, view.slice(at + 1)) : [other(context, view)];
}

/** Longest run of assignments in one statement that is followed. */
const ASSIGNMENTS = 256;
const assigning = new Set(['=', ':=', '+=']);

/** `SET @q = 'DROP TABLE orders'`, `DECLARE q text := '...'`, `q := '...'`: text that EXECUTE may run later. */
function rememberValues(context: Context, view: View): void {
  const first = view.word(0);
  const isAssignment = first === 'SET' || first === 'DECLARE' || (first === 'SELECT' && context.dialect !== 'postgres');
  const isBare = context.procedural && (view.isSymbol(1, ':=') || view.isSymbol(1, '='));
  if (!isAssignment && !isBare) return;
  let seen = 0;
  for (let position = 1; position < view.length && seen < ASSIGNMENTS; position++) {
    const token = view.token(position);
    const isDefault = context.procedural && token?.keyword === 'DEFAULT';
    if (!isDefault && !(token?.kind === 'symbol' && assigning.has(token.text))) continue;
    seen++;
    remember(context, view, position, token?.text === '+=');
  }
}

function remember(context: Context, view: View, at: number, appends: boolean): void {
  const { values } = context.session;
  const name = assignedName(view, at);
  if (name === undefined) return;
  const value = compose(firstArgument(view, at + 1), values);
  const text = appends ? (values.get(name) ?? '') + value : value;
  context.session.budget -= text.length;
  values.set(name, context.session.budget > 0 && text.length < 1 << 16 ? text : UNKNOWN);
}

function assignedName(view: View, at: number): string | undefined {
  for (let position = at - 1; position >= Math.max(0, at - 8); position--) {
    if (view.word(position).startsWith('@')) return view.word(position);
  }
  const start = view.word(0) === 'DECLARE' || view.word(0) === 'SET' ? 1 : 0;
  const name = view.token(start);
  return name?.kind === 'word' || name?.kind === 'quoted' ? name.text.toUpperCase() : undefined;
}

/** All that is told by its first words. */
function readServer(context: Context, view: View): SqlStatement {
  const second = view.word(1);
  const plain = (object: string) => state(context, view, 'other', object);
  switch (view.word(0)) {
    case 'BEGIN':
      return plain(isBlock(context, view) ? 'block' : second === 'TRY' || second === 'CATCH' ? 'block' : 'begin');
    case 'START':
      return plain(second === 'TRANSACTION' ? 'begin' : 'start');
    case 'END':
      return plain(context.procedural || context.dialect === 'mssql' ? 'block' : 'commit');
    case 'ROLLBACK':
    case 'ABORT':
      return plain(isWholeRollback(view) ? 'rollback' : 'rollback to');
    case 'COPY':
      return readCopy(context, view);
    case 'RESET':
      return second === 'MASTER' || second === 'BINARY' ? state(context, view, 'meta', 'purge-logs') : plain('reset');
    case 'PURGE':
      return state(context, view, 'meta', 'purge-logs');
    case 'SHUTDOWN':
      return state(context, view, 'meta', 'shutdown');
    case 'RESTORE':
      return second === 'DATABASE' || second === 'LOG'
        ? state(context, view, 'meta', 'restore', { names: readNames(view, 2).names })
        : plain('restore');
    case 'USE':
      return state(context, view, 'other', 'use', { names: readNames(view, 1).names });
    case 'XP_CMDSHELL':
    case 'SP_EXECUTESQL':
      return readProcedure(context, view, 0)[0] ?? other(context, view);
    default:
      return other(context, view);
  }
}

/** ROLLBACK without a savepoint: T-SQL takes the name without TO. */
function isWholeRollback(view: View): boolean {
  const at = skipWords(view, 1, new Set(['TRANSACTION', 'TRAN', 'WORK']));
  return view.length === at || view.word(at) === 'AND';
}

const program = new Set(['PROGRAM']);

/** COPY ... PROGRAM runs a command on the database server. */
function readCopy(context: Context, view: View): SqlStatement {
  const command = view.token(view.find(program) + 1);
  if (view.find(program) === -1 || command?.kind !== 'string') return other(context, view);
  return state(context, view, 'meta', 'server-shell', { names: [command.text] });
}

/** Functions that do more than compute, and what they do. */
const calls: Readonly<Record<string, 'sql' | 'server-shell' | 'output' | 'load' | 'chunks' | 'large object'>> = {
  DBLINK: 'sql',
  DBLINK_EXEC: 'sql',
  DBLINK_SEND_QUERY: 'sql',
  QUERY_TO_XML: 'sql',
  SYS_EXEC: 'server-shell',
  SYS_EVAL: 'server-shell',
  WRITEFILE: 'output',
  LOAD_EXTENSION: 'load',
  DROP_CHUNKS: 'chunks',
  LO_UNLINK: 'large object',
};

function readCalls(context: Context, view: View, found: SqlStatement[]): void {
  const [from, to] = view.range;
  for (let index = from; index < to - 1; index++) {
    const token = view.tokens[index];
    const effect = token?.kind === 'word' && Object.hasOwn(calls, token.keyword) ? calls[token.keyword] : undefined;
    const opens = view.tokens[index + 1];
    if (effect === undefined || opens?.kind !== 'symbol' || opens.text !== '(') continue;
    for (const statement of readCall(context, view, index, effect)) found.push(statement);
  }
}

function readCall(
  context: Context,
  view: View,
  index: number,
  effect: (typeof calls)[string],
): readonly SqlStatement[] {
  const literals = literalsBehind(view, index + 2);
  if (effect === 'sql') return literals.flatMap((text) => readText(context, view, text, false));
  const op = effect === 'chunks' || effect === 'large object' ? 'drop' : 'meta';
  const start = view.tokens[index]?.start ?? 0;
  const names = literals.slice(0, 1);
  return [
    { op, object: effect, names, limited: true, cascade: false, text: oneLine(context.text, start, start + 200) },
  ];
}

/** The first literals among a call's arguments. */
function literalsBehind(view: View, from: number): readonly string[] {
  const found: string[] = [];
  for (let index = from; index < Math.min(view.tokens.length, from + 8); index++) {
    const token = view.tokens[index];
    if (token?.kind === 'symbol' && token.text === ')') break;
    if (token?.kind === 'string' || token?.kind === 'number') found.push(token.text);
  }
  return found;
}
