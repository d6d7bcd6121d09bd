// The keys of a configuration file: what each may hold. A Tree goes in, Settings with the line of every value come out.
// What a layer may say at all is merge.ts's business.
import type { EnvironmentPatterns, KnownEnvironment, TableCell } from '../core/model/policy.ts';
import type { Severity } from '../core/model/rule.ts';
import type { EnvironmentName } from '../core/model/verdict.ts';
import { ConfigError } from './error.ts';
import { cells } from './model.ts';
import type { Tree, TreeEntry } from './tree.ts';

/** A value and the line it stands on. */
export interface At<T> {
  readonly value: T;
  readonly line: number;
}

export type PatternKind = keyof EnvironmentPatterns;

export interface Pattern extends At<string> {
  readonly environment: KnownEnvironment;
  readonly kind: PatternKind;
}

export interface Decision extends At<TableCell> {
  readonly severity: Severity;
  readonly environment: EnvironmentName;
  /** The word in the file: `typed`. */
  readonly word: string;
}

export interface Settings {
  readonly scope: At<readonly KnownEnvironment[]> | undefined;
  readonly patterns: readonly Pattern[];
  readonly decisions: readonly Decision[];
  readonly rulesOff: At<readonly At<{ readonly rule: string; readonly reason: string }>[]> | undefined;
  readonly ruleFolders: At<readonly string[]> | undefined;
  readonly endpoints: readonly (At<readonly string[]> & { readonly api: string })[];
  readonly rebuildable: At<readonly string[]> | undefined;
  readonly lookups: At<boolean> | undefined;
  readonly shell: At<string> | undefined;
  readonly audit: {
    readonly folder: At<string> | undefined;
    readonly keep: At<number> | undefined;
    readonly maxBytes: At<number> | undefined;
  };
}

export const knownEnvironments: readonly KnownEnvironment[] = ['production', 'staging', 'development', 'local'];
const patternKinds: readonly PatternKind[] = ['hosts', 'contexts', 'accounts', 'projects', 'paths'];
const severityNames: readonly Severity[] = ['low', 'medium', 'high', 'critical'];
const environmentNames: readonly EnvironmentName[] = [...knownEnvironments, 'unknown'];
/** APIs whose mutations guard's rules know by host. */
const apis = ['railway'] as const;

/** The settings in a file. Unknown keys, duplicate keys and wrong values throw ConfigError. */
export function readSettings(tree: Tree, file: string): Settings {
  const at = new Checker(file);
  const top = at.map(tree, 'the settings', [
    'scope',
    'environments',
    'decisions',
    'rules',
    'endpoints',
    'rebuildable',
    'lookups',
    'shell',
    'audit',
  ]);
  const rules = at.submap(top, 'rules', ['off', 'folders']);
  const audit = at.submap(top, 'audit', ['folder', 'keep', 'maxBytes']);
  return {
    scope: optional(top.get('scope'), (value) => at.located(value, at.oneOrMore(value, knownEnvironments))),
    patterns: readPatterns(at, top),
    decisions: readDecisions(at, top),
    rulesOff: optional(rules.get('off'), (value) =>
      at.located(
        value,
        at.list(value).map((item) => readRuleOff(at, item)),
      ),
    ),
    ruleFolders: optional(rules.get('folders'), (value) => at.located(value, at.texts(value, 'paths of folders'))),
    endpoints: readEndpoints(at, top),
    rebuildable: optional(top.get('rebuildable'), (value) =>
      at.located(
        value,
        at.list(value).map((item) => at.fileName(item)),
      ),
    ),
    lookups: optional(top.get('lookups'), (value) => at.located(value, at.boolean(value))),
    shell: optional(top.get('shell'), (value) => at.located(value, at.absolutePath(value))),
    audit: {
      folder: optional(audit.get('folder'), (value) => at.located(value, at.text(value, 'the path of a folder'))),
      keep: optional(audit.get('keep'), (value) => at.located(value, at.integer(value, 1, 1000))),
      maxBytes: optional(audit.get('maxBytes'), (value) => at.located(value, at.integer(value, 64 * 1024, 1024 ** 3))),
    },
  };
}

type Entries = ReadonlyMap<string, Tree>;

const optional = <T>(tree: Tree | undefined, read: (tree: Tree) => T): T | undefined =>
  tree === undefined ? undefined : read(tree);

function readPatterns(at: Checker, top: Entries): readonly Pattern[] {
  const environments = at.submap(top, 'environments', knownEnvironments);
  return knownEnvironments.flatMap((environment) => {
    const kinds = at.submap(environments, environment, patternKinds);
    return patternKinds.flatMap((kind) =>
      optionalList(at, kinds.get(kind)).map((item) => ({
        environment,
        kind,
        value: at.text(item, 'a name or a pattern such as *.prod.acme.com'),
        line: item.line,
      })),
    );
  });
}

const optionalList = (at: Checker, tree: Tree | undefined): readonly Tree[] =>
  tree === undefined ? [] : at.list(tree);

function readDecisions(at: Checker, top: Entries): readonly Decision[] {
  const bySeverity = at.submap(top, 'decisions', severityNames);
  return severityNames.flatMap((severity) =>
    [...at.submap(bySeverity, severity, environmentNames)].map(([environment, tree]) => {
      const word = at.oneOf(tree, Object.keys(cells));
      return {
        severity,
        environment: environment as EnvironmentName,
        word,
        value: cells[word] ?? 'deny',
        line: tree.line,
      };
    }),
  );
}

function readRuleOff(at: Checker, item: Tree): At<{ rule: string; reason: string }> {
  const entries = at.map(item, 'a rule to switch off', ['rule', 'reason']);
  const rule = at.required(entries, 'rule', item);
  const reason = at.required(entries, 'reason', item);
  return at.located(item, { rule: at.ruleName(rule), reason: at.text(reason, 'the reason, in words') });
}

function readEndpoints(at: Checker, top: Entries): Settings['endpoints'] {
  return [...at.submap(top, 'endpoints', apis)].map(([api, tree]) => ({
    api,
    line: tree.line,
    value: at.list(tree).map((item) => at.url(item)),
  }));
}

/** Reads one kind of value each; every complaint names what was expected. */
class Checker {
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  located<T>(tree: Tree, value: T): At<T> {
    return { value, line: tree.line };
  }

  map(tree: Tree, what: string, names: readonly string[]): Entries {
    if (isNull(tree)) return new Map();
    if (tree.kind !== 'map')
      throw this.#error(tree, `expected ${what} as keys and values (${names.join(', ')}), this is ${describe(tree)}`);
    const entries = new Map<string, Tree>();
    for (const entry of tree.entries) {
      this.#checkKey(entry, what, names, entries);
      entries.set(entry.key, entry.value);
    }
    return entries;
  }

  /** The map below a key; empty where the key is missing or says nothing. */
  submap(entries: Entries, key: string, names: readonly string[]): Entries {
    const tree = entries.get(key);
    return tree === undefined ? new Map() : this.map(tree, `"${key}"`, names);
  }

  required(entries: Entries, key: string, parent: Tree): Tree {
    const tree = entries.get(key);
    if (tree === undefined) throw this.#error(parent, `expected "${key}" here`);
    return tree;
  }

  list(tree: Tree): readonly Tree[] {
    if (tree.kind === 'list') return tree.items;
    throw this.#error(tree, `expected a list, this is ${describe(tree)}`);
  }

  texts(tree: Tree, what: string): readonly string[] {
    return this.list(tree).map((item) => this.text(item, what));
  }

  text(tree: Tree, what: string): string {
    const value = tree.kind === 'scalar' ? tree.value : undefined;
    if (typeof value === 'number') throw this.#error(tree, `expected ${what}; put quotes around ${value}`);
    if (typeof value !== 'string') throw this.#error(tree, `expected ${what}, this is ${describe(tree)}`);
    if (value.trim() === '') throw this.#error(tree, `expected ${what}, this is empty`);
    if (value.length > 1000) throw this.#error(tree, `expected ${what} of at most 1000 characters`);
    if (/[\p{Cc}\p{Cf}\uFFFD]/u.test(value))
      throw this.#error(tree, `expected ${what} without control or invisible characters`);
    return value;
  }

  oneOf<T extends string>(tree: Tree, names: readonly T[]): T {
    const value = tree.kind === 'scalar' ? tree.value : undefined;
    const found = names.find((name) => name === value);
    if (found !== undefined) return found;
    throw this.#error(tree, `expected one of ${names.join(', ')}, this is ${describe(tree)}${suggest(value, names)}`);
  }

  oneOrMore<T extends string>(tree: Tree, names: readonly T[]): readonly T[] {
    if (tree.kind !== 'list') return [this.oneOf(tree, names)];
    if (tree.items.length === 0) throw this.#error(tree, `expected at least one of ${names.join(', ')}`);
    return [...new Set(tree.items.map((item) => this.oneOf(item, names)))];
  }

  boolean(tree: Tree): boolean {
    if (tree.kind === 'scalar' && typeof tree.value === 'boolean') return tree.value;
    throw this.#error(tree, `expected true or false, this is ${describe(tree)}`);
  }

  integer(tree: Tree, least: number, most: number): number {
    const value = tree.kind === 'scalar' ? tree.value : undefined;
    if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return value;
    throw this.#error(tree, `expected a whole number from ${least} to ${most}, this is ${describe(tree)}`);
  }

  absolutePath(tree: Tree): string {
    const path = this.text(tree, 'an absolute path such as /bin/bash');
    if (path.startsWith('/')) return path;
    throw this.#error(tree, `expected an absolute path such as /bin/bash, this is ${describe(tree)}`);
  }

  /** A name, or the end of a path, that says something: `*` alone would make everything rebuildable. */
  fileName(tree: Tree): string {
    const expected = 'a name such as generated, *.pb.go or web/assets';
    const name = this.text(tree, expected);
    const segments = name.split('/');
    const isRelative = !/^[/~]/.test(name) && !segments.includes('..') && !segments.includes('');
    if (isRelative && segments.every((segment) => /[\p{L}\p{N}]/u.test(segment))) return name;
    throw this.#error(tree, `expected ${expected}, this is ${describe(tree)}`);
  }

  ruleName(tree: Tree): string {
    const name = this.text(tree, 'a rule such as git/force-push, or git/* for a whole pack');
    if (/^[a-z0-9-]{1,60}\/(?:[a-z0-9-]{1,80}|\*)$/.test(name)) return name;
    throw this.#error(
      tree,
      `expected a rule such as git/force-push, or git/* for a whole pack, this is ${describe(tree)}`,
    );
  }

  url(tree: Tree): string {
    const text = this.text(tree, 'a URL such as https://railway.acme.com/graphql/v2');
    const url = URL.canParse(text) ? new URL(text) : undefined;
    if (url === undefined || !['http:', 'https:'].includes(url.protocol)) {
      throw this.#error(tree, `expected a URL such as https://railway.acme.com/graphql/v2, this is ${describe(tree)}`);
    }
    if (url.username !== '' || url.password !== '')
      throw this.#error(tree, 'expected a URL without a user name or password in it');
    return text;
  }

  #checkKey(entry: TreeEntry, what: string, names: readonly string[], seen: Entries): void {
    if (seen.has(entry.key))
      throw new ConfigError(this.#file, entry.line, `"${entry.key}" stands here a second time; keep one`);
    if (names.includes(entry.key)) return;
    const hint = suggest(entry.key, names) || `; ${what} may hold: ${names.join(', ')}`;
    throw new ConfigError(this.#file, entry.line, `${quote(entry.key)} is not a key of ${what}${hint}`);
  }

  #error(tree: Tree, expected: string): ConfigError {
    return new ConfigError(this.#file, tree.line, expected);
  }
}

const isNull = (tree: Tree): boolean => tree.kind === 'scalar' && tree.value === null;

/** Hostile text in a message stays on its line. */
const quote = (text: string): string => JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}...` : text);

function describe(tree: Tree): string {
  if (tree.kind === 'map') return 'a map';
  if (tree.kind === 'list') return 'a list';
  if (tree.value === null) return 'empty';
  return typeof tree.value === 'string' ? quote(tree.value) : String(tree.value);
}

/** `; did you mean "hosts"?` where a known name is near enough to be a slip. */
function suggest(value: unknown, names: readonly string[]): string {
  if (typeof value !== 'string' || value.length > 30) return '';
  const text = value.toLowerCase();
  const [nearest] = names
    .map((name) => ({ name, steps: editDistance(text, name.toLowerCase()) }))
    .sort((a, b) => a.steps - b.steps);
  return nearest && nearest.steps <= Math.ceil(nearest.name.length / 3) ? `; did you mean "${nearest.name}"?` : '';
}

/** Levenshtein: insertions, deletions and replacements between two short texts. */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [index, character] of [...from].entries()) {
    const next = [index + 1];
    for (let column = 1; column <= to.length; column++) {
      const replaced = (row[column - 1] ?? 0) + (character === to[column - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
