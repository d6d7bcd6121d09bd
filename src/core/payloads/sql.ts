// SQL: finds the statements that destroy something in text for a database client, dialect by dialect, with a scanner
// of our own. No grammar: a statement that makes no sense hides nothing behind it.
import type { SqlDialect, SqlStatement } from '../model/fact.ts';
import type { SqlReader } from '../model/reader.ts';
import { readClient } from './sql/client.ts';
import { type Context, newSession } from './sql/context.ts';
import { type ScanOptions, scan } from './sql/scan.ts';
import { readPiece, readPieces } from './sql/statement.ts';
import { View } from './sql/token.ts';
import { withoutRolledBack } from './sql/transaction.ts';

/**
 * Reads SQL text. One statement for each thing it does: a CTE that deletes is one besides its own statement, a body of
 * DO gives what it would run. `limited` is false where a WHERE is missing or holds for every row (`1=1`, `id > 0`).
 * Names of `alter-drop` are the table first, then what is dropped. An unknown piece of dynamic SQL shows as `…`.
 * Statements that the text rolls back itself are `other`, their own op as object. Objects of `meta`: sql/client.ts.
 */
export const reader: SqlReader = {
  read(text: string, dialect: SqlDialect): readonly SqlStatement[] {
    const found = readOnce(text, { dialect, client: true });
    if (dialect !== 'generic' || !/\\['"]/.test(text)) return found;
    // Whether `\'` ends a string is not known here: what either reading shows counts.
    const known = new Set(found.map(identity));
    const rest = readOnce(text, { dialect, client: true, backslashEscapes: false });
    return [...found, ...rest.filter((statement) => statement.op !== 'other' && !known.has(identity(statement)))];
  },
};

const identity = ({ op, object, names }: SqlStatement): string => JSON.stringify([op, object, names]);

function readOnce(text: string, options: ScanOptions): readonly SqlStatement[] {
  const { dialect } = options;
  const context: Context = { text, dialect, procedural: false, depth: 0, session: newSession() };
  const found: SqlStatement[] = [];
  for (const piece of scan(text, options)) {
    if (piece.kind === 'sql') readPiece(context, View.of(piece.tokens), found);
    else {
      const readSql = (sql: string) => readPieces({ ...context, text: sql, dialect: 'postgres' }, false);
      for (const statement of readClient(context, piece, readSql)) found.push(statement);
    }
  }
  return withoutRolledBack(found, dialect);
}
