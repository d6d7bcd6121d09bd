// Compares the SQL reader with PostgreSQL's own grammar (libpg-query) on PostgreSQL's own regress files.
// scripts/test-setup/sql-regress.sh fetches the files; without them the test is skipped, except in CI.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { loadModule, parseSync, scanSync } from 'libpg-query';
import { reader } from '../../src/core/payloads/sql.ts';

const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache');
const folder = process.env.GUARD_SQL_REGRESS ?? join(cache, 'guard-test', 'postgres-regress');
const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.sql')) : [];
const mustRun = process.env.CI !== undefined || files.length > 0;
const compare = mustRun ? test : test.skip;

/** A statement of the files that PostgreSQL's grammar accepts, with what its tree says. */
interface Accepted {
  readonly sql: string;
  readonly truth: string;
}

const textOf = (file: string): string => readFileSync(join(folder, file), 'utf8');

type Tree = { readonly [key: string]: unknown };
const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null;

/** Statements reported beyond what the trees say, at most. */
const OVER_REPORTS = 15;

const drops = new Set(
  'DropStmt DropdbStmt DropRoleStmt DropTableSpaceStmt DropOwnedStmt DropUserMappingStmt DropSubscriptionStmt'.split(
    ' ',
  ),
);
const removals = new Set(['AT_DropColumn', 'AT_DropConstraint']);
/** Their bodies do not run when the statement does. */
const later = new Set(['CreateFunctionStmt', 'RuleStmt', 'PrepareStmt', 'ViewStmt', 'CreateTrigStmt']);

const analyzes = (explain: Tree): boolean =>
  Array.isArray(explain.options) &&
  explain.options.some((option: unknown) => {
    if (!isTree(option) || !isTree(option.DefElem) || option.DefElem.defname !== 'analyze') return false;
    return !/false|off|"ival":0/.test(JSON.stringify(option.DefElem.arg ?? ''));
  });

/** What a tree destroys: the operations, sorted; empty for nothing. */
function classify(root: unknown): string {
  const found = new Set<string>();
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    if (!isTree(value) || Array.isArray(value)) return;
    for (const [kind, node] of Object.entries(value)) {
      if (later.has(kind) || (kind === 'ExplainStmt' && isTree(node) && !analyzes(node))) continue;
      if (isTree(node)) note(kind, node, found);
      visit(node);
    }
  };
  visit(root);
  return [...found].sort().join('+');
}

function note(kind: string, node: Tree, found: Set<string>): void {
  if (drops.has(kind)) found.add('drop');
  if (kind === 'TruncateStmt') found.add('truncate');
  if (kind === 'DeleteStmt' && node.whereClause === undefined) found.add('delete');
  if (kind === 'UpdateStmt' && node.whereClause === undefined) found.add('update');
  if (kind === 'AlterTableCmd' && removals.has(String(node.subtype))) found.add('alter-drop');
  if (kind === 'AlterDomainStmt' && String(node.subtype).endsWith('X')) found.add('alter-drop');
}

/** The reader's answer in the same words. */
function classifyOurs(sql: string): string {
  const found = new Set<string>();
  for (const { op, limited } of reader.read(sql, 'postgres')) {
    if (op === 'drop' || op === 'truncate' || op === 'alter-drop') found.add(op);
    else if ((op === 'delete' || op === 'update') && !limited) found.add(op);
  }
  return [...found].sort().join('+');
}

/** The text without psql's commands and rows of COPY: what is left is cut where lines end with a semicolon. */
function sqlLines(text: string): readonly string[] {
  const lines: string[] = [];
  let rows = false;
  for (const line of text.split('\n')) {
    if (rows) rows = line !== '\\.';
    else if (!line.startsWith('\\')) {
      lines.push(line);
      rows = /^copy\b.*\bfrom\s+stdin\b.*;/i.test(line);
    }
  }
  return lines;
}

function* accepted(text: string): Generator<Accepted> {
  let chunk = '';
  for (const line of sqlLines(text)) {
    chunk += `${line}\n`;
    if (!/;\s*(?:--.*)?$/.test(line)) continue;
    const statements = split(chunk);
    if (statements === undefined) {
      // A chunk this long is broken on purpose.
      if (chunk.length > 50_000) chunk = '';
      continue;
    }
    chunk = '';
    yield* statements;
  }
}

/** Statements of a chunk; undefined where a quotation or a parenthesis is still open. */
function split(chunk: string): readonly Accepted[] | undefined {
  const whole = truthOf(chunk);
  if (whole !== undefined && whole.count === 1) return [{ sql: chunk, truth: whole.truth }];
  const tokens = tokensOf(chunk);
  if (tokens === undefined) return undefined;
  // Semicolons inside the parentheses of a rule end nothing. A chunk that stays open is broken on purpose.
  const depth = tokens.reduce((sum, { text }) => sum + (text === '(' ? 1 : text === ')' ? -1 : 0), 0);
  if (depth > 0 && chunk.length < 3_000) return undefined;
  const ends = tokens.filter(({ text }) => text === ';').map(({ end }) => end);
  // Positions count bytes.
  const bytes = Buffer.from(chunk);
  return ends.flatMap((end, index) => {
    const sql = bytes.subarray(ends[index - 1] ?? 0, end).toString();
    const one = truthOf(sql);
    return one === undefined || one.count === 0 ? [] : [{ sql, truth: one.truth }];
  });
}

function tokensOf(chunk: string): readonly { readonly text: string; readonly end: number }[] | undefined {
  try {
    return scanSync(chunk).tokens;
  } catch {
    return undefined;
  }
}

function truthOf(sql: string): { readonly count: number; readonly truth: string } | undefined {
  try {
    const statements = parseSync(sql).stmts ?? [];
    return { count: statements.length, truth: classify(statements) };
  } catch {
    return undefined;
  }
}

describe('against PostgreSQL', () => {
  const byFile = new Map<string, readonly Accepted[]>();

  beforeAll(async () => {
    if (mustRun && files.length === 0) throw new Error(`no files in ${folder}: run scripts/test-setup/sql-regress.sh`);
    await loadModule();
    for (const file of files) byFile.set(file, [...accepted(textOf(file))]);
  });

  if (!mustRun) console.warn(`skipped: no files in ${folder}; run scripts/test-setup/sql-regress.sh`);

  compare('the regress files: what libpg-query calls destructive, the reader does', () => {
    const misses: string[] = [];
    const over: string[] = [];
    let total = 0;
    let destructive = 0;
    for (const [file, statements] of byFile) {
      for (const { sql, truth } of statements) {
        total++;
        if (truth !== '') destructive++;
        const ours = classifyOurs(sql);
        if (truth === ours) continue;
        const line = `${file}: ${truth || 'nothing'} / ${ours || 'nothing'}: ${sql.trim().replace(/\s+/g, ' ').slice(0, 160)}`;
        if (truth.split('+').some((op) => op !== '' && !ours.split('+').includes(op))) misses.push(line);
        else over.push(line);
      }
    }
    expect(total).toBeGreaterThan(30_000);
    expect(destructive).toBeGreaterThan(3_000);
    expect(misses).toEqual([]);
    // What is left is meant: lo_unlink(), MERGE without a condition, `id > 0`.
    expect(over.length > OVER_REPORTS ? over : []).toEqual([]);
  });

  compare('whole files: psql commands, rows of COPY and broken statements hide nothing that stands behind them', () => {
    const hidden: string[] = [];
    for (const [file, statements] of byFile) {
      const expected = statements.flatMap(({ sql }) => destroyed(sql));
      const found = destroyed(textOf(file));
      for (const op of new Set(expected)) {
        const [want, have] = [count(expected, op), count(found, op)];
        if (have < want) hidden.push(`${file}: ${op} ${have} of ${want}`);
      }
    }
    expect(hidden).toEqual([]);
  });
});

const count = (list: readonly string[], item: string): number => list.filter((entry) => entry === item).length;

/** Destructive operations in a text, those that it rolls back included. */
const destroyed = (sql: string): readonly string[] =>
  reader
    .read(sql, 'postgres')
    .map(({ op, object }) => (op === 'other' ? object : op))
    .filter((op) => ['drop', 'truncate', 'delete', 'update', 'alter-drop'].includes(op));
