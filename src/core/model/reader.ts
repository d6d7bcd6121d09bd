// Readers of languages inside commands. They are loaded on demand (an observation) and called synchronously.
import type { GraphqlField, SqlDialect, SqlStatement } from './fact.ts';

export interface SqlReader {
  /**
   * Every statement in the text, meta-commands of the client included. Never throws; text that makes no sense
   * is passed over token by token, so a broken statement hides nothing behind it.
   */
  read(text: string, dialect: SqlDialect): readonly SqlStatement[];
}

export type GraphqlReading =
  | { readonly kind: 'fields'; readonly fields: readonly GraphqlField[] }
  | { readonly kind: 'invalid'; readonly detail: string };

export interface GraphqlReader {
  /**
   * The root fields that the server would run: the chosen operation (all of them where several stand in the
   * document and no name is given), fragments spread, aliases resolved, variables filled in.
   */
  read(document: string, variables: unknown, operationName: string | undefined): GraphqlReading;
}

/** Data formats: the parsed value, or undefined where the text is not valid. */
export interface DataReader {
  read(text: string): unknown;
}
