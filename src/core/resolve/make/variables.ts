// Variables of make: values, where they come from, and which of them the recipes see.
import type { Variables as Environment } from '../../model/invocation.ts';
import { choiceOf, joinTexts, known, type Text, textOfWord } from '../tasks/text.ts';

export type Source = 'default' | 'environment' | 'file' | 'command line' | 'override';

/** A recursive value is expanded when it is used, a simple one was expanded when it was set. */
export type Value =
  | { readonly flavor: 'recursive'; readonly raw: string }
  | { readonly flavor: 'simple'; readonly text: Text };

export interface Variable {
  /** More than one where conditions that are not known decide between them. */
  readonly values: readonly Value[];
  readonly source: Source;
}

/** Values that one variable may have. */
const maxValues = 4;

/** What make defines by itself, where it names programs or folders. Source: GNU make manual, Variables Used by Implicit Rules. */
const defaults: Readonly<Record<string, string>> = {
  AR: 'ar',
  ARFLAGS: 'rv',
  AS: 'as',
  CC: 'cc',
  CXX: 'g++',
  CPP: '$(CC) -E',
  FC: 'f77',
  GET: 'get',
  LD: 'ld',
  LEX: 'lex',
  LINT: 'lint',
  M2C: 'm2c',
  MAKE: 'make',
  MAKEINFO: 'makeinfo',
  PC: 'pc',
  RM: 'rm -f',
  TEX: 'tex',
  YACC: 'yacc',
  'LINK.c': '$(CC) $(CFLAGS) $(CPPFLAGS) $(LDFLAGS)',
  'COMPILE.c': '$(CC) $(CFLAGS) $(CPPFLAGS) -c',
  'LINK.cc': '$(CXX) $(CXXFLAGS) $(CPPFLAGS) $(LDFLAGS)',
  'COMPILE.cc': '$(CXX) $(CXXFLAGS) $(CPPFLAGS) -c',
  SHELL: '/bin/sh',
  '.SHELLFLAGS': '-c',
  '.LIBPATTERNS': 'lib%.so lib%.a',
  '.RECIPEPREFIX': '',
  '.DEFAULT_GOAL': '',
  MAKE_VERSION: '4.4',
  MAKE_COMMAND: 'make',
  MAKECMDGOALS: '',
  MAKEFILE_LIST: '',
  OUTPUT_OPTION: '-o $@',
  SUFFIXES: '',
};

/** Variables that make does not take from its environment. */
const ownNames = new Set(['SHELL', 'MAKE', 'MAKEFLAGS', 'MAKELEVEL', 'CURDIR', 'MAKE_COMMAND']);

/** One table of variables; targets lay their own over the makefile's. */
export class Variables {
  readonly #own = new Map<string, Variable>();
  readonly #exported: Map<string, boolean>;
  readonly #parent: Variables | undefined;
  readonly #environment: Environment;
  /** `-e` */
  readonly #environmentWins: boolean;
  #exportsAll = false;

  constructor(environment: Environment, environmentWins: boolean, parent?: Variables) {
    this.#environment = environment;
    this.#environmentWins = environmentWins;
    this.#parent = parent;
    this.#exported = new Map();
  }

  /** A table whose changes stay its own. */
  layer(): Variables {
    return new Variables(this.#environment, this.#environmentWins, this);
  }

  get(name: string): Variable | undefined {
    for (let table: Variables | undefined = this; table; table = table.#parent) {
      const found = table.#own.get(name);
      if (found !== undefined) return found;
    }
    return this.#fromEnvironment(name) ?? this.#default(name);
  }

  #default(name: string): Variable | undefined {
    const raw = Object.hasOwn(defaults, name) ? defaults[name] : undefined;
    if (raw !== undefined) return { values: [{ flavor: 'recursive', raw }], source: 'default' };
    // Nothing is known of the caller's variables, so this one may be among them.
    return this.#isUnheardOf(name) && /^[A-Za-z_]\w*$/.test(name)
      ? { values: [{ flavor: 'simple', text: [{ kind: 'unknown', name }] }], source: 'default' }
      : undefined;
  }

  /** A variable of the caller; one of which nothing is known counts as unset. */
  #fromEnvironment(name: string): Variable | undefined {
    if (ownNames.has(name) || !/^[A-Za-z_]\w*$/.test(name) || this.#isUnheardOf(name)) return undefined;
    const word = this.#environment.get(name);
    if (word === undefined) return undefined;
    return { values: [{ flavor: 'simple', text: textOfWord(word, name) }], source: 'environment' };
  }

  #isUnheardOf(name: string): boolean {
    const word = this.#environment.get(name);
    return word?.kind === 'dynamic' && word.source === `$${name}` && word.known.length === 1;
  }

  /** Sets a value unless something stronger set it before. `uncertain`: a condition decides that is not known. */
  set(name: string, value: Value, source: Source, uncertain = false): void {
    const before = this.get(name);
    if (this.#isStronger(before, source)) return;
    const values =
      uncertain && before !== undefined && before.source !== 'default' ? [...before.values, value] : [value];
    this.#own.set(name, { values: distinct(values).slice(-maxValues), source });
  }

  #isStronger(before: Variable | undefined, source: Source): boolean {
    if (source === 'override' || source === 'command line' || before === undefined) return false;
    if (before.source === 'command line' || before.source === 'override') return true;
    return before.source === 'environment' && this.#environmentWins;
  }

  unset(name: string): void {
    this.#own.set(name, { values: [{ flavor: 'simple', text: known('') }], source: 'file' });
  }

  export(name: string, isExported: boolean): void {
    this.#exported.set(name, isExported);
  }

  exportAll(): void {
    this.#exportsAll = true;
  }

  /** Names that recipes see: exported ones, those of the command line, and the caller's own that were set anew. */
  exportedNames(): readonly string[] {
    const decided = new Map<string, boolean>();
    const tables = this.#tables();
    const isAll = tables.some((table) => table.#exportsAll);
    for (const table of tables) {
      for (const [name, { source }] of table.#own) {
        const isSeen = source === 'command line' || isAll;
        if (isSeen || this.#isInEnvironment(name)) decided.set(name, true);
      }
      for (const [name, isExported] of table.#exported) decided.set(name, isExported);
    }
    return [...decided].filter(([name, isExported]) => isExported && /^[A-Za-z_]\w*$/.test(name)).map(([name]) => name);
  }

  #isInEnvironment(name: string): boolean {
    return !ownNames.has(name) && this.#environment.get(name) !== undefined && !this.#isUnheardOf(name);
  }

  /** From the outermost table to this one. */
  #tables(): readonly Variables[] {
    return this.#parent === undefined ? [this] : [...this.#parent.#tables(), this];
  }
}

const distinct = (values: readonly Value[]): readonly Value[] => [
  ...new Map(values.map((value) => [JSON.stringify(value), value])).values(),
];

/** `+=`: each value with the text behind it. */
export function appended(before: Variable, raw: string, expand: (raw: string) => Text): readonly Value[] {
  return before.values.map((value) =>
    value.flavor === 'recursive'
      ? { flavor: 'recursive', raw: value.raw === '' ? raw : `${value.raw} ${raw}` }
      : { flavor: 'simple', text: joinTexts(value.text.length === 0 ? [expand(raw)] : [value.text, expand(raw)], ' ') },
  );
}

/** All that a variable may hold, as one text. */
export const textOfValues = (values: readonly Value[], expand: (raw: string) => Text): Text =>
  choiceOf(values.map((value) => (value.flavor === 'simple' ? value.text : expand(value.raw))));
