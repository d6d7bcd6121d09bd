// DROP, TRUNCATE and ALTER: what kind of object, which ones, and what goes along.
import type { SqlDialect, SqlStatement } from '../../model/fact.ts';
import { type Context, state } from './context.ts';
import { readName, readNames, skipWords } from './names.ts';
import { readRows, tableObject } from './rows.ts';
import { UNKNOWN, type View } from './token.ts';

/** Kinds of objects that are written in several words, by their first one. */
const longKinds: Readonly<Record<string, readonly string[]>> = {
  MATERIALIZED: ['VIEW'],
  FOREIGN: ['TABLE', 'DATA WRAPPER'],
  EXTERNAL: ['TABLE', 'DATA SOURCE', 'FILE FORMAT', 'LIBRARY'],
  EVENT: ['TRIGGER', 'NOTIFICATION', 'SESSION'],
  TEXT: ['SEARCH CONFIGURATION', 'SEARCH DICTIONARY', 'SEARCH PARSER', 'SEARCH TEMPLATE'],
  ACCESS: ['METHOD'],
  USER: ['MAPPING FOR'],
  OPERATOR: ['CLASS', 'FAMILY'],
  OWNED: ['BY'],
  PROCEDURAL: ['LANGUAGE'],
  PARTITION: ['FUNCTION', 'SCHEME'],
  FULLTEXT: ['INDEX', 'CATALOG'],
  SERVER: ['ROLE', 'AUDIT'],
  AVAILABILITY: ['GROUP'],
  MASTER: ['KEY'],
  COLUMN: ['MASTER KEY', 'ENCRYPTION KEY'],
  SYMMETRIC: ['KEY'],
  ASYMMETRIC: ['KEY'],
  SPATIAL: ['REFERENCE SYSTEM'],
  LOGFILE: ['GROUP'],
  UNDO: ['TABLESPACE'],
  ROW: ['ACCESS POLICY'],
};
const named = new Map([
  ['owned by', 'owned'],
  ['user mapping for', 'user mapping'],
  ['proc', 'procedure'],
  ['procedural language', 'language'],
  ['undo tablespace', 'tablespace'],
]);
const temporaries = new Set(['TEMPORARY', 'TEMP']);
const beforeNames = new Set(['CONCURRENTLY', 'IF', 'NOT', 'EXISTS', 'ONLY']);
const cascades = new Set(['CASCADE']);

const cascadesIn = (view: View): boolean => view.find(cascades) !== -1;

/** DROP ..., the keyword at position 0; undefined where it only forgets something of the session. */
export function readDrop(context: Context, view: View): SqlStatement | undefined {
  const temporary = temporaries.has(view.word(1));
  const at = temporary ? 2 : 1;
  const kind = readKind(view, at, context.dialect);
  if (kind.object === 'prepare') return undefined;
  const { names } = readNames(view, skipWords(view, kind.next, beforeNames));
  const object = kind.object === 'table' ? (temporary ? 'temporary table' : tableObject(context, names)) : kind.object;
  return state(context, view, 'drop', object, { names, cascade: cascadesIn(view) });
}

function readKind(view: View, at: number, dialect: SqlDialect): { readonly object: string; readonly next: number } {
  const first = view.word(at);
  if (first === '' || first.startsWith(UNKNOWN)) return { object: '', next: at };
  for (const rest of longKinds[first] ?? []) {
    const words = rest.split(' ');
    if (!words.every((word, index) => view.word(at + 1 + index) === word)) continue;
    const object = `${first} ${rest}`.toLowerCase();
    return { object: named.get(object) ?? object, next: at + 1 + words.length };
  }
  const object = first.toLowerCase();
  if (object === 'schema' && dialect === 'mysql') return { object: 'database', next: at + 1 };
  return { object: named.get(object) ?? object, next: at + 1 };
}

const truncatable = new Set(['TABLE', 'TABLES', 'DATABASE', 'SCHEMA', 'ALL', 'FROM']);

/** TRUNCATE ..., the keyword at position 0. */
export function readTruncate(context: Context, view: View): SqlStatement {
  // A table may itself be called `database`: the word is only a kind where a name follows.
  const hasKind = truncatable.has(view.word(1)) && (view.length > 2 || view.word(1) === 'TABLE');
  const at = hasKind ? skipWords(view, 1, truncatable) : 1;
  const { names } = readNames(view, skipWords(view, at, beforeNames));
  const whole = hasKind && (view.word(1) === 'DATABASE' || view.word(1) === 'SCHEMA');
  const object = whole ? 'database' : tableObject(context, names);
  return state(context, view, 'truncate', object, { names, cascade: cascadesIn(view) });
}

/** What an action `DROP <word> ...` of ALTER TABLE removes. */
const parts: Readonly<Record<string, string>> = {
  COLUMN: 'column',
  COLUMNS: 'column',
  CONSTRAINT: 'constraint',
  CHECK: 'constraint',
  PRIMARY: 'primary key',
  FOREIGN: 'foreign key',
  INDEX: 'index',
  KEY: 'index',
  PARTITION: 'partition',
  SUBPARTITION: 'partition',
  PART: 'partition',
  PERIOD: 'period',
  SYSTEM: 'history',
  PROJECTION: 'projection',
  STATISTICS: 'statistics',
  ATTRIBUTE: 'attribute',
};
const partWords = new Set(['KEY', 'VERSIONING', 'FOR', ...beforeNames]);
/** ALTER DOMAIN ... DROP of these changes a rule for later rows and removes nothing. */
const properties = new Set(['DEFAULT', 'NOT', 'EXPRESSION', 'IDENTITY', 'MASKED']);

/** ALTER ..., the keyword at position 0: one statement for each action that removes something. */
export function readAlter(context: Context, view: View): readonly SqlStatement[] {
  const at = skipWords(view, 1, new Set(['FOREIGN', 'EXTERNAL', 'ONLINE', 'OFFLINE', 'IGNORE']));
  switch (view.word(at)) {
    case 'TABLE':
    case 'TYPE':
    case 'DOMAIN':
      return readActions(context, view, skipWords(view, at + 1, beforeNames));
    case 'DATABASE':
      return readDatabaseActions(context, view, at + 1);
    case 'SYSTEM':
      return [state(context, view, 'other', view.word(at + 1) === 'RESET' ? 'alter system reset' : 'alter system')];
    default:
      return [state(context, view, 'other', 'alter')];
  }
}

/** SQL Server: ALTER DATABASE shop REMOVE FILE shop_log. */
function readDatabaseActions(context: Context, view: View, at: number): readonly SqlStatement[] {
  const database = readName(view, at);
  const next = database?.next ?? at;
  if (view.word(next) !== 'REMOVE') return [state(context, view, 'other', 'alter')];
  const removed = readName(view, next + 2)?.text;
  const names = [database?.text, removed].filter((name) => name !== undefined);
  return [state(context, view, 'alter-drop', view.word(next + 1).toLowerCase(), { names })];
}

function readActions(context: Context, view: View, at: number): readonly SqlStatement[] {
  const found: SqlStatement[] = [];
  const owner = readName(view, at);
  let start = owner?.next ?? at;
  if (view.isSymbol(start, '*')) start++;
  let dropping = false;
  while (start < view.length) {
    const end = actionEnd(view, start);
    const action = view.slice(start, end);
    const last: SqlStatement | undefined = dropping ? found.at(-1) : undefined;
    const dropped: SqlStatement | undefined =
      last === undefined ? readAction(context, action, owner?.text) : readListed(context, action, owner?.text);
    // A bare name belongs to the list that began before it: DROP PARTITION p2023, p2024.
    if (last !== undefined && dropped === undefined && action.length === 1) {
      found[found.length - 1] = { ...last, names: [...last.names, ...readNames(action, 0).names] };
    } else {
      if (dropped !== undefined) found.push(dropped);
      dropping = dropped?.op === 'alter-drop';
    }
    start = end + 1;
  }
  if (found.length === 0) return [state(context, view, 'other', 'alter')];
  const { text } = state(context, view, 'other', '');
  const cascade = cascadesIn(view);
  return found.map((statement) => ({ ...statement, text, cascade }));
}

function actionEnd(view: View, from: number): number {
  let end = from;
  while (end < view.length && !view.isSymbol(end, ',')) end++;
  return end;
}

/** SQL Server lists what is dropped: DROP CONSTRAINT c, COLUMN d. */
function readListed(context: Context, action: View, owner: string | undefined): SqlStatement | undefined {
  const object = action.length > 1 ? parts[action.word(0)] : undefined;
  if (object === undefined) return readAction(context, action, owner);
  const { names } = readNames(action, skipWords(action, 1, beforeNames));
  return state(context, action, 'alter-drop', object, { names: owner === undefined ? names : [owner, ...names] });
}

function readAction(context: Context, action: View, owner: string | undefined): SqlStatement | undefined {
  const names = (at: number) => [...(owner === undefined ? [] : [owner]), ...readNames(action, at).names];
  switch (action.word(0)) {
    case 'DROP':
      return readDropAction(context, action, names);
    case 'TRUNCATE':
      return state(context, action, 'truncate', 'partition', { names: names(2) });
    case 'DISCARD':
      return state(context, action, 'alter-drop', 'tablespace', { names: names(action.length) });
    // ClickHouse: ALTER TABLE events DELETE WHERE ...
    case 'DELETE':
    case 'UPDATE':
      return {
        ...readRows(context, action, action.word(0) === 'DELETE' ? 'delete' : 'update'),
        names: names(action.length),
      };
    case 'CLEAR':
      return state(context, action, 'alter-drop', 'column', { names: names(2) });
    default:
      return undefined;
  }
}

function readDropAction(
  context: Context,
  action: View,
  names: (at: number) => readonly string[],
): SqlStatement | undefined {
  const at = skipWords(action, 1, beforeNames);
  const word = at === 1 ? action.word(1) : action.word(at);
  if (at === 1 && properties.has(word)) return undefined;
  if (action.word(1) === 'NOT') return undefined;
  // A column may be called like a part: the word is one only where something follows.
  const object = action.length > at + 1 || word === 'PERIOD' ? parts[word] : undefined;
  const from = object === undefined ? at : skipWords(action, at + 1, partWords);
  return state(context, action, 'alter-drop', object ?? 'column', { names: names(from) });
}
