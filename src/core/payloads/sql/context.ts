// What one reading of SQL text carries from statement to statement, and the one constructor of statements.
import type { SqlDialect, SqlStatement } from '../../model/fact.ts';
import type { View } from './token.ts';

/** State of the session that the text describes. */
export interface Session {
  /** Temporary tables made in this text, lower case. */
  readonly temporary: Set<string>;
  /** What EXECUTE of a prepared name runs. */
  readonly prepared: Map<string, readonly SqlStatement[]>;
  /** Text values of variables, by upper-case name. */
  readonly values: Map<string, string>;
  /** How many more characters of dynamic SQL are read: one variable may be run very often. */
  budget: number;
}

export interface Context {
  readonly text: string;
  readonly dialect: SqlDialect;
  /** Function bodies: control flow, assignments, EXECUTE of expressions. */
  readonly procedural: boolean;
  readonly depth: number;
  readonly session: Session;
}

export const newSession = (): Session => ({
  temporary: new Set(),
  prepared: new Map(),
  values: new Map(),
  budget: 1 << 21,
});

type Details = Partial<Omit<SqlStatement, 'op' | 'object' | 'text'>>;

/** A statement about a run of tokens. */
export function state(
  context: Context,
  view: View,
  op: SqlStatement['op'],
  object: string,
  { names = none, limited = true, cascade = false }: Details = {},
): SqlStatement {
  const [start, end] = view.span;
  return { op, object, names, limited, cascade, text: oneLine(context.text, start, end) };
}

const none: readonly string[] = [];
const SHOWN = 200;

/** Text on one line, cut. */
export function oneLine(text: string, start: number, end: number): string {
  const cut = text.slice(start, Math.min(end, start + 2 * SHOWN));
  return (broken.test(cut) ? cut.replace(/\s+/g, ' ').trim() : cut).slice(0, SHOWN);
}
const broken = /\s\s|[^\S ]/;
