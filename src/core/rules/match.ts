// Matching: whether a fact satisfies a matcher. Conditions only compare; all reading of commands is done before.

import { isLocalHost } from '../facts/local-host.ts';
import type { CallFact, CommandFact, Fact, FileFact, GraphqlFact, HttpFact, Loss } from '../model/fact.ts';
import type {
  CallMatcher,
  CommandMatcher,
  FileMatcher,
  GraphqlMatcher,
  HttpMatcher,
  Matcher,
  Rule,
  RuleSet,
  TextMatcher,
} from '../model/rule.ts';
import { knownPrefix, textOf, type Word } from '../model/word.ts';
import { grammarOf } from '../programs/grammar.ts';
import { identifierWords, isHarmlessVerb, verbsOf } from './identifier.ts';

export { isLocalHost } from '../facts/local-host.ts';

/**
 * The rules of a set that match a fact, in the set's order. A general rule, for any program or any service, counts only
 * where no shipped rule of that program or service matches: whoever wrote one knows better what the words mean. A rule
 * that a project or a user adds silences nothing.
 */
export function matchingRules(fact: Fact, set: RuleSet): Rule[] {
  const candidates = new Set<number>();
  for (const key of indexKeys(fact)) for (const index of set.index[key] ?? []) candidates.add(index);
  const special: Rule[] = [];
  const general: Rule[] = [];
  let known = isOfProject(fact);
  for (const index of [...candidates].sort((a, b) => a - b)) {
    const rule = set.rules[index];
    const hits = rule?.matchers.filter((matcher) => matches(fact, matcher)) ?? [];
    if (rule === undefined || hits.length === 0) continue;
    const isSpecial = !hits.every(isGeneral);
    (isSpecial ? special : general).push(rule);
    known ||= isSpecial && index < set.shipped;
  }
  return known ? special : [...special, ...general];
}

/** Whether a matcher names neither a program nor a service. */
const isGeneral = (matcher: Matcher): boolean =>
  (matcher.kind === 'command' && matcher.name.includes('*')) ||
  (matcher.kind === 'graphql' && matcher.host === undefined && matcher.field === undefined) ||
  (matcher.kind === 'http' && matcher.host === undefined && matcher.path === undefined);

/** A program called by a relative path is the project's own, often just being written. */
const isOfProject = (fact: Fact): boolean =>
  fact.kind === 'command' && /^[^/~]+\//.test(knownPrefix(fact.invocation.program));

/** Where the rules for a fact stand in the index. */
function indexKeys(fact: Fact): string[] {
  if (fact.kind !== 'command') return [fact.kind];
  const family = fact.name.indexOf('.');
  return [`command:${fact.name}`, ...(family > 0 ? [`command:${fact.name.slice(0, family)}.*`] : []), 'command:*'];
}

/** The index keys under which a matcher must be found. */
export const keysOf = (matcher: Matcher): string[] =>
  matcher.kind === 'command' ? matcher.name.map((name) => `command:${name}`) : [matcher.kind];

export function matches(fact: Fact, matcher: Matcher): boolean {
  if (fact.kind === 'command') return matcher.kind === 'command' && matchesCommand(fact, matcher);
  if (fact.kind === 'file') return matcher.kind === 'file' && matchesFile(fact, matcher);
  if (fact.kind === 'sql') {
    return (
      matcher.kind === 'sql' &&
      oneOf(fact.op, matcher.op) &&
      oneOf(fact.object, matcher.object) &&
      is(fact.limited, matcher.limited) &&
      is(fact.cascade, matcher.cascade)
    );
  }
  if (fact.kind === 'graphql') return matcher.kind === 'graphql' && matchesGraphql(fact, matcher);
  if (fact.kind === 'http') return matcher.kind === 'http' && matchesHttp(fact, matcher);
  if (fact.kind === 'git')
    return matcher.kind === 'git' && oneOf(fact.op, matcher.op) && is(fact.forced, matcher.forced);
  if (fact.kind === 'flow')
    return matcher.kind === 'flow' && oneOf(fact.from, matcher.from) && oneOf(fact.to, matcher.to);
  if (fact.kind === 'env')
    return matcher.kind === 'env' && oneOf(fact.name, matcher.name) && matchesText(fact.value, matcher.value);
  if (fact.kind === 'call') return matcher.kind === 'call' && matchesCall(fact, matcher);
  return matcher.kind === 'opaque' && oneOf(fact.code.reason, matcher.reason);
}

const oneOf = (value: string, allowed: readonly string[] | undefined): boolean =>
  allowed === undefined || allowed.includes(value);
const is = (value: boolean, wanted: boolean | undefined): boolean => wanted === undefined || value === wanted;

/** A word that is not fully known matches by what is known of it, and never `is`. */
function matchesText(word: Word, matcher: TextMatcher | undefined): boolean {
  if (matcher === undefined) return true;
  const text = textOf(word);
  if (matcher.is !== undefined) return text !== undefined && matcher.is.includes(text);
  const known = text ?? knownPrefix(word);
  if (matcher.startsWith !== undefined) return matcher.startsWith.some((start) => known.startsWith(start));
  if (matcher.endsWith !== undefined) return text !== undefined && matcher.endsWith.some((end) => text.endsWith(end));
  return matcher.contains?.some((part) => known.toLowerCase().includes(part.toLowerCase())) ?? true;
}

function matchesCommand(fact: CommandFact, matcher: CommandMatcher): boolean {
  if (fact.inert) return false;
  if (
    !matcher.name.some(
      (name) => name === '*' || name === fact.name || (name.endsWith('.*') && fact.name.startsWith(name.slice(0, -1))),
    )
  )
    return false;
  const length = subcommandLength(fact, matcher);
  if (length === undefined || matcher.notSubcommand?.some((path) => startsWith(fact.subcommand, path.split(' '))))
    return false;
  const hasFlag = (flag: string) => flagIsSet(fact, flag);
  if (matcher.anyFlag !== undefined && !matcher.anyFlag.some(hasFlag)) return false;
  if (matcher.allFlags !== undefined && !matcher.allFlags.every(hasFlag)) return false;
  if (matcher.noFlag?.some(hasFlag)) return false;
  const positionals = fact.positionals.slice(length);
  if (matcher.positional !== undefined && !positionals.some((word) => matchesText(word, matcher.positional)))
    return false;
  if (matcher.minPositionals !== undefined && positionals.length < matcher.minPositionals) return false;
  return matcher.maxPositionals === undefined || positionals.length <= matcher.maxPositionals;
}

/** How many words the matched subcommand takes; undefined where none matches. */
function subcommandLength(fact: CommandFact, matcher: CommandMatcher): number | undefined {
  let length = 0;
  if (matcher.subcommand !== undefined) {
    const path = matcher.subcommand.map((text) => text.split(' ')).find((words) => startsWith(fact.subcommand, words));
    if (path === undefined) return undefined;
    length = path.length;
  }
  if (matcher.verb === undefined) return length;
  const anyProgram = matcher.name.includes('*');
  const end = Math.min(grammarOf(fact.name).depth, fact.subcommand.length);
  for (let at = length; at < end; at += 1) {
    const word = fact.subcommand[at] as string;
    if (verbsOf(word).some((piece) => matcher.verb?.includes(piece))) return at + 1;
    // The first verb says what a call does; behind it stand names (`instances create delete-me-later`).
    if (isHarmlessVerb(word) || (anyProgram && runners.has(word))) return undefined;
  }
  return undefined;
}

/** Behind these words stands another command, which has facts of its own where it is known. */
const runners = new Set(['run', 'exec', 'shell', 'ssh', 'x', 'dlx', 'with']);

const startsWith = (subcommand: readonly string[], words: readonly string[]): boolean =>
  words.every((word, index) => (word === '*' ? subcommand[index] !== undefined : subcommand[index] === word));

function flagIsSet(fact: CommandFact, flag: string): boolean {
  const equals = flag.indexOf('=');
  const aliases = grammarOf(fact.name).options.aliases;
  const spelled = equals < 0 ? flag : flag.slice(0, equals);
  const name = aliases.get(spelled) ?? spelled;
  if (!fact.flags.has(name)) return false;
  const value = textOf(fact.flags.get(name));
  if (equals >= 0) return value === flag.slice(equals + 1);
  return value !== 'false';
}

function matchesCall(fact: CallFact, matcher: CallMatcher): boolean {
  return (
    oneOf(fact.library, matcher.library) &&
    oneOf(fact.name, matcher.name) &&
    is(fact.limited, matcher.limited) &&
    (matcher.anyOption === undefined || matcher.anyOption.some((each) => optionIsSet(fact, each)))
  );
}

function optionIsSet({ options }: CallFact, wanted: string): boolean {
  const equals = wanted.indexOf('=');
  if (equals < 0) return options.has(wanted);
  return textOf(options.get(wanted.slice(0, equals)))?.toLowerCase() === wanted.slice(equals + 1);
}

function matchesFile(fact: FileFact, matcher: FileMatcher): boolean {
  return (
    oneOf(fact.op, matcher.op) &&
    oneOf(fact.zone, matcher.zone) &&
    oneOf(fact.nature, matcher.nature) &&
    !matcher.notNature?.includes(fact.nature) &&
    is(fact.recursive, matcher.recursive) &&
    is(fact.many, matcher.many) &&
    is(fact.recreated, matcher.recreated) &&
    is(fact.asks, matcher.asks) &&
    matchesLoss(fact.loss, matcher.loss)
  );
}

/** What git keeps, what was just made and what is only edited is the business of rules that say so. */
const slight: ReadonlySet<Loss> = new Set(['nothing', 'committed', 'session', 'edited', 'each-other']);

const matchesLoss = (loss: Loss | undefined, wanted: readonly Loss[] | undefined): boolean =>
  wanted === undefined ? loss === undefined || !slight.has(loss) : loss !== undefined && wanted.includes(loss);

function matchesGraphql(fact: GraphqlFact, matcher: GraphqlMatcher): boolean {
  if (!oneOf(fact.operation, matcher.operation) || !oneOf(fact.field, matcher.field)) return false;
  if (matcher.host !== undefined && !matchesHost(fact.host, matcher.host)) return false;
  if (matcher.localHost !== undefined && isLocalHost(fact.host) !== matcher.localHost) return false;
  if (matcher.verb !== undefined && !hasVerb(fact.field, matcher.verb)) return false;
  return (
    matcher.argument === undefined || Object.values(fact.arguments).some((word) => matchesText(word, matcher.argument))
  );
}

/** `volumeDelete`, `softDeleteUser`; `scheduleDeleteCancel` takes a deletion back. */
function hasVerb(field: string, verbs: readonly string[]): boolean {
  const words = identifierWords(field);
  const undone = words.length > 1 && words.at(-1) === 'cancel';
  return (undone ? words.slice(-1) : words).some((word) => verbs.includes(word));
}

function matchesHttp(fact: HttpFact, matcher: HttpMatcher): boolean {
  if (!oneOf(fact.method, matcher.method)) return false;
  if (matcher.host !== undefined && !matchesHost(fact.host, matcher.host)) return false;
  if (matcher.localHost !== undefined && isLocalHost(fact.host) !== matcher.localHost) return false;
  return (
    matcher.path === undefined ||
    matcher.path.some((pattern) => matchesPath(textOf(fact.path) ?? knownPrefix(fact.path), pattern))
  );
}

/** `api.acme.com` exactly, `.acme.com` for it and all below it. A host that is not known matches nothing. */
function matchesHost(host: Word, patterns: readonly string[]): boolean {
  const text = textOf(host);
  return (
    text !== undefined &&
    patterns.some((pattern) => (pattern.startsWith('.') ? `.${text}`.endsWith(pattern) : text === pattern))
  );
}

function matchesPath(path: string, pattern: string): boolean {
  const wanted = pattern.split('/').filter((segment) => segment !== '');
  const given = path.split('/').filter((segment) => segment !== '');
  for (const [index, segment] of wanted.entries()) {
    if (segment === '**') return true;
    if (given[index] === undefined || (segment !== '*' && segment !== given[index])) return false;
  }
  return given.length === wanted.length;
}
