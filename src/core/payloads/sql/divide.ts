// Finds statements that no semicolon separates: T-SQL, the bodies of procedural code, and text that makes no sense.

import type { SqlDialect } from '../../model/fact.ts';
import { isRoutine } from './shape.ts';
import type { View } from './token.ts';

/** Behind these a keyword names an event, a privilege or a column, not a statement. */
const blockers = new Set(
  'ON AFTER BEFORE FOR OF OR KEY AS GRANT REVOKE DENY INSTEAD REFERENCES EXPLAIN BY ORDER GROUP AND NOT IN'.split(' '),
);
/** What DROP takes as a statement, also where an ALTER TABLE without semicolon stands before it. */
const droppable = new Set(
  'TABLE DATABASE SCHEMA VIEW PROCEDURE PROC FUNCTION TRIGGER USER LOGIN MATERIALIZED'.split(' '),
);
/** What DROP takes elsewhere. */
const alsoDroppable = new Set(
  'INDEX ROLE TYPE SEQUENCE SYNONYM TEMPORARY EXTERNAL TABLESPACE EXTENSION POLICY RULE DOMAIN OWNED SERVER EVENT KEYSPACE PUBLICATION SUBSCRIPTION WAREHOUSE STAGE'.split(
    ' ',
  ),
);
const alterable = new Set('TABLE DATABASE SCHEMA VIEW ROLE USER LOGIN TYPE INDEX SYSTEM PROCEDURE FUNCTION'.split(' '));
/** Keywords that begin a statement wherever they stand outside an expression. */
const plain = new Set('SELECT CREATE DECLARE PRINT BEGIN COMMIT ROLLBACK ELSE WHILE END LOOP RETURN USE'.split(' '));
/** Statements that hold another one which must not be read by itself. */
const holders = new Set(['EXPLAIN', 'PREPARE', 'DESCRIBE', 'DESC']);
const privileges = new Set(['GRANT', 'REVOKE', 'DENY']);

/** The statements in a run of tokens, in order; what stands before the first one is one too. Linear. */
export function divide(view: View, dialect: SqlDialect): readonly View[] {
  const parts: View[] = [];
  let from = 0;
  let cases = 0;
  let assigned = false;
  for (let position = 0; position < view.length; position++) {
    const word = view.word(position);
    if (word === '') continue;
    if (word === 'CASE' && view.word(position - 1) !== 'END') cases++;
    else if (word === 'END' && cases > 0) {
      cases--;
      continue;
    }
    if (position > from && begins(view, position, view.word(from), cases > 0, assigned)) {
      parts.push(view.slice(from, position));
      from = position;
      assigned = false;
    }
    if (word === 'SET') assigned = true;
    if (position === from && (holders.has(word) || isRoutine(headOf(view, position), dialect))) break;
  }
  parts.push(view.slice(from));
  return parts;
}

const headOf = (view: View, position: number) => {
  const word = view.word(position);
  if (word !== 'CREATE' && word !== 'ALTER') return [];
  const [start] = view.slice(position).range;
  return view.tokens.slice(start, start + 16);
};

function begins(view: View, position: number, owner: string, inCase: boolean, assigned: boolean): boolean {
  const previous = view.token(position - 1);
  if (previous?.kind === 'symbol' && previous.text !== '(' && previous.text !== ')') return false;
  if (blockers.has(view.word(position - 1))) return false;
  const word = view.word(position);
  const next = view.word(position + 1);
  if (word === 'DROP') return droppable.has(next) || (owner !== 'ALTER' && alsoDroppable.has(next));
  if (word === 'TRUNCATE' && next === 'TABLE') return true;
  if (privileges.has(owner)) return false;
  if (word === 'DELETE' && next === 'FROM') return true;
  if (inCase) return false;
  return beginsOutsideCase(view, position, owner, assigned);
}

function beginsOutsideCase(view: View, position: number, owner: string, assigned: boolean): boolean {
  const previous = view.word(position - 1);
  const next = view.word(position + 1);
  const token = view.token(position + 1);
  const named = token?.kind === 'word' || token?.kind === 'quoted' || token?.kind === 'variable';
  switch (view.word(position)) {
    case 'DELETE':
      return (
        named && next !== 'WHEN' && next !== 'OUTPUT' && owner !== 'MERGE' && !(owner === 'ALTER' && next === 'WHERE')
      );
    case 'UPDATE':
      return named && next !== 'SET' && !(owner === 'ALTER' && view.isSymbol(position + 2, '='));
    case 'TRUNCATE':
      return named && next !== 'PARTITION';
    case 'ALTER':
      return alterable.has(next);
    case 'EXEC':
    case 'EXECUTE':
    case 'XP_CMDSHELL':
      return previous !== 'WITH' && previous !== 'EXEC' && previous !== 'EXECUTE' && token?.text !== '.';
    case 'INSERT':
      return named && owner !== 'MERGE';
    case 'MERGE':
      return named && next !== 'JOIN';
    case 'SET':
      return token?.text.startsWith('@') === true && (owner !== 'UPDATE' || assigned);
    case 'WITH':
      return named && (view.word(position + 2) === 'AS' || view.isSymbol(position + 2, '('));
    case 'IF':
      return !(next === 'EXISTS' && (owner === 'DROP' || owner === 'ALTER' || owner === 'TRUNCATE'));
    case 'END':
      return previous !== 'END';
    default:
      return plain.has(view.word(position));
  }
}
