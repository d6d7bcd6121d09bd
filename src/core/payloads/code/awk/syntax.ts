// The syntax tree of awk programs. Source: POSIX awk, gawk(1).

export type Expression =
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'number'; readonly value: string }
  | { readonly kind: 'regex' }
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'element'; readonly name: string; readonly subscripts: readonly Expression[] }
  | { readonly kind: 'field'; readonly of: Expression }
  | { readonly kind: 'assign'; readonly target: Expression; readonly operator: string; readonly value: Expression }
  | { readonly kind: 'change'; readonly target: Expression }
  | { readonly kind: 'concat'; readonly parts: readonly Expression[] }
  | { readonly kind: 'operation'; readonly operands: readonly Expression[] }
  | {
      readonly kind: 'choice';
      readonly condition: Expression;
      readonly yes: Expression;
      readonly no: Expression;
    }
  | { readonly kind: 'call'; readonly name: string; readonly given: readonly Expression[]; readonly line: number }
  | {
      readonly kind: 'getline';
      readonly from: 'command' | 'file' | 'input';
      readonly source: Expression | undefined;
      readonly into: Expression | undefined;
      readonly line: number;
    };

export type Statement =
  | { readonly kind: 'expression'; readonly value: Expression }
  | {
      readonly kind: 'print';
      readonly formatted: boolean;
      readonly given: readonly Expression[];
      readonly to: { readonly operator: '>' | '>>' | '|' | '|&'; readonly target: Expression } | undefined;
      readonly line: number;
    }
  | {
      readonly kind: 'if';
      readonly condition: Expression;
      readonly whenTrue: readonly Statement[];
      readonly otherwise: readonly Statement[];
    }
  | {
      readonly kind: 'loop';
      readonly head: readonly Expression[];
      readonly body: readonly Statement[];
    }
  | { readonly kind: 'for-in'; readonly name: string; readonly array: string; readonly body: readonly Statement[] };

export interface FunctionDefinition {
  readonly parameters: readonly string[];
  readonly body: readonly Statement[];
}

export interface Program {
  readonly begin: readonly Statement[];
  readonly rules: readonly Statement[];
  readonly end: readonly Statement[];
  readonly functions: ReadonlyMap<string, FunctionDefinition>;
  /** Names that the program itself gives a value to. */
  readonly assigned: ReadonlySet<string>;
}
