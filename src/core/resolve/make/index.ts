// make: from its command line to what it runs: commands of the makefile's own reading first, then recipes.
import type { Assignment, Invocation } from '../../model/invocation.ts';
import type { World } from '../../model/observation.ts';
import { knownPrefix, showWord, staticWord, textOf, type Word } from '../../model/word.ts';
import { matchesPattern } from '../glob.ts';
import type { Inner } from '../launcher.ts';
import { stdinText } from '../output.ts';
import { absolutePath, normalizePath } from '../paths.ts';
import { readFile, shownFrom, unreadTask } from '../task-file.ts';
import {
  joinTexts,
  known,
  plainText,
  shellText,
  type Text,
  textOfWord,
  unknownText,
  variantsOf,
  wordOfText,
  wordsOfText,
} from '../tasks/text.ts';
import { folderOf, handedDown, type MakeCall, readMakeCall } from './command-line.ts';
import { type Context, expand, type Services, variableText } from './expand.ts';
import type { ReadingCommand } from './makefile.ts';
import { defaultGoal, goalNames, planOf, rebuiltBy, type Step } from './plan.ts';
import { type Reading, readMakefile } from './read.ts';
import { Variables } from './variables.ts';

/** Bounds of one make: characters of expanded texts, lines and files that are read, folders that are listed, commands that are run. */
const limits = { expanded: 2_000_000, lines: 40_000, files: 80, folders: 40, commands: 900 } as const;

/** Names that make looks for, in this order. Source: GNU make manual, Makefile Names. */
const defaultNames = ['GNUmakefile', 'makefile', 'Makefile'];

/** What one `make` runs. Without a makefile it runs nothing that matters: its built-in rules only compile. */
export function runMake(call: Invocation, world: World): readonly Inner[] {
  if (call.host.kind !== 'local') return [];
  const line = readMakeCall(call.args, textOf(call.env.get('MAKEFLAGS')));
  return line.harmless ? [] : new Make(call, line, world).run();
}

class Make {
  readonly #call: Invocation;
  readonly #line: MakeCall;
  readonly #world: World;
  readonly #cwd: Word;
  readonly #variables: Variables;
  readonly #context: Context;
  readonly #reading: Reading;
  readonly #commands = new Map<string, ReadingCommand>();
  readonly #openFiles = new Set<string>();
  readonly #unread: Inner[] = [];
  readonly #kept = new Map<string, Text>();
  #rebuilds: ReadonlySet<string> = new Set();
  readonly #environments = new Map<Variables, Map<number, readonly Assignment[]>>();
  #oneShell = false;
  #expanded = 0;
  #lines = 0;
  #files = 0;
  #folders = 0;

  constructor(call: Invocation, line: MakeCall, world: World) {
    this.#call = call;
    this.#line = line;
    this.#world = world;
    this.#cwd = folderOf(line, call.cwd);
    this.#variables = new Variables(call.env, line.environmentWins);
    this.#context = { variables: this.#variables, locals: this.#kept, services: this.#services() };
    this.#reading = {
      variables: this.#variables,
      context: this.#context,
      rules: [],
      targetVariables: [],
      place: { source: { label: 'Makefile', path: '' }, line: 1 },
      missing: [],
      include: (path) => this.#include(staticWord(path)),
      countLine: () => {
        this.#lines += 1;
        return this.#lines <= limits.lines;
      },
    };
  }

  run(): readonly Inner[] {
    this.#define();
    if (!this.#readFiles()) return this.#unread;
    const makefile = { ...this.#reading, context: this.#context };
    const given = goalNames(this.#line.goals.map((word) => textOfWord(word, 'goal')));
    const first = defaultGoal(makefile);
    const goals = given.length > 0 ? given : first === undefined ? [] : [first];
    const exists = (path: string): boolean => this.#exists(path);
    // Make makes an included file that is not there, whatever else it was told.
    const included = planOf({ ...makefile, rules: makefile.rules.filter(isExplicit) }, this.#reading.missing, exists);
    const plan = planOf(makefile, goals, exists);
    this.#oneShell = makefile.rules.some(({ targets }) => targets.some((word) => plainText(word) === '.ONESHELL'));
    this.#rebuilds = new Set(
      [...rebuiltBy(makefile)].map((path) => absolutePath(staticWord(path), this.#cwd) ?? normalizePath(path)),
    );
    const recipes = [
      ...included.steps.flatMap((step) => this.#recipe(step, false)),
      ...plan.steps.flatMap((step) => this.#recipe(step, this.#line.dryRun)),
    ];
    const all = [...[...this.#commands.values()].flatMap((command) => this.#readingCommand(command)), ...recipes];
    const isWhole = plan.complete && this.#expanded <= limits.expanded && all.length <= limits.commands;
    const cut = isWhole ? [] : [unreadTask('make', 'the makefile does more than is followed')];
    return [...all.slice(0, limits.commands), ...this.#unread, ...cut];
  }

  /** What make itself defines, and what its command line says. */
  #define(): void {
    const cwd = textOf(this.#cwd);
    const simple = (text: Text) => ({ flavor: 'simple', text }) as const;
    const folder = cwd?.startsWith('/') ? known(normalizePath(cwd)) : unknownText('PWD');
    this.#variables.set('CURDIR', simple(folder), 'default');
    const level = Number(textOf(this.#call.env.get('MAKELEVEL')) ?? '0');
    this.#variables.set('MAKELEVEL', simple(known(String(Number.isFinite(level) ? level : 0))), 'default');
    const goals = joinTexts(
      this.#line.goals.map((word) => textOfWord(word, 'goal')),
      ' ',
    );
    this.#variables.set('MAKECMDGOALS', simple(goals), 'default');
    for (const { name, operator, value } of this.#line.variables) {
      const text = textOfWord(value, name);
      const raw = plainText(text);
      if (raw === undefined) this.#variables.set(name, simple(text), 'command line');
      else if (operator.startsWith(':')) this.#variables.set(name, simple(expand(raw, this.#context)), 'command line');
      else this.#variables.set(name, { flavor: 'recursive', raw }, 'command line');
    }
  }

  /** The makefiles of the command line, or the first of the usual names; false where there is none. */
  #readFiles(): boolean {
    let found = false;
    for (const text of this.#line.evaluated) {
      found = true;
      readMakefile(textOf(text) ?? knownPrefix(text), { label: 'make --eval', path: '' }, this.#reading);
    }
    if (this.#line.files.length > 0) {
      for (const path of this.#line.files) found = this.#makefile(path) || found;
      return found;
    }
    // All are asked for at once, so that the answers come in one round.
    const answers = defaultNames.map((name) => readFile(staticWord(name), this.#cwd, this.#world));
    const at = answers.findIndex((answer) => answer !== undefined && answer.kind !== 'absent');
    return at < 0 ? found : this.#makefile(staticWord(defaultNames[at] as string)) || found;
  }

  #makefile(path: Word): boolean {
    if (textOf(path) !== '-' && textOf(path) !== '/dev/stdin') return this.#include(path);
    const text = textOf(stdinText(this.#call.stdin, this.#call, this.#world));
    if (text === undefined) {
      this.#unread.push(unreadTask('make', 'its makefile comes from standard input and is not known'));
      return true;
    }
    readMakefile(text, { label: 'makefile on stdin', path: '' }, this.#reading);
    return true;
  }

  /** Reads a file once at a time; true where there is one. */
  #include(path: Word): boolean {
    const answer = readFile(path, this.#cwd, this.#world);
    if (answer === undefined || answer.kind === 'absent') return answer === undefined;
    const key = absolutePath(path, this.#cwd) ?? showWord(path);
    const label = shownFrom(key, this.#call.cwd);
    if (answer.kind === 'failed') this.#unread.push(unreadTask('make', `${label}: ${answer.detail}`));
    this.#files += 1;
    if (answer.kind !== 'text' || this.#openFiles.has(key) || this.#files > limits.files) return true;
    this.#openFiles.add(key);
    const list = variableText('MAKEFILE_LIST', this.#context);
    const name = known(showWord(path));
    this.#variables.set(
      'MAKEFILE_LIST',
      { flavor: 'simple', text: joinTexts(list.length === 0 ? [name] : [list, name], ' ') },
      'file',
    );
    readMakefile(answer.text, { label, path: key }, this.#reading);
    this.#openFiles.delete(key);
    return true;
  }

  #services(): Services {
    return {
      shell: (code) => this.#shell(code),
      files: (pattern) => this.#filesLike(pattern),
      folder: textOf(this.#cwd),
      evaluate: (text) => this.#evaluate(text),
      keep: (text) => this.#keep(text),
      nesting: { depth: 0, open: new Set() },
      spend: (characters) => {
        this.#expanded += characters + 16;
        return this.#expanded <= limits.expanded;
      },
    };
  }

  #evaluate(text: string): void {
    if (this.#openFiles.size > 30) return;
    const key = `eval ${this.#openFiles.size}`;
    this.#openFiles.add(key);
    const { source, line } = this.#reading.place;
    readMakefile(text, source, this.#reading, line);
    this.#openFiles.delete(key);
  }

  #keep(text: Text): string {
    const name = `guard-kept-${this.#kept.size}`;
    this.#kept.set(name, text);
    return `$(${name})`;
  }

  /** `$(shell pwd)` is known; everything else runs, and what it prints becomes a part of what uses it. */
  #shell(code: Text): Text {
    const { source, line } = this.#reading.place;
    const key = JSON.stringify(code);
    if (!this.#commands.has(key)) this.#commands.set(key, { code, label: source.label, path: source.path, line });
    const text = plainText(code)?.trim();
    const folder = textOf(this.#cwd);
    if (folder !== undefined && text !== undefined && /^pwd(\s+-[PL])?$/.test(text)) return known(folder);
    const echoed = text === undefined ? undefined : /^echo ([\w@%+=:,./ -]*)$/.exec(text)?.[1];
    if (echoed !== undefined && !echoed.startsWith('-')) return known(echoed.trim());
    return [{ kind: 'shell', code }];
  }

  /** `$(wildcard src/*.c)`: the last name may be a pattern. */
  #filesLike(pattern: string): readonly string[] | undefined {
    const cut = pattern.lastIndexOf('/') + 1;
    const [folder, name] = [pattern.slice(0, cut), pattern.slice(cut)];
    if (!/[*?[]/.test(pattern)) return this.#exists(pattern) ? [pattern] : [];
    if (/[*?[]/.test(folder)) return undefined;
    const path = absolutePath(staticWord(folder === '' ? '.' : folder), this.#cwd);
    this.#folders += 1;
    if (path === undefined || this.#folders > limits.folders) return undefined;
    const answer = this.#world.ask({ kind: 'folder', path });
    if (answer?.kind !== 'names') return answer?.kind === 'failed' ? undefined : [];
    return answer.names
      .filter((each) => (!each.startsWith('.') || name.startsWith('.')) && matchesPattern(each, name))
      .toSorted()
      .map((each) => folder + each);
  }

  #exists(path: string): boolean {
    const absolute = absolutePath(staticWord(path), this.#cwd);
    if (absolute === undefined || this.#folders > limits.folders) return false;
    this.#folders += 1;
    return this.#world.ask({ kind: 'path', path: absolute })?.kind === 'path';
  }

  #readingCommand({ code, label, line, path }: ReadingCommand): readonly Inner[] {
    return variantsOf(code).map((text): Inner => {
      const shell = shellText(text);
      return {
        kind: 'code',
        text: staticWord(shell.code),
        assignments: shell.assignments,
        label: 'make',
        cwd: this.#cwd,
        stdin: { kind: 'none' },
        from: { label, line, id: `${path}:${line} ${shell.code}` },
      };
    });
  }

  /** The lines of a recipe, each in a shell of its own. */
  #recipe(step: Step, dryRun: boolean): readonly Inner[] {
    this.#reading.place = {
      source: { ...step.source, label: `${step.source.label} "${step.target}"` },
      line: step.lines[0]?.line ?? 1,
    };
    const oneShell = this.#oneShell;
    const lines = oneShell ? [joined(step)] : step.lines;
    return lines.flatMap(({ text, line }) => {
      this.#reading.place = { ...this.#reading.place, line };
      const alwaysRuns = /\$[({]MAKE[)}]/.test(text);
      return variantsOf(expand(text, step.context)).flatMap((expanded, variant) =>
        commandsIn(expanded, oneShell)
          .filter(({ isForced }) => !dryRun || isForced || alwaysRuns)
          .map(({ code }) => this.#command(code, step, line, variant)),
      );
    });
  }

  #command(code: Text, { context, source, target }: Step, line: number, variant: number): Inner {
    const shell = shellText(code);
    const around = {
      label: 'make',
      cwd: this.#cwd,
      rebuilds: this.#rebuilds,
      assignments: [...this.#environment(context, variant), ...shell.assignments],
      from: {
        label: `${source.label} "${target}"`,
        line,
        id: `${source.path} ${target}:${line} ${showWord(handedDown(this.#line))}`,
      },
    };
    const program = this.#word('SHELL', context, variant);
    if (/(^|\/)(ba|z|da|k|a|mk)?sh$/.test(textOf(program) ?? 'sh'))
      return { kind: 'code', text: staticWord(shell.code), ...around };
    const flags = wordsOfText(variableText('.SHELLFLAGS', context)).map(wordOfText);
    return { kind: 'words', words: [program, ...flags, staticWord(shell.code)], ...around };
  }

  #word(name: string, context: Context, variant: number): Word {
    const variants = variantsOf(variableText(name, context));
    return wordOfText(variants[Math.min(variant, variants.length - 1)] ?? []);
  }

  /** The variables that recipes see, and what a make below is told. */
  #environment(context: Context, variant: number): readonly Assignment[] {
    const known = this.#environments.get(context.variables)?.get(variant);
    if (known !== undefined) return known;
    const exported = context.variables
      .exportedNames()
      .map((name) => ({ name, value: this.#word(name, context, variant) }));
    const level = Number(plainText(variableText('MAKELEVEL', context)) ?? '0') + 1;
    const assignments = [
      ...exported,
      { name: 'MAKEFLAGS', value: handedDown(this.#line) },
      { name: 'MAKELEVEL', value: staticWord(String(level)) },
    ];
    const variants = this.#environments.get(context.variables) ?? new Map<number, readonly Assignment[]>();
    this.#environments.set(context.variables, variants.set(variant, assignments));
    return assignments;
  }
}

const isExplicit = ({ targets }: Reading['rules'][number]): boolean =>
  targets.some((word) => plainText(word)?.includes('%') === false);

/** `.ONESHELL`: all lines are one script. */
const joined = ({ lines }: Step): Step['lines'][number] => ({
  text: lines.map(({ text }) => text).join('\n'),
  line: lines[0]?.line ?? 1,
});

interface RecipeCommand {
  readonly code: Text;
  /** `+`: it runs although recipes are only shown. */
  readonly isForced: boolean;
}

/** A line of a recipe may hold several commands where a `define` stands in it; `@`, `-` and `+` in front are make's. */
function commandsIn(text: Text, oneShell: boolean): readonly RecipeCommand[] {
  const lines = oneShell ? [text] : linesOf(text);
  return lines.flatMap((line) => {
    const [first, ...rest] = line;
    const prefix = typeof first === 'string' ? (/^[\s@+-]*/.exec(first)?.[0] ?? '') : '';
    const head =
      typeof first === 'string' ? known(withoutPrefixes(first.slice(prefix.length), oneShell)) : line.slice(0, 1);
    const code = joinTexts([head, rest]);
    return code.length === 0 ? [] : [{ code, isForced: prefix.includes('+') }];
  });
}

const withoutPrefixes = (text: string, oneShell: boolean): string =>
  oneShell ? text.replace(/\n[ \t]*[@+-]+/g, '\n') : text;

/** Lines of an expanded text; a newline behind a backslash is the shell's. */
function linesOf(text: Text): readonly Text[] {
  const lines: Text[number][][] = [[]];
  for (const piece of text) {
    if (typeof piece !== 'string') {
      lines.at(-1)?.push(piece);
      continue;
    }
    piece.split(/(?<!\\)\n/).forEach((part, index) => {
      if (index > 0) lines.push([]);
      if (part !== '') lines.at(-1)?.push(part);
    });
  }
  return lines;
}
