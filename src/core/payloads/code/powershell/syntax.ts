// The syntax tree of PowerShell, as far as it matters for what a script does. Source: about_Parsing, about_Language_Keywords.

export type Part = string | Expression;

export type Expression =
  | { readonly kind: 'text'; readonly parts: readonly Part[] }
  /** In lower case, with its drive: `env:temp`. */
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'array'; readonly items: readonly Expression[] }
  | { readonly kind: 'hash'; readonly entries: readonly (readonly [Expression, Expression])[] }
  | { readonly kind: 'block'; readonly block: ScriptBlock }
  /** `(...)`, `$(...)`, `@(...)`. */
  | { readonly kind: 'statements'; readonly body: Block }
  | { readonly kind: 'type'; readonly name: string }
  | { readonly kind: 'cast'; readonly type: string; readonly value: Expression }
  | { readonly kind: 'member'; readonly of: Expression; readonly name: Expression }
  | {
      readonly kind: 'call';
      readonly of: Expression;
      readonly name: Expression;
      readonly given: readonly Expression[];
      readonly line: number;
    }
  | { readonly kind: 'index'; readonly of: Expression; readonly key: Expression }
  | { readonly kind: 'operation'; readonly operator: string; readonly operands: readonly Expression[] };

export type Argument =
  | { readonly kind: 'parameter'; readonly name: string; readonly value: Expression | undefined }
  | { readonly kind: 'value'; readonly value: Expression }
  | { readonly kind: 'splat'; readonly name: string };

export interface Redirected {
  readonly target: Expression;
  readonly appends: boolean;
}

export interface Command {
  readonly kind: 'command';
  readonly name: Expression;
  readonly given: readonly Argument[];
  readonly redirected: readonly Redirected[];
  readonly line: number;
}

export type Element =
  | Command
  | { readonly kind: 'expression'; readonly value: Expression; readonly redirected: readonly Redirected[] };

export type Statement =
  | { readonly kind: 'pipeline'; readonly elements: readonly Element[]; readonly line: number }
  | {
      readonly kind: 'assign';
      readonly target: Expression;
      readonly operator: string;
      readonly value: Statement;
      readonly line: number;
    }
  | {
      readonly kind: 'if';
      readonly conditions: readonly Block[];
      readonly bodies: readonly Block[];
      readonly isWhole: boolean;
    }
  | { readonly kind: 'loop'; readonly head: Block; readonly body: Block }
  | { readonly kind: 'foreach'; readonly variable: string; readonly over: Block; readonly body: Block }
  | { readonly kind: 'function'; readonly name: string; readonly block: ScriptBlock }
  | { readonly kind: 'body'; readonly body: Block }
  | { readonly kind: 'leave'; readonly value: Block };

export type Block = readonly Statement[];

export interface ScriptBlock {
  readonly parameters: readonly { readonly name: string; readonly value: Expression | undefined }[];
  readonly body: Block;
}
