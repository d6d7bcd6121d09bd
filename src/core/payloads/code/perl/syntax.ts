// The syntax tree of Perl programs, as far as it matters for what they do. Source: perlsyn, perlop.

export type Part = string | Expression;

export type Expression =
  /** A string with what is interpolated into it; a number. */
  | { readonly kind: 'text'; readonly parts: readonly Part[] }
  | { readonly kind: 'variable'; readonly sigil: '$' | '@' | '%' | '&'; readonly name: string }
  /** `$x{key}`, `$x[0]`, `$r->{key}`: `of` is the hash, the array or the reference. */
  | {
      readonly kind: 'element';
      readonly of: Expression;
      readonly key: Expression;
      readonly hash: boolean;
      readonly slice: boolean;
    }
  | { readonly kind: 'dereference'; readonly sigil: '$' | '@' | '%' | '&'; readonly of: Expression }
  | { readonly kind: 'list'; readonly items: readonly Expression[] }
  | { readonly kind: 'array'; readonly items: readonly Expression[] }
  | { readonly kind: 'hash'; readonly items: readonly Expression[] }
  | { readonly kind: 'sub'; readonly body: Block }
  | { readonly kind: 'do'; readonly body: Block }
  | { readonly kind: 'assign'; readonly target: Expression; readonly operator: string; readonly value: Expression }
  /** All that is left of an operator whose value nobody needs: its operands have effects. */
  | { readonly kind: 'operation'; readonly operator: string; readonly operands: readonly Expression[] }
  | { readonly kind: 'choice'; readonly condition: Expression; readonly yes: Expression; readonly no: Expression }
  | {
      readonly kind: 'call';
      readonly name: string;
      readonly given: readonly Expression[];
      /** `map { ... }`, `grep { ... }`, `system { $program }`. */
      readonly block: Block | undefined;
      readonly line: number;
    }
  | {
      readonly kind: 'method';
      readonly on: Expression;
      readonly name: string | Expression;
      readonly given: readonly Expression[];
      readonly line: number;
    }
  /** `$code->(...)`, `&$code(...)`. */
  | { readonly kind: 'apply'; readonly code: Expression; readonly given: readonly Expression[]; readonly line: number }
  | { readonly kind: 'command'; readonly text: Expression; readonly line: number }
  | { readonly kind: 'glob'; readonly pattern: Expression }
  | { readonly kind: 'readline'; readonly handle: Expression }
  /** A pattern that is matched, or `s///`; `replacement` is the code of `s///e`, or what stands there as text. */
  | {
      readonly kind: 'match';
      readonly replacement: Expression | undefined;
      readonly isCode: boolean;
    };

export type Statement =
  | { readonly kind: 'expression'; readonly value: Expression; readonly line: number }
  | {
      readonly kind: 'if';
      readonly arms: readonly { readonly condition: Expression; readonly body: Block }[];
      readonly otherwise: Block;
    }
  | { readonly kind: 'loop'; readonly head: readonly Expression[]; readonly body: Block }
  | { readonly kind: 'foreach'; readonly variable: string; readonly over: Expression; readonly body: Block }
  | { readonly kind: 'block'; readonly body: Block }
  | { readonly kind: 'sub'; readonly name: string; readonly body: Block }
  | { readonly kind: 'package'; readonly name: string }
  | { readonly kind: 'use'; readonly module: string; readonly given: readonly Expression[]; readonly line: number };

export type Block = readonly Statement[];
