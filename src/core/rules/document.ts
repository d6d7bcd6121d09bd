// Rule documents: a rule as it stands in its file, and the compiled form that the matcher reads.
import type { Matcher, Rule, RuleSet, Severity } from '../model/rule.ts';
import { keysOf } from './match.ts';

/** The parsed YAML of one rule file, already valid against the schema. */
export interface RuleDocument {
  readonly title: string;
  readonly severity: Severity;
  readonly why: string;
  readonly undo: string;
  readonly safer?: string;
  readonly target: string;
  readonly match: FactCondition | { readonly anyOf: readonly FactCondition[] };
  readonly examples: { readonly match: readonly Example[]; readonly skip: readonly Example[] };
  readonly references?: readonly string[];
}

/** A command line; one with the files that it would read, or with what stands on the disk of the machine. */
export type Example =
  | string
  | { readonly command: string; readonly files: Readonly<Record<string, string>> }
  | { readonly command: string; readonly disk: Readonly<Record<string, object>> };

/** One fact kind with its conditions: `{ command: { name: railway, subcommand: volume delete } }`. */
export type FactCondition = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** The conditions of a rule, always as a list. */
export const conditionsOf = (document: RuleDocument): readonly FactCondition[] =>
  'anyOf' in document.match && Array.isArray(document.match.anyOf)
    ? document.match.anyOf
    : [document.match as FactCondition];

/** Keys whose single value stands for a list of one. */
const scalarKeys = new Set([
  'recursive',
  'many',
  'recreated',
  'asks',
  'limited',
  'cascade',
  'forced',
  'localHost',
  'minPositionals',
  'maxPositionals',
]);
const textKeys = new Set(['positional', 'argument', 'value']);

/** A condition as the matcher reads it: the kind beside its conditions, every list a list. */
export function matcherOf(condition: FactCondition): Matcher {
  const [kind, conditions = {}] = Object.entries(condition)[0] ?? [];
  const entries = Object.entries(conditions).map(([key, value]) => [key, normalized(key, value)]);
  return { kind, ...Object.fromEntries(entries) } as Matcher;
}

function normalized(key: string, value: unknown): unknown {
  if (scalarKeys.has(key)) return value;
  if (!textKeys.has(key)) return Array.isArray(value) ? value : [value];
  return Object.fromEntries(
    Object.entries(value as Record<string, unknown>).map(([name, text]) => [name, Array.isArray(text) ? text : [text]]),
  );
}

export const ruleOf = (id: string, document: RuleDocument): Rule => ({
  id,
  title: document.title,
  severity: document.severity,
  why: document.why,
  undo: document.undo,
  safer: document.safer,
  target: document.target,
  matchers: conditionsOf(document).map(matcherOf),
  references: document.references ?? [],
});

/** Puts rules together into a set, the shipped ones first. `id` is a hash over all of them, made by the caller. */
export function ruleSetOf(rules: readonly Rule[], id: string, shipped = rules.length): RuleSet {
  const index: Record<string, number[]> = {};
  rules.forEach((rule, at) => {
    for (const key of new Set(rule.matchers.flatMap(keysOf))) {
      index[key] ??= [];
      index[key].push(at);
    }
  });
  return { id, rules, shipped, index, words: [...new Set(rules.flatMap(wordsOf))].sort() };
}

/** What the lexical scan of unreadable text looks for: program names, GraphQL fields, and the words of effects. */
function wordsOf(rule: Rule): string[] {
  return rule.matchers.flatMap((matcher) => {
    switch (matcher.kind) {
      case 'command':
        return matcher.name.flatMap((name) => (name === '*' ? (matcher.verb ?? []) : [name.replace(/\.\*$/, '')]));
      case 'graphql':
        return [...(matcher.field ?? [])];
      case 'file':
        return ['rm', 'shred', 'unlink', 'truncate', 'dd', 'mkfs', 'find', 'rsync', 'wipefs'];
      case 'sql':
        return ['drop', 'truncate', 'delete'];
      case 'git':
        return ['git'];
      case 'call':
        return [...matcher.name];
      default:
        return [];
    }
  });
}
