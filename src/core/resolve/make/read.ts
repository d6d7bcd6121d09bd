// Reading a makefile: variables, conditionals, includes and rules, in the order in which make reads them.
import { joinWords, piecesOf } from '../../model/word.ts';
import { emptyText, joinTexts, plainText, type Text, wordOfText, wordsOfText } from '../tasks/text.ts';
import { type Context, closing, expand } from './expand.ts';
import { textWithKept } from './functions.ts';
import { type Definition, definitionIn, findOutside, type Line, LineReader, withoutComment } from './lines.ts';
import type { MakefileSource, RecipeLine, Rule, TargetVariable } from './makefile.ts';
import { appended, type Source, type Variables } from './variables.ts';

/** What a reading needs besides the text. */
export interface Reading {
  readonly variables: Variables;
  readonly context: Context;
  readonly rules: Rule[];
  readonly targetVariables: TargetVariable[];
  /** Where the reading stands, for what runs meanwhile. */
  place: { source: MakefileSource; line: number };
  /** Reads another makefile; false where there is none. */
  include(path: string): boolean;
  /** Included files that are not there: make tries to make them. */
  readonly missing: string[];
  /** False once too many lines were read. */
  countLine(): boolean;
}

/** One `ifeq`: what its branches so far said. */
interface Condition {
  state: 'taken' | 'skipped' | 'unknown';
  /** A branch was certainly taken; all others are not. */
  isDone: boolean;
  isUnknown: boolean;
}

/** Reads one text; what it defines comes to stand in the reading. */
export function readMakefile(text: string, source: MakefileSource, reading: Reading, first = 1): void {
  new MakefileReader(text, source, reading, first).read();
}

class MakefileReader {
  readonly #lines: LineReader;
  readonly #source: MakefileSource;
  readonly #reading: Reading;
  readonly #conditions: Condition[] = [];
  #rule: Rule | undefined;

  constructor(text: string, source: MakefileSource, reading: Reading, first: number) {
    this.#lines = new LineReader(text, first);
    this.#source = source;
    this.#reading = reading;
  }

  read(): void {
    const outer = this.#reading.place;
    for (let line = this.#lines.next(this.#prefix()); line; line = this.#lines.next(this.#prefix())) {
      if (!this.#reading.countLine()) break;
      this.#reading.place = { source: this.#source, line: line.number };
      this.#line(line);
    }
    this.#reading.place = outer;
  }

  #prefix(): string {
    const [value] = this.#reading.variables.get('.RECIPEPREFIX')?.values ?? [];
    const text = value?.flavor === 'recursive' ? value.raw : plainText(value?.text ?? emptyText);
    return text?.[0] ?? '\t';
  }

  #line(line: Line): void {
    const prefix = this.#prefix();
    if (line.text.startsWith(prefix) && this.#rule !== undefined) {
      const text = line.text.slice(prefix.length).replaceAll(`\n${prefix}`, '\n');
      if (this.#isActive) this.#rule.recipe.push({ text, line: line.number });
      return;
    }
    const text = withoutComment(line.text.replaceAll('\n', ' ')).trim();
    if (text === '' || this.#conditional(text)) return;
    if (!this.#isActive) {
      if (/^(?:override\s+)?define\s/.test(text)) this.#definedText();
      return;
    }
    this.#statement(text, line.number);
  }

  get #isActive(): boolean {
    return this.#conditions.every(({ state }) => state !== 'skipped');
  }

  get #isUncertain(): boolean {
    return this.#conditions.some(({ state }) => state === 'unknown');
  }

  #expand(text: string): Text {
    return expand(text, this.#reading.context);
  }

  /** `ifeq`, `else`, `endif`; false where the line is something else. */
  #conditional(text: string): boolean {
    const word = /^(ifeq|ifneq|ifdef|ifndef|else|endif)(?=[\s("'#]|$)/.exec(text)?.[1];
    if (word === undefined) return false;
    const rest = text.slice(word.length).trim();
    if (word === 'endif') this.#conditions.pop();
    else if (word === 'else') this.#else(rest);
    else this.#open(this.#isActive ? this.#test(word, rest) : false);
    return true;
  }

  #open(verdict: boolean | undefined): void {
    this.#conditions.push({
      state: verdict === undefined ? 'unknown' : verdict ? 'taken' : 'skipped',
      isDone: verdict === true,
      isUnknown: verdict === undefined,
    });
  }

  #else(rest: string): void {
    const condition = this.#conditions.at(-1);
    if (condition === undefined) return;
    if (condition.isDone) {
      condition.state = 'skipped';
      return;
    }
    condition.state = 'taken';
    const word = /^(ifeq|ifneq|ifdef|ifndef)(?=[\s("'])/.exec(rest)?.[1];
    const verdict = word === undefined ? true : this.#isActive && this.#test(word, rest.slice(word.length).trim());
    if (verdict === undefined) condition.isUnknown = true;
    if (verdict === true) condition.isDone = true;
    condition.state = verdict === false ? 'skipped' : condition.isUnknown ? 'unknown' : 'taken';
  }

  /** True, false, or undefined where it depends on what is not known. */
  #test(word: string, rest: string): boolean | undefined {
    if (word === 'ifdef' || word === 'ifndef') {
      const name = plainText(this.#expand(rest))?.trim();
      const variable = name === undefined ? undefined : this.#reading.variables.get(name);
      const isDefined = variable?.values.map((value) =>
        value.flavor === 'recursive' ? value.raw !== '' : sureOf(value.text),
      );
      const verdict =
        isDefined === undefined ? false : isDefined.every((each) => each === isDefined[0]) ? isDefined[0] : undefined;
      return word === 'ifdef' || verdict === undefined ? verdict : !verdict;
    }
    const sides = sidesOf(rest);
    if (sides === undefined) return undefined;
    const [left, right] = sides.map((side) => joinTexts([this.#expand(side.trim())]));
    const [a, b] = [plainText(left ?? emptyText), plainText(right ?? emptyText)];
    if (a === undefined || b === undefined) return undefined;
    return (a.trim() === b.trim()) === (word === 'ifeq');
  }

  #statement(text: string, line: number): void {
    const definition = definitionIn(text);
    if (definition !== undefined) this.#assign(definition, 'file');
    else if (!this.#directive(text)) this.#ruleLine(text, line);
  }

  /** Lines that begin with a word of make's own; false where this is none. */
  #directive(text: string): boolean {
    const [word = ''] = /^\S+/.exec(text) ?? [];
    const rest = text.slice(word.length).trim();
    if (word === 'include' || word === '-include' || word === 'sinclude') this.#include(rest);
    else if (word === 'define') this.#define(rest, 'file');
    else if (word === 'undefine') this.#reading.variables.unset(plainText(this.#expand(rest)) ?? '');
    else if (word === 'override' && /^define\s/.test(rest)) this.#define(rest.slice(6).trim(), 'override');
    else if (word === 'override' || word === 'private')
      this.#assign(definitionIn(rest), word === 'override' ? 'override' : 'file');
    else if (word === 'export' || word === 'unexport') this.#export(rest, word === 'export');
    else return ['vpath', 'load', '-load'].includes(word);
    return true;
  }

  #include(rest: string): void {
    this.#rule = undefined;
    for (const word of wordsOfText(this.#expand(rest))) {
      const path = plainText(word);
      if (path === undefined) continue;
      const found = /[*?[]/.test(path) ? (this.#reading.context.services.files(path) ?? []) : [path];
      for (const each of found) if (!this.#reading.include(each)) this.#reading.missing.push(each);
    }
  }

  #assign(definition: Definition | undefined, source: Source): void {
    this.#rule = undefined;
    if (definition === undefined) return;
    const name = plainText(this.#expand(definition.name))?.trim();
    if (name !== undefined && name !== '')
      assignVariable(
        { ...definition, name },
        source,
        this.#reading.variables,
        this.#reading.context,
        this.#isUncertain,
      );
  }

  #export(rest: string, isExported: boolean): void {
    const { variables } = this.#reading;
    const definition = definitionIn(rest);
    if (definition !== undefined) {
      this.#assign(definition, 'file');
      variables.export(plainText(this.#expand(definition.name))?.trim() ?? '', isExported);
    } else if (rest === '') {
      if (isExported) variables.exportAll();
    } else for (const word of wordsOfText(this.#expand(rest))) variables.export(plainText(word) ?? '', isExported);
    this.#rule = undefined;
  }

  /** `define NAME [operator]` up to its `endef`. */
  #define(head: string, source: Source): void {
    this.#rule = undefined;
    const match = /^(\S+)\s*(:{1,3}=|[?+!]?=)?/.exec(head);
    const value = this.#definedText();
    const name = plainText(this.#expand(match?.[1] ?? ''))?.trim() ?? '';
    if (name === '') return;
    assignVariable(
      { name, operator: match?.[2] ?? '=', value },
      source,
      this.#reading.variables,
      this.#reading.context,
      this.#isUncertain,
    );
  }

  #definedText(): string {
    const body: string[] = [];
    let level = 1;
    for (let line = this.#lines.raw(); line; line = this.#lines.raw()) {
      const text = line.text.trim();
      if (/^define(\s|$)/.test(text)) level += 1;
      if (/^endef(\s|#|$)/.test(text)) level -= 1;
      if (level === 0) break;
      body.push(line.text);
    }
    return body.join('\n');
  }

  /** A rule, a variable of targets, or a text that turns into either when it is expanded. */
  #ruleLine(text: string, line: number): void {
    this.#rule = undefined;
    const colon = findOutside(text, (character) => character === ':');
    if (colon < 0) {
      const expanded = this.#expand(text);
      const made = textWithKept(expanded, this.#reading.context).trim();
      if (made.includes(':') && made !== text) this.#statement(made, line);
      return;
    }
    const isDouble = text[colon + 1] === ':';
    const rest = text.slice(colon + (isDouble ? 2 : 1)).trim();
    const targets = wordsOfText(this.#expand(text.slice(0, colon).replace(/&$/, '')));
    if (this.#targetVariable(targets, rest)) return;
    const semicolon = findOutside(rest, (character) => character === ';');
    const recipe: RecipeLine[] = semicolon < 0 ? [] : [{ text: rest.slice(semicolon + 1).trim(), line }];
    const head = semicolon < 0 ? rest : rest.slice(0, semicolon);
    this.#rule = {
      ...this.#prerequisites(head),
      targets,
      recipe,
      isDouble,
      uncertain: this.#isUncertain,
      source: this.#source,
      line,
    };
    this.#reading.rules.push(this.#rule);
  }

  #prerequisites(head: string): Pick<Rule, 'prerequisites' | 'orderOnly' | 'pattern'> {
    const colon = findOutside(head, (character) => character === ':');
    const pattern = colon < 0 ? undefined : plainText(this.#expand(head.slice(0, colon)))?.trim();
    const behind = head.slice(colon + 1);
    const bar = findOutside(behind, (character) => character === '|');
    return {
      pattern,
      prerequisites: wordsOfText(this.#expand(bar < 0 ? behind : behind.slice(0, bar))),
      orderOnly: bar < 0 ? [] : wordsOfText(this.#expand(behind.slice(bar + 1))),
    };
  }

  /** `deploy: export ENV = prod` */
  #targetVariable(targets: readonly Text[], rest: string): boolean {
    const modifiers = /^(?:(?:export|override|private)\s+)*/.exec(rest)?.[0] ?? '';
    const definition = definitionIn(rest.slice(modifiers.length));
    if (definition === undefined) return false;
    this.#reading.targetVariables.push({
      targets,
      definition,
      isOverride: modifiers.includes('override'),
      isExported: modifiers.includes('export'),
      uncertain: this.#isUncertain,
    });
    return true;
  }
}

/** Whether the text is certainly something or certainly nothing. */
const sureOf = (text: Text): boolean | undefined => {
  const plain = plainText(text);
  if (plain !== undefined) return plain !== '';
  return text.some((piece) => typeof piece === 'string') ? true : undefined;
};

/** `(a,b)`, `"a" "b"`, `'a' 'b'`. */
function sidesOf(rest: string): readonly string[] | undefined {
  if (rest.startsWith('(')) {
    const inner = rest.slice(1, closing(rest, 0));
    const comma = findOutside(inner, (character) => character === ',');
    return comma < 0 ? undefined : [inner.slice(0, comma), inner.slice(comma + 1)];
  }
  const match = /^(?:"([^"]*)"|'([^']*)')\s*(?:"([^"]*)"|'([^']*)')/.exec(rest);
  return match === null ? undefined : [match[1] ?? match[2] ?? '', match[3] ?? match[4] ?? ''];
}

/** Sets a variable as the operator says. `!=` runs its value. */
export function assignVariable(
  { name, operator, value }: Definition,
  source: Source,
  variables: Variables,
  context: Context,
  uncertain: boolean,
): void {
  const before = variables.get(name);
  if (operator === '?=') {
    if (before === undefined || before.source === 'default')
      variables.set(name, { flavor: 'recursive', raw: value }, source, uncertain);
  } else if (operator === '+=' && before !== undefined && before.source !== 'default') {
    const values = appended(before, value, (raw) => expand(raw, context));
    values.forEach((each, index) => {
      variables.set(name, each, source, uncertain || index > 0);
    });
  } else if (operator === '!=') {
    variables.set(name, { flavor: 'simple', text: context.services.shell(expand(value, context)) }, source, uncertain);
  } else if (operator.startsWith(':'))
    variables.set(name, { flavor: 'simple', text: expand(value, context) }, source, uncertain);
  else variables.set(name, { flavor: 'recursive', raw: value }, source, uncertain);
}

/** A target's name with `*` for each piece that is not known. */
export const patternOf = (text: Text): string =>
  piecesOf(joinWords([wordOfText(text)]))
    .map((piece) => piece ?? '*')
    .join('');
