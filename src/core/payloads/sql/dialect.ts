// What the dialects write differently, as data for the scanner.
import type { SqlDialect } from '../../model/fact.ts';

export interface Lexis {
  /** `\'` is a quote inside '...' and "...". */
  readonly backslashEscapes: boolean;
  /** "..." is a string, not a name. */
  readonly doubleQuotedStrings: boolean;
  readonly backticks: boolean;
  readonly brackets: boolean;
  readonly dollarQuotes: boolean;
  readonly nestedComments: boolean;
  /** A comment that is not closed reaches to the end and the statement before it still runs. */
  readonly openComments: boolean;
  /** A comment that opens with `/*!` is code. */
  readonly executableComments: boolean;
  /** `#` starts a comment: everywhere, at the start of a line, or not at all. */
  readonly hashComments: 'anywhere' | 'line' | 'no';
  /** `--` needs a blank behind it to start a comment. */
  readonly spacedDashes: boolean;
  /** A line that holds only `GO` or `/` ends a statement. */
  readonly lineTerminators: boolean;
  readonly word: RegExp;
}

const plainWord = /[A-Za-z_\u0080-\u{10FFFF}][\w$\u0080-\u{10FFFF}]*/uy;
const variableWord = /[A-Za-z_@\u0080-\u{10FFFF}][\w$@\u0080-\u{10FFFF}]*/uy;
const mssqlWord = /[A-Za-z_@#\u0080-\u{10FFFF}][\w$@#\u0080-\u{10FFFF}]*/uy;

const postgres: Lexis = {
  backslashEscapes: false,
  doubleQuotedStrings: false,
  backticks: false,
  brackets: false,
  dollarQuotes: true,
  nestedComments: true,
  openComments: false,
  executableComments: false,
  hashComments: 'no',
  spacedDashes: false,
  lineTerminators: false,
  word: plainWord,
};

/** Each dialect's lexical rules; sources: the vendors' reference manuals, chapters on lexical structure. */
export const lexes: Readonly<Record<SqlDialect, Lexis>> = {
  postgres,
  mysql: {
    ...postgres,
    backslashEscapes: true,
    doubleQuotedStrings: true,
    backticks: true,
    dollarQuotes: false,
    nestedComments: false,
    executableComments: true,
    hashComments: 'anywhere',
    spacedDashes: true,
    word: variableWord,
  },
  sqlite: {
    ...postgres,
    backticks: true,
    brackets: true,
    dollarQuotes: false,
    nestedComments: false,
    openComments: true,
    hashComments: 'line',
    lineTerminators: true,
  },
  mssql: { ...postgres, brackets: true, dollarQuotes: false, lineTerminators: true, word: mssqlWord },
  generic: {
    ...postgres,
    backslashEscapes: true,
    backticks: true,
    nestedComments: false,
    executableComments: true,
    hashComments: 'line',
    lineTerminators: true,
    word: variableWord,
  },
};
