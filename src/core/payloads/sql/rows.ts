// DELETE, UPDATE and MERGE: which table, and whether anything limits the rows.
import type { SqlDialect, SqlStatement } from '../../model/fact.ts';
import { limits } from './condition.ts';
import { type Context, state } from './context.ts';
import { readNames, skipWords } from './names.ts';
import type { View } from './token.ts';

const modifiers = new Set(['LOW_PRIORITY', 'QUICK', 'IGNORE', 'ONLY', 'FROM', 'INTO', 'PERCENT']);
const conflict = new Set(['ROLLBACK', 'ABORT', 'REPLACE', 'FAIL', 'IGNORE']);
const where = new Set(['WHERE']);
/** What may stand behind a condition. */
const conditionEnds = new Set(['RETURNING', 'ORDER', 'LIMIT', 'OPTION', 'SETTINGS', 'GROUP', 'WHEN', 'THEN']);
const limit = new Set(['LIMIT']);
/** MySQL manuals use 18446744073709551615 for "all rows". */
const ALL_ROWS = 1e9;

/** DELETE ... or UPDATE ..., the keyword at position 0. */
export function readRows(context: Context, view: View, op: 'delete' | 'update'): SqlStatement {
  const { names } = readNames(view, targetAt(view));
  const limited = isLimited(view, context.dialect);
  return state(context, view, op, tableObject(context, names), { names, limited });
}

function targetAt(view: View): number {
  let position = 1;
  if (view.word(position) === 'OR' && conflict.has(view.word(position + 1))) position += 2;
  position = skipWords(view, position, modifiers);
  if (view.word(position) === 'TOP') position = skipWords(view, position + 2, modifiers);
  return position;
}

/** A temporary table, where all the names are. */
export function tableObject(context: Context, names: readonly string[]): 'table' | 'temporary table' {
  return names.length > 0 && names.every((name) => isTemporary(context, name)) ? 'temporary table' : 'table';
}

function isTemporary({ session, dialect }: Context, name: string): boolean {
  const lower = name.toLowerCase();
  if (dialect === 'mssql' && (lower.startsWith('#') || lower.startsWith('@') || lower.startsWith('tempdb..#')))
    return true;
  if (dialect === 'postgres' && lower.startsWith('pg_temp.')) return true;
  return (dialect === 'sqlite' && lower.startsWith('temp.')) || session.temporary.has(lower);
}

function isLimited(view: View, dialect: SqlDialect): boolean {
  const from = view.find(where);
  if (dialect === 'mysql' && hasRowLimit(view)) return true;
  return from !== -1 && conditionLimits(view, from + 1, dialect);
}

function conditionLimits(view: View, from: number, dialect: SqlDialect): boolean {
  const end = view.find(conditionEnds, from);
  const condition = view.slice(from, end === -1 ? view.length : end);
  return condition.length > 0 && limits(condition, dialect);
}

function hasRowLimit(view: View): boolean {
  const token = view.token(view.find(limit) + 1);
  return view.find(limit) !== -1 && token?.kind === 'number' && Number(token.text) < ALL_ROWS;
}

const deletes = new Set(['DELETE']);
const whens = new Set(['WHEN']);
const thens = new Set(['THEN']);
const on = new Set(['ON']);

/** MERGE that deletes; undefined for all other MERGEs. Its ON condition takes the place of WHERE. */
export function readMerge(context: Context, view: View): SqlStatement | undefined {
  let limited = true;
  let found = false;
  const joined = view.find(on);
  const bound = joined !== -1 && conditionLimits(view, joined + 1, context.dialect);
  for (let start = view.find(whens); start !== -1; start = view.find(whens, start + 1)) {
    const then = view.find(thens, start);
    if (then === -1) break;
    if (deletes.has(view.word(then + 1))) {
      found = true;
      if (!branchLimits(view.slice(start, then), bound)) limited = false;
    }
  }
  if (!found) return undefined;
  const { names } = readNames(view, targetAt(view));
  return state(context, view, 'delete', tableObject(context, names), { names, limited });
}

/** WHEN [NOT] MATCHED [BY SOURCE] [AND ...]: rows without a partner are all the others. */
function branchLimits(branch: View, bound: boolean): boolean {
  const hasCondition = branch.find(new Set(['AND'])) !== -1;
  return hasCondition || (bound && branch.word(1) === 'MATCHED');
}
