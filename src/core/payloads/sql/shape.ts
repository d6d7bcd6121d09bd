// The outer shape of a statement, as far as the scanner needs it to find its end.
import type { SqlDialect } from '../../model/fact.ts';
import type { Token } from './token.ts';

const routines = new Set(['FUNCTION', 'PROCEDURE', 'PROC', 'TRIGGER', 'PACKAGE']);
const modifiers = new Set('OR REPLACE ALTER CONSTRAINT AGGREGATE TEMP TEMPORARY EDITIONABLE NONEDITIONABLE'.split(' '));
/** How many tokens may stand between CREATE and the word that says what: DEFINER = 'u'@'h' SQL SECURITY INVOKER ... */
const PREFIX = 16;

/** Whether the statement defines code that runs later: CREATE FUNCTION, PROCEDURE, TRIGGER, EVENT. */
export function isRoutine(tokens: readonly Token[], dialect: SqlDialect): boolean {
  const first = tokens[0]?.keyword;
  if (first !== 'CREATE' && !(first === 'ALTER' && dialect === 'mssql')) return false;
  let hasDefiner = false;
  for (let index = 1; index < PREFIX && index < tokens.length; index++) {
    const keyword = (tokens[index] as Token).keyword;
    if (routines.has(keyword) || (keyword === 'EVENT' && dialect !== 'mssql')) return true;
    if (keyword === 'DEFINER') hasDefiner = true;
    else if (!hasDefiner && !modifiers.has(keyword)) return false;
  }
  return false;
}

/** PostgreSQL's CREATE RULE: its actions may stand in parentheses, with semicolons between them. */
export function isRule(tokens: readonly Token[]): boolean {
  if (tokens[0]?.keyword !== 'CREATE') return false;
  return tokens[1]?.keyword === 'RULE' || (tokens[2]?.keyword === 'REPLACE' && tokens[3]?.keyword === 'RULE');
}

/** COPY t FROM stdin: rows follow in the text. */
export function copiesFromInput(tokens: readonly Token[]): boolean {
  if (tokens[0]?.keyword !== 'COPY') return false;
  return tokens.some((token, index) => token.keyword === 'STDIN' && tokens[index - 1]?.keyword === 'FROM');
}
