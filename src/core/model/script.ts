// The parsed command line: guard's own syntax tree, independent of the parser that fills it.

/** Half-open range of UTF-16 code units in the text of the script that owns it. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface Script {
  readonly source: string;
  readonly statements: readonly Statement[];
  /** False where the text could not be read to its end: bash may still run all that stands before the error. */
  readonly complete: boolean;
  readonly problems: readonly Problem[];
  /** Texts that bash would run and that the tree does not show; found by the independent scan of the raw text. */
  readonly unexplained: readonly UnexplainedCode[];
}

export interface Problem {
  readonly message: string;
  readonly at: number;
}

/** A `$(`, backtick, `<(` or `>(` that no node accounts for, with the text behind its opener. */
export interface UnexplainedCode {
  readonly opener: '$(' | '`' | '<(' | '>(';
  readonly text: string;
  readonly at: number;
}

export interface Statement {
  readonly command: CommandNode;
  readonly background: boolean;
}

export type CommandNode =
  | SimpleNode
  | PipelineNode
  | AndOrNode
  | SubshellNode
  | GroupNode
  | IfNode
  | ForNode
  | ArithmeticForNode
  | WhileNode
  | CaseNode
  | FunctionNode
  | CoprocNode
  | TestNode
  | ArithmeticNode
  | RedirectedNode;

export interface SimpleNode {
  readonly type: 'simple';
  readonly assignments: readonly AssignmentNode[];
  /** The program's name and its arguments; builtins such as `export` take assignments among them. */
  readonly words: readonly (WordNode | AssignmentNode)[];
  readonly redirections: readonly RedirectionNode[];
  readonly span: Span;
}
export interface PipelineNode {
  readonly type: 'pipeline';
  readonly commands: readonly CommandNode[];
  readonly negated: boolean;
}
export interface AndOrNode {
  readonly type: 'and-or';
  readonly commands: readonly CommandNode[];
  /** One less than there are commands. */
  readonly operators: readonly ('&&' | '||')[];
}
export interface SubshellNode {
  readonly type: 'subshell';
  readonly body: readonly Statement[];
}
export interface GroupNode {
  readonly type: 'group';
  readonly body: readonly Statement[];
}
export interface IfNode {
  readonly type: 'if';
  readonly branches: readonly { readonly condition: readonly Statement[]; readonly body: readonly Statement[] }[];
  readonly otherwise: readonly Statement[];
}
/** `for` and `select`. Without `words` it walks over the positional parameters. */
export interface ForNode {
  readonly type: 'for';
  readonly name: string;
  readonly words: readonly WordNode[] | undefined;
  readonly body: readonly Statement[];
}
export interface ArithmeticForNode {
  readonly type: 'arithmetic-for';
  readonly expressions: readonly WordNode[];
  /** The text of the clauses. */
  readonly source: string;
  readonly body: readonly Statement[];
}
export interface WhileNode {
  readonly type: 'while';
  /** `until`: it runs as long as the condition fails. */
  readonly until: boolean;
  readonly condition: readonly Statement[];
  readonly body: readonly Statement[];
}
export interface CaseNode {
  readonly type: 'case';
  readonly word: WordNode;
  readonly arms: readonly { readonly patterns: readonly WordNode[]; readonly body: readonly Statement[] }[];
}
export interface FunctionNode {
  readonly type: 'function';
  readonly name: string;
  readonly body: CommandNode;
}
export interface CoprocNode {
  readonly type: 'coproc';
  /** The array that holds its descriptors; `COPROC` where none is given. */
  readonly name: string | undefined;
  readonly body: CommandNode;
}
/** `[[ ... ]]`: only its words matter, for the substitutions in them. */
export interface TestNode {
  readonly type: 'test';
  readonly words: readonly WordNode[];
}
/** `(( ... ))`: the substitutions in it, and the text for the names that it assigns. */
export interface ArithmeticNode {
  readonly type: 'arithmetic';
  readonly words: readonly WordNode[];
  readonly source: string;
}
/** A compound command with redirections behind it. */
export interface RedirectedNode {
  readonly type: 'redirected';
  readonly command: CommandNode;
  readonly redirections: readonly RedirectionNode[];
}

export interface AssignmentNode {
  readonly type: 'assignment';
  readonly name: string;
  readonly append: boolean;
  readonly index: WordNode | undefined;
  readonly value: WordNode | { readonly type: 'array'; readonly elements: readonly WordNode[] };
  readonly span: Span;
}

/** `variable` is the name in `{name}>file`: the shell chooses a descriptor and keeps its number there. */
export type RedirectionNode =
  | {
      readonly type: 'file';
      readonly operator: '>' | '>>' | '<' | '<>' | '>|' | '&>' | '&>>';
      /** The descriptor in front of the operator; undefined for the operator's own default or a `{name}`. */
      readonly descriptor: number | undefined;
      readonly variable?: string;
      readonly target: WordNode;
    }
  | {
      readonly type: 'duplicate';
      readonly operator: '<&' | '>&';
      readonly descriptor: number | undefined;
      readonly variable?: string;
      readonly target: WordNode;
    }
  | {
      readonly type: 'heredoc';
      readonly descriptor: number | undefined;
      readonly variable?: string;
      readonly body: WordNode;
      readonly quoted: boolean;
    }
  | {
      readonly type: 'herestring';
      readonly descriptor: number | undefined;
      readonly variable?: string;
      readonly body: WordNode;
    };

export interface WordNode {
  readonly type: 'word';
  readonly parts: readonly WordPart[];
  readonly span: Span;
  /** The text as it stands in the source. */
  readonly source: string;
}

export type WordPart =
  /** Unquoted text with its escapes removed. */
  | { readonly type: 'literal'; readonly value: string }
  /** `'...'` or `$'...'`, decoded. */
  | { readonly type: 'quoted'; readonly value: string }
  | { readonly type: 'double'; readonly parts: readonly WordPart[] }
  | ParameterPart
  | { readonly type: 'command'; readonly script: Script; readonly source: string }
  | { readonly type: 'process'; readonly direction: '<' | '>'; readonly script: Script; readonly source: string }
  /** `$(( ))`: words that hold substitutions; the result is not computed. */
  | { readonly type: 'arithmetic'; readonly words: readonly WordNode[]; readonly source: string }
  /** `*`, `?`, `[...]` or an extended pattern, unquoted; `value` is the pattern's text. */
  | { readonly type: 'glob'; readonly value: string; readonly words: readonly WordNode[] }
  /** `{a,b}` or `{1..3}`: the alternatives, in order; undefined where there are too many to list. */
  | { readonly type: 'brace'; readonly alternatives: readonly WordNode[] | undefined; readonly source: string };

export interface ParameterPart {
  readonly type: 'parameter';
  /** `HOME`, `1`, `@`, `#`, `?` ... */
  readonly name: string;
  /** `${!name}` or `${#name}`. */
  readonly prefix: '!' | '#' | undefined;
  /** `${name[index]}`. */
  readonly index: WordNode | undefined;
  readonly operation: ParameterOperation | undefined;
  readonly source: string;
}

export type ParameterOperation =
  | {
      readonly type: 'default';
      readonly operator: '-' | ':-' | '=' | ':=' | '+' | ':+' | '?' | ':?';
      readonly word: WordNode;
    }
  | { readonly type: 'remove'; readonly operator: '#' | '##' | '%' | '%%'; readonly pattern: WordNode }
  | {
      readonly type: 'replace';
      readonly operator: '/' | '//' | '/#' | '/%';
      readonly pattern: WordNode;
      readonly replacement: WordNode;
    }
  | { readonly type: 'slice'; readonly offset: WordNode; readonly length: WordNode | undefined }
  /** Case changes, `@Q` and the like, and what the parser does not name: the result is not known, its words are. */
  | { readonly type: 'other'; readonly operator: string; readonly words: readonly WordNode[] };
