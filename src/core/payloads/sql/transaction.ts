// Finds out which statements the text itself takes back: what stands between BEGIN and a sure ROLLBACK is `other`.
import type { SqlDialect, SqlStatement } from '../../model/fact.ts';

/** Statements that MySQL can take back; all others commit what was done before them. */
const transactional = new Set(
  'select insert replace set savepoint release rollback with values do explain show use begin'.split(' '),
);
/** Control flow: whether the ROLLBACK is reached is not known. */
const conditional = new Set(['if', 'else', 'while', 'block', 'return', '\\if', '\\elif', '\\else']);
/** What may commit, or leave the transaction, without being seen. */
const unseen = new Set(['include', 'execute-result', 'connect', 'restore']);
/** Objects whose DROP is not part of a transaction. */
const outside = new Set(['database', 'tablespace', 'subscription']);
const undoable = new Set<SqlStatement['op']>(['drop', 'truncate', 'delete', 'update', 'alter-drop', 'replace']);

/** The same statements, those that are rolled back as `other` with what they were as object. */
export function withoutRolledBack(statements: readonly SqlStatement[], dialect: SqlDialect): readonly SqlStatement[] {
  if (dialect === 'generic' || statements.some((statement) => conditional.has(statement.object))) return statements;
  const result = [...statements];
  let begin = -1;
  statements.forEach((statement, index) => {
    const control = statement.op === 'other' ? statement.object : '';
    if (control === 'begin') begin = index;
    else if (control === 'rollback' && begin !== -1) {
      for (let at = begin; at < index; at++) result[at] = takenBack(statements[at] as SqlStatement, dialect);
      begin = /\bchain\b/i.test(statement.text) ? index : -1;
    } else if (commits(statement, dialect)) begin = -1;
  });
  return result;
}

function commits(statement: SqlStatement, dialect: SqlDialect): boolean {
  const { op, object } = statement;
  if (op === 'dynamic') return true;
  if (op === 'meta') return unseen.has(object);
  if (op === 'other' && (object === 'commit' || object === 'prepare transaction')) return true;
  if (dialect !== 'mysql' || op === 'delete' || op === 'update') return false;
  return op !== 'other' || !(transactional.has(object) || object === 'rollback to');
}

function takenBack(statement: SqlStatement, dialect: SqlDialect): SqlStatement {
  if (!undoable.has(statement.op) || (statement.op === 'drop' && outside.has(statement.object))) return statement;
  if (dialect === 'mysql' && statement.op !== 'delete' && statement.op !== 'update') return statement;
  return { ...statement, op: 'other', object: statement.op };
}
