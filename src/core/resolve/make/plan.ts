// The plan: which recipes make would run for its goals, in order. Whether a file is newer than another is not looked at.
import { matchesPattern } from '../glob.ts';
import { joinTexts, known, plainText, type Text, wordsOfText } from '../tasks/text.ts';
import { type Context, stemOf } from './expand.ts';
import type { MakefileSource, RecipeLine, Rule, TargetVariable } from './makefile.ts';
import { assignVariable, patternOf } from './read.ts';

/** One recipe for one target. */
export interface Step {
  readonly target: string;
  readonly lines: readonly RecipeLine[];
  readonly source: MakefileSource;
  /** Expands the lines: `$@` and the variables of the target are in it. */
  readonly context: Context;
}

export interface Makefile {
  readonly rules: readonly Rule[];
  readonly targetVariables: readonly TargetVariable[];
  readonly context: Context;
}

/** Recipes of one plan, and targets that one pattern is followed for. */
const maxSteps = 400;
const maxPerPattern = 12;

/** The goal where none is given: the first target that is no pattern and does not start with a dot. */
export function defaultGoal({ rules, context }: Makefile): string | undefined {
  const value = context.variables.get('.DEFAULT_GOAL')?.values[0];
  const chosen = value?.flavor === 'recursive' ? value.raw : plainText(value?.text ?? []);
  if (chosen !== undefined && chosen.trim() !== '') return chosen.trim();
  return rules
    .flatMap(({ targets }) => targets.map(plainText))
    .find((name) => name !== undefined && !name.includes('%') && (!name.startsWith('.') || name.includes('/')));
}

/** What the goals run. Targets that need each other in a circle are made once. */
export function planOf(makefile: Makefile, goals: readonly string[], exists: (path: string) => boolean): Plan {
  const planner = new Planner(makefile, exists);
  for (const goal of goals) planner.visit(goal, makefile.context, 0);
  return { steps: planner.steps, complete: planner.steps.length < maxSteps };
}

export interface Plan {
  readonly steps: readonly Step[];
  /** False where a bound cut it off. */
  readonly complete: boolean;
}

/** Files and folders that one makefile is said to make, at most. */
const maxRebuilt = 500;

/**
 * Paths that the rules make: targets with a recipe that does more than make a folder, and folders that hold such targets
 * and nothing that a rule only reads.
 */
export function rebuiltBy({ rules }: Makefile): ReadonlySet<string> {
  const names = (pick: (rule: Rule) => readonly Text[], from = rules): readonly string[] =>
    from.flatMap((rule) => pick(rule).flatMap((word) => plainText(word) ?? []));
  const phony = phonyTargets({ rules });
  const made = names(({ targets }) => targets, rules.filter(makesMore)).filter(
    (name) => !phony.has(name) && !name.includes('%') && !/^\.[A-Z_]+$/.test(name),
  );
  const own = new Set(made.slice(0, maxRebuilt));
  const read = names(({ prerequisites }) => prerequisites).filter((name) => !own.has(name));
  const folders = made.flatMap((name) => (name.includes('/') ? [name.slice(0, name.lastIndexOf('/'))] : []));
  for (const folder of new Set(folders))
    if (own.size < maxRebuilt * 2 && !read.some((name) => name.startsWith(`${folder}/`))) own.add(folder);
  return own;
}

/** Names that stand for no file. */
const phonyTargets = ({ rules }: Pick<Makefile, 'rules'>): ReadonlySet<string> =>
  new Set(
    rules
      .filter(({ targets }) => targets.some((word) => plainText(word) === '.PHONY'))
      .flatMap(({ prerequisites }) => prerequisites.flatMap((word) => plainText(word) ?? [])),
  );

/** Making a folder gives nothing back that stood in it. */
const makesMore = ({ recipe }: Rule): boolean =>
  recipe.some(({ text }) => text.trim() !== '' && !/^[\s@+-]*(?:mkdir|touch|install -d|echo|:)(?:\s|$)/.test(text));

/** A rule as it applies to one target. */
interface Match {
  readonly rule: Rule;
  readonly stem: string | undefined;
}

class Planner {
  readonly steps: Step[] = [];
  readonly #makefile: Makefile;
  readonly #exists: (path: string) => boolean;
  readonly #visited = new Set<string>();
  /** Rules by the names of their targets, and those whose targets are patterns or not known. */
  readonly #byName = new Map<string, Match[]>();
  readonly #patterns: { readonly rule: Rule; readonly pattern: string }[] = [];
  readonly #guesses: { readonly rule: Rule; readonly pattern: string }[] = [];
  readonly #uses = new Map<Rule, number>();
  readonly #phony: ReadonlySet<string>;

  constructor(makefile: Makefile, exists: (path: string) => boolean) {
    this.#makefile = makefile;
    this.#exists = exists;
    this.#phony = phonyTargets(makefile);
    for (const rule of makefile.rules) for (const target of rule.targets) this.#list(rule, target);
  }

  #list(rule: Rule, target: Text): void {
    const name = plainText(target);
    if (name === undefined) {
      this.#guesses.push({ rule, pattern: patternOf(target) });
      return;
    }
    const suffixes = /^(\.[^./]+)(\.[^./]+)?$/.exec(name);
    if (name.includes('%') && rule.pattern === undefined) this.#patterns.push({ rule, pattern: name });
    else if (suffixes !== null && rule.recipe.length > 0)
      this.#patterns.push({ rule, pattern: `%${suffixes[2] ?? ''}` });
    else {
      const stem = rule.pattern === undefined ? undefined : stemOf(name, rule.pattern);
      const listed = this.#byName.get(name);
      if (listed === undefined) this.#byName.set(name, [{ rule, stem }]);
      else listed.push({ rule, stem });
    }
  }

  /** A target with all that comes before it. Variables of a target hold for its prerequisites too. */
  visit(target: string, outer: Context, depth: number): void {
    if (this.#visited.has(target) || this.steps.length >= maxSteps || depth > 200) return;
    this.#visited.add(target);
    const matches = this.#matchesFor(target);
    if (matches.length === 0) return;
    const context = this.#withVariables(target, outer);
    const before = matches.flatMap(({ rule, stem }) => rule.prerequisites.map((word) => filled(word, stem)));
    const orderOnly = matches.flatMap(({ rule, stem }) => rule.orderOnly.map((word) => filled(word, stem)));
    for (const word of [...before, ...orderOnly]) this.#visitWord(word, context, depth);
    for (const { rule, stem } of recipesAmong(matches)) {
      if (this.steps.length >= maxSteps) return;
      const locals = automatic(target, stem, before, orderOnly, context);
      this.steps.push({ target, lines: rule.recipe, source: rule.source, context: { ...context, locals } });
    }
  }

  /** A prerequisite of which a part is known stands for every target that fits. */
  #visitWord(word: Text, context: Context, depth: number): void {
    const name = plainText(word);
    if (name !== undefined) {
      this.visit(name, context, depth + 1);
      return;
    }
    const pattern = patternOf(word);
    if (/^\*+$/.test(pattern)) return;
    for (const each of this.#byName.keys()) if (matchesPattern(each, pattern)) this.visit(each, context, depth + 1);
  }

  /** The target's own rules; one whose recipe a pattern gives takes that; else a target that may have this name. */
  #matchesFor(target: string): readonly Match[] {
    const own = this.#byName.get(target) ?? [];
    if (own.some(({ rule }) => rule.recipe.length > 0)) return own;
    if (this.#phony.has(target)) return own;
    const implied = this.#implied(target);
    if (implied.length > 0 || own.length > 0) return [...implied, ...own];
    const guessed = this.#guesses.filter(({ pattern }) => matchesPattern(target, pattern));
    if (guessed.length > 0) return guessed.map(({ rule }) => ({ rule, stem: undefined }));
    return this.#exists(target) ? [] : (this.#byName.get('.DEFAULT') ?? []);
  }

  /** Pattern rules whose prerequisites are there or can be made; the one with the shortest stem comes first. */
  #implied(target: string): readonly Match[] {
    const found = this.#patterns.flatMap(({ rule, pattern }): Match[] => {
      const stem = stemOf(target, pattern);
      if (stem === undefined || stem === '' || rule.recipe.length === 0) return [];
      return rule.prerequisites.every((word) => this.#canBeMade(filled(word, stem))) ? [{ rule, stem }] : [];
    });
    const [best] = found.toSorted((a, b) => (a.stem?.length ?? 0) - (b.stem?.length ?? 0));
    if (best === undefined) return [];
    const uses = (this.#uses.get(best.rule) ?? 0) + 1;
    this.#uses.set(best.rule, uses);
    return uses > maxPerPattern ? [] : [best];
  }

  #canBeMade(word: Text): boolean {
    const name = plainText(word);
    return (
      name === undefined ||
      this.#byName.has(name) ||
      this.#exists(name) ||
      this.#patterns.some(({ rule, pattern }) => {
        const stem = stemOf(name, pattern);
        return (
          stem !== undefined && rule.prerequisites.every((each) => this.#exists(plainText(filled(each, stem)) ?? ''))
        );
      })
    );
  }

  #withVariables(target: string, outer: Context): Context {
    const own = this.#makefile.targetVariables.filter(({ targets }) =>
      targets.some((word) => {
        const name = plainText(word);
        return name === undefined ? matchesPattern(target, patternOf(word)) : stemOf(target, name) !== undefined;
      }),
    );
    if (own.length === 0) return outer;
    const variables = outer.variables.layer();
    const context = { ...outer, variables };
    for (const { definition, isOverride, isExported, uncertain } of own) {
      assignVariable(definition, isOverride ? 'override' : 'file', variables, context, uncertain);
      if (isExported) variables.export(definition.name, true);
    }
    return context;
  }
}

/** Of several rules for one target the last recipe counts, unless each has its own (`::`) or nobody knows which is there. */
function recipesAmong(matches: readonly Match[]): readonly Match[] {
  const withRecipe = matches.filter(({ rule }) => rule.recipe.length > 0);
  if (withRecipe.every(({ rule }) => rule.isDouble)) return withRecipe;
  const lastSure = withRecipe.findLastIndex(({ rule }) => !rule.uncertain);
  return withRecipe.slice(Math.max(lastSure, 0));
}

/** A prerequisite with its stem filled in. */
function filled(word: Text, stem: string | undefined): Text {
  if (stem === undefined) return word;
  let isFilled = false;
  return joinTexts(
    word.map((piece): Text => {
      if (typeof piece !== 'string' || isFilled || !piece.includes('%')) return [piece];
      isFilled = true;
      return known(piece.replace('%', () => stem));
    }),
  );
}

/** `$@`, `$<`, `$^`, `$+`, `$?`, `$*`, `$|`. */
function automatic(
  target: string,
  stem: string | undefined,
  prerequisites: readonly Text[],
  orderOnly: readonly Text[],
  context: Context,
): ReadonlyMap<string, Text> {
  const distinct = [...new Map(prerequisites.map((word) => [plainText(word) ?? JSON.stringify(word), word])).values()];
  const all = joinTexts(distinct, ' ');
  return new Map<string, Text>([
    ...context.locals,
    ['@', known(target)],
    ['%', known('')],
    ['<', distinct[0] ?? []],
    ['^', all],
    ['+', joinTexts(prerequisites, ' ')],
    ['?', all],
    ['*', known(stem ?? '')],
    ['|', joinTexts(orderOnly, ' ')],
  ]);
}

/** The goals of a command line, and what stands for a goal that is not known. */
export const goalNames = (goals: readonly Text[]): readonly string[] =>
  goals.flatMap((goal) => wordsOfText(goal).map(patternOf));
