// Rules as the matcher sees them: compiled, validated, indexed by id.
import type { FileOperation, GitOperation, Loss, Nature, SqlStatement, Zone } from './fact.ts';
import type { OpaqueCode } from './invocation.ts';

export type Severity = 'low' | 'medium' | 'high' | 'critical';
export const severities: readonly Severity[] = ['low', 'medium', 'high', 'critical'];

export interface Rule {
  /** `<pack>/<name>`: the path of its file. */
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  readonly why: string;
  /** What a person could do to get it back, or that nothing does. */
  readonly undo: string;
  readonly safer: string | undefined;
  /** Name of the resolver that says what and where is hit. */
  readonly target: string;
  readonly matchers: readonly Matcher[];
  readonly references: readonly string[];
}

/** One alternative of a rule: conditions on one fact. All that are present must hold. */
export type Matcher =
  | ({ readonly kind: 'command' } & CommandMatcher)
  | ({ readonly kind: 'file' } & FileMatcher)
  | ({ readonly kind: 'sql' } & SqlMatcher)
  | ({ readonly kind: 'graphql' } & GraphqlMatcher)
  | ({ readonly kind: 'http' } & HttpMatcher)
  | ({ readonly kind: 'git' } & GitMatcher)
  | ({ readonly kind: 'flow' } & FlowMatcher)
  | ({ readonly kind: 'env' } & EnvMatcher)
  | ({ readonly kind: 'call' } & CallMatcher)
  | ({ readonly kind: 'opaque' } & OpaqueMatcher);

export type OneOrMore<T> = readonly [T, ...T[]];

/** A condition on text without regular expressions. Exactly one key is set; lists are alternatives. */
export interface TextMatcher {
  readonly is?: OneOrMore<string>;
  readonly startsWith?: OneOrMore<string>;
  readonly endsWith?: OneOrMore<string>;
  readonly contains?: OneOrMore<string>;
}

export interface CommandMatcher {
  /** Program names. A name that ends in `.*` covers a family: `mkfs.*`. `*` stands for any program, where no rule that names it matches. */
  readonly name: OneOrMore<string>;
  /** Paths of subcommand words; the fact's subcommand must start with one of them. `*` stands for one word. */
  readonly subcommand?: OneOrMore<string>;
  /** Paths with which the fact's subcommand must not start. */
  readonly notSubcommand?: OneOrMore<string>;
  /** The verb of a subcommand word: `delete` matches `delete-bucket`, `sites:delete`, `deleteTable`. */
  readonly verb?: OneOrMore<string>;
  /** At least one of these flags is present. `--flag=value` asks for the value too. */
  readonly anyFlag?: OneOrMore<string>;
  /** All of these flags are present. */
  readonly allFlags?: OneOrMore<string>;
  /** None of these flags is present. */
  readonly noFlag?: OneOrMore<string>;
  /** Some positional satisfies this. */
  readonly positional?: TextMatcher;
  /** At least so many positionals. */
  readonly minPositionals?: number;
  /** At most so many positionals. */
  readonly maxPositionals?: number;
}
export interface FileMatcher {
  readonly op: OneOrMore<FileOperation>;
  readonly zone?: OneOrMore<Zone>;
  readonly nature?: OneOrMore<Nature>;
  readonly notNature?: OneOrMore<Nature>;
  readonly recursive?: boolean;
  readonly many?: boolean;
  readonly recreated?: boolean;
  readonly asks?: boolean;
  /** Without it: `work`, `repository` and all whose loss is not known. */
  readonly loss?: OneOrMore<Loss>;
}
export interface SqlMatcher {
  readonly op: OneOrMore<SqlStatement['op']>;
  readonly object?: OneOrMore<string>;
  readonly limited?: boolean;
  readonly cascade?: boolean;
}
export interface GraphqlMatcher {
  readonly operation: OneOrMore<'query' | 'mutation' | 'subscription'>;
  readonly host?: OneOrMore<string>;
  /** False: the host is not this machine. */
  readonly localHost?: boolean;
  readonly field?: OneOrMore<string>;
  /** Some piece of the field's identifier, split at case changes: `delete` matches `volumeDelete` and `deleteVolume`. */
  readonly verb?: OneOrMore<string>;
  /** Some argument satisfies this (nested values are JSON text). */
  readonly argument?: TextMatcher;
}
export interface HttpMatcher {
  readonly method: OneOrMore<string>;
  /** `api.acme.com` exactly, or `.acme.com` for it and all below it. */
  readonly host?: OneOrMore<string>;
  /** False: the host is not this machine. */
  readonly localHost?: boolean;
  /** Segments separated by `/`; `*` stands for one segment, a last `**` for the rest. */
  readonly path?: OneOrMore<string>;
}
export interface GitMatcher {
  readonly op: OneOrMore<GitOperation>;
  readonly forced?: boolean;
}
export interface FlowMatcher {
  readonly from: OneOrMore<'http' | 'decoded' | 'file' | 'secret' | 'unknown'>;
  readonly to: OneOrMore<'shell' | 'interpreter' | 'device' | 'http' | 'database'>;
}
/** A call of a library by a program in another language. */
export interface CallMatcher {
  /** The package as it is imported. */
  readonly library: OneOrMore<string>;
  readonly name: OneOrMore<string>;
  /** At least one of these named arguments is given. `force=true` asks for the value too. */
  readonly anyOption?: OneOrMore<string>;
  readonly limited?: boolean;
}

export interface EnvMatcher {
  readonly name: OneOrMore<string>;
  readonly value?: TextMatcher;
}
export interface OpaqueMatcher {
  readonly reason: OneOrMore<OpaqueCode['reason']>;
}

/** All rules that are on, indexed so that a fact meets only the rules that could match it. */
export interface RuleSet {
  /** Hash of all rules: an approval holds for one rule set. */
  readonly id: string;
  readonly rules: readonly Rule[];
  /** How many of them, the first ones, ship with guard. */
  readonly shipped: number;
  /** `<fact kind>` or `command:<program>` to rule indices. */
  readonly index: Readonly<Record<string, readonly number[]>>;
  /** Words that a rule could react to; what the lexical scan of unreadable text looks for. */
  readonly words: readonly string[];
}
