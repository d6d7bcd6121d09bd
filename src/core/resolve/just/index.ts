// just: from its command line to what its recipes run.
import type { Assignment, Invocation } from '../../model/invocation.ts';
import type { World } from '../../model/observation.ts';
import { knownPrefix, staticWord, textOf, type Word } from '../../model/word.ts';
import type { Inner } from '../launcher.ts';
import { shebangOf } from '../program.ts';
import { findFile, folderWithin, namedFile, parentOf, readFile, type TaskFile, unreadFile } from '../task-file.ts';
import {
  assignmentOf,
  callerVariable,
  loadedVariables,
  splitWords,
  type Task,
  taskCode,
  taskScript,
  taskWords,
} from '../tasks/commands.ts';
import {
  emptyText,
  joinTexts,
  known,
  plainText,
  shellText,
  showText,
  type Text,
  textOfWord,
  unknownText,
  variantsOf,
} from '../tasks/text.ts';
import { indented, interpolated, joinedLines } from './body.ts';
import { type JustCall, readJustCall } from './command-line.ts';
import { type Assigned, type Justfile, type Recipe, readJustfile } from './justfile.ts';
import { evaluate, evaluateList, type Values } from './tokens.ts';

/** Names of justfiles, looked for from the current folder upwards. Source: the just manual. */
const names = ['justfile', '.justfile', 'Justfile', 'JUSTFILE', '.Justfile'];
const limits = { recipes: 200, imports: 40, depth: 30 } as const;

/** What one `just` runs. */
export function runJust(call: Invocation, world: World): readonly Inner[] {
  if (call.host.kind !== 'local') return [];
  const line = readJustCall(call.args);
  if (line.harmless) return [];
  const start =
    line.folder === undefined ? call.cwd : folderWithin(call.cwd, textOf(line.folder) ?? knownPrefix(line.folder));
  const found = line.file === undefined ? findFile(names, start, world) : namedFile(line.file, call.cwd, world);
  if (line.command !== undefined && found.kind !== 'file')
    return [{ kind: 'words', words: line.command, label: 'just --command' }];
  if (found.kind !== 'file') return unreadFile('just', found, call);
  const cwd = line.file !== undefined && line.folder !== undefined ? start : found.file.folder;
  return new Just(call, line, world).run(found.file, cwd);
}

/** One justfile with its imports: a module has its own names. */
interface Module {
  readonly file: TaskFile;
  readonly cwd: Word;
  readonly recipes: ReadonlyMap<string, { readonly recipe: Recipe; readonly file: TaskFile }>;
  readonly assignments: ReadonlyMap<string, Assigned>;
  readonly aliases: ReadonlyMap<string, string>;
  readonly settings: ReadonlyMap<string, string>;
  readonly modules: ReadonlyMap<string, string>;
  readonly first: string | undefined;
}

class Just {
  readonly #call: Invocation;
  readonly #line: JustCall;
  readonly #world: World;
  readonly #done = new Set<string>();
  readonly #open = new Set<string>();
  #imports = 0;
  #count = 0;

  constructor(call: Invocation, line: JustCall, world: World) {
    this.#call = call;
    this.#line = line;
    this.#world = world;
  }

  run(file: TaskFile, cwd: Word): readonly Inner[] {
    const module = this.#module(file, cwd);
    if (this.#line.command !== undefined) {
      const task = this.#task('--command', file, cwd, module, new Map(), []);
      return [taskWords(task, this.#line.command, undefined, 0)];
    }
    const words = this.#line.words;
    const inners: Inner[] = this.#line.dryRun ? [] : [...this.#assignedCommands(module)];
    if (words.length === 0 && module.first !== undefined) inners.push(...this.#recipe(module, module.first, [], 0));
    // Each recipe takes as many of the words as it has parameters.
    for (let at = 0; at < words.length; ) {
      const name = textOf(words[at]);
      if (name === undefined) break;
      const path =
        words[at + 1] !== undefined && module.modules.has(name) ? `${name}::${textOf(words[at + 1]) ?? ''}` : name;
      at += path === name ? 1 : 2;
      const target = this.#find(module, path);
      const count = target === undefined ? 0 : mostArguments(target.recipe);
      const args = words.slice(at, at + count).map((word) => textOfWord(word, 'argument'));
      at += args.length;
      inners.push(...this.#recipe(module, path, args, 0));
    }
    return inners;
  }

  /** Commands in backticks behind the names of the file: they run whatever recipe is called. */
  #assignedCommands(module: Module): readonly Inner[] {
    const inners: Inner[] = [];
    for (const { name, expression, line } of module.assignments.values()) {
      if (this.#line.variables.has(name)) continue;
      const values = this.#values(module, new Map());
      const task = { call: this.#call, runner: 'just', file: module.file, name, cwd: module.cwd, assignments: [] };
      const backtick = (code: Text): Text => {
        inners.push(...taskCode(task, code, line, inners.length));
        return values.backtick(code);
      };
      evaluate(expression, { ...values, variable: () => unknownText('value'), backtick });
    }
    return inners;
  }

  /** A justfile with all that it imports. */
  #module(file: TaskFile, cwd: Word): Module {
    const read = this.#read(file, 0);
    const recipes = new Map<string, { recipe: Recipe; file: TaskFile }>();
    // What stands in the file itself wins over what it imports, and later over earlier.
    for (const { justfile, file: from } of read.toReversed())
      for (const recipe of justfile.recipes)
        if (!recipe.attributes.has('windows') || !recipes.has(recipe.name))
          recipes.set(recipe.name, { recipe, file: from });
    const merged = <T>(pick: (justfile: Justfile) => ReadonlyMap<string, T>): Map<string, T> =>
      new Map(read.toReversed().flatMap(({ justfile }) => [...pick(justfile)]));
    const own = read[0]?.justfile.recipes ?? [];
    return {
      file,
      cwd,
      recipes,
      assignments: merged(({ assignments }) => new Map(assignments.map((each) => [each.name, each]))),
      aliases: merged(({ aliases }) => aliases),
      settings: merged(({ settings }) => settings),
      modules: merged(({ modules }) => modules),
      first: (own.find(({ attributes }) => attributes.has('default')) ?? own[0] ?? [...recipes.values()][0]?.recipe)
        ?.name,
    };
  }

  #read(file: TaskFile, depth: number): readonly { readonly justfile: Justfile; readonly file: TaskFile }[] {
    if (this.#open.has(file.path) || depth > limits.depth || this.#imports > limits.imports) return [];
    this.#imports += 1;
    this.#open.add(file.path);
    const justfile = readJustfile(file.text);
    const imported = justfile.imports.flatMap((path) => {
      const found = namedFile(staticWord(path), file.folder, this.#world);
      return found.kind === 'file' ? this.#read(found.file, depth + 1) : [];
    });
    this.#open.delete(file.path);
    return [{ justfile, file }, ...imported];
  }

  #find(
    module: Module,
    path: string,
  ): { readonly module: Module; readonly recipe: Recipe; readonly file: TaskFile } | undefined {
    const cut = path.indexOf('::');
    if (cut > 0) {
      const inner = this.#submodule(module, path.slice(0, cut));
      return inner === undefined ? undefined : this.#find(inner, path.slice(cut + 2));
    }
    const found = module.recipes.get(module.aliases.get(path) ?? path);
    return found === undefined ? undefined : { module, ...found };
  }

  #submodule(module: Module, name: string): Module | undefined {
    const path = module.modules.get(name);
    if (path === undefined) return undefined;
    const candidates =
      path === ''
        ? [`${name}.just`, `${name}/mod.just`, `${name}/justfile`, `${name}/.justfile`]
        : [path, `${path}/mod.just`, `${path}/justfile`];
    const answers = candidates.map((each) => ({
      each,
      answer: readFile(staticWord(each), module.file.folder, this.#world),
    }));
    const found = answers.find(({ answer }) => answer?.kind === 'text');
    if (found?.answer?.kind !== 'text' || this.#imports > limits.imports) return undefined;
    const folder = parentOf(found.each, module.file.folder);
    const shown = textOf(folderWithin(module.file.folder, found.each)) ?? found.each;
    return this.#module({ path: shown, folder, text: found.answer.text }, folder);
  }

  #recipe(from: Module, path: string, args: readonly Text[], depth: number): readonly Inner[] {
    const found = this.#find(from, path);
    const key = `${from.file.path} ${path} ${args.map(showText).join(' ')}`;
    if (found === undefined || this.#done.has(key) || depth > limits.depth || this.#count > limits.recipes) return [];
    this.#done.add(key);
    this.#count += 1;
    const { module, recipe, file } = found;
    const parameters = this.#parameters(module, recipe, args);
    const values = this.#values(module, parameters);
    const dependencies = (list: Recipe['before']): readonly Inner[] =>
      list.flatMap(({ name, args: given }) => this.#recipe(module, name, evaluateList(given, values), depth + 1));
    return [
      ...dependencies(recipe.before),
      ...this.#body(module, recipe, file, parameters, args),
      ...dependencies(recipe.after),
    ];
  }

  #parameters(module: Module, recipe: Recipe, args: readonly Text[]): ReadonlyMap<string, Text> {
    const values = new Map<string, Text>();
    recipe.parameters.forEach(({ name, many, default: expression }, index) => {
      const given = many === '' ? args.slice(index, index + 1) : args.slice(index);
      if (given.length > 0) values.set(name, joinTexts(given, ' '));
      else values.set(name, expression === undefined ? emptyText : evaluate(expression, this.#values(module, values)));
    });
    return values;
  }

  /** What expressions refer to: parameters first, then what the command line sets, then the file. */
  #values(module: Module, parameters: ReadonlyMap<string, Text>, open: ReadonlySet<string> = new Set()): Values {
    return {
      variable: (name) => {
        const given = parameters.get(name) ?? this.#line.variables.get(name);
        if (given !== undefined) return given;
        const assigned = module.assignments.get(name);
        if (assigned === undefined || open.has(name)) return unknownText(name);
        return evaluate(assigned.expression, this.#values(module, new Map(), new Set([...open, name])));
      },
      call: (name, args) => this.#function(name, args, module),
      backtick: (code) =>
        plainText(code)?.trim() === 'pwd' ? textOfWord(module.cwd, 'PWD') : [{ kind: 'shell', code }],
    };
  }

  #function(name: string, args: readonly Text[], module: Module): Text {
    const [first = emptyText, second] = args;
    if (name === 'env_var' || name === 'env' || name === 'env_var_or_default') {
      const variable = plainText(first) ?? '';
      const value = callerVariable(variable, this.#call);
      const isUnheardOf = value?.length === 1 && typeof value[0] === 'object' && second !== undefined;
      return (isUnheardOf ? second : value) ?? second ?? unknownText(variable);
    }
    if (['justfile_directory', 'justfile_dir', 'source_directory', 'source_dir', 'module_directory'].includes(name))
      return textOfWord(module.file.folder, 'justfile_directory');
    if (name.startsWith('invocation_dir')) return textOfWord(this.#call.cwd, 'PWD');
    if (name === 'shell') return [{ kind: 'shell', code: first }];
    if (name === 'quote')
      return plainText(first) === undefined ? first : known(`'${plainText(first)?.replaceAll("'", "'\\''")}'`);
    if (name === 'join') return joinTexts(args, '/');
    if (name === 'just_executable') return known('just');
    const text = plainText(first);
    const change = textFunctions[name];
    return text !== undefined && change !== undefined ? known(change(text)) : unknownText(name);
  }

  #body(
    module: Module,
    recipe: Recipe,
    file: TaskFile,
    parameters: ReadonlyMap<string, Text>,
    args: readonly Text[],
  ): readonly Inner[] {
    if (this.#line.dryRun) return [];
    const cwd = this.#folderFor(recipe, module);
    const task = this.#task(recipe.name, file, cwd, module, parameters, recipe.parameters);
    const positionals =
      module.settings.get('positional-arguments') === 'true' || recipe.attributes.has('positional-arguments')
        ? args.map((arg) => staticOrUnknown(arg))
        : [];
    const lines = indented(recipe);
    const values = this.#values(module, parameters);
    const interpreter = this.#interpreter(recipe, lines, module);
    if (interpreter !== undefined) {
      const text = interpolated(lines.map((line) => line.text).join('\n'), values);
      return script(task, interpreter, text, lines[0]?.line ?? recipe.line, positionals);
    }
    const shell = this.#shell(module);
    return joinedLines(lines).flatMap(({ text, line }, index): readonly Inner[] => {
      const code = interpolated(text.replace(/^[@-]+/, ''), values);
      if (shell === undefined) return taskCode(task, code, line, index, positionals);
      return variantsOf(code).map((variant) =>
        taskWords(task, [...shell, staticWord(shellText(variant).code)], line, index),
      );
    });
  }

  #task(
    name: string,
    file: TaskFile,
    cwd: Word,
    module: Module,
    parameters: ReadonlyMap<string, Text>,
    list: Recipe['parameters'],
  ): Task {
    const exportsAll = module.settings.get('export') === 'true';
    const values = this.#values(module, parameters);
    const assigned = [...module.assignments.values()].filter(({ isExported }) => isExported || exportsAll);
    const own = list.filter(({ isExported }) => isExported || exportsAll);
    const loads = ['dotenv-load', 'dotenv-filename', 'dotenv-path', 'dotenv-required'].some(
      (key) => (module.settings.get(key) ?? 'false') !== 'false',
    );
    const path = module.settings.get('dotenv-path') ?? module.settings.get('dotenv-filename');
    const dotenv = path === undefined ? '.env' : (plainText(evaluate(path, values)) ?? '.env');
    const assignments: Assignment[] = [
      ...(loads ? loadedVariables([dotenv], module.cwd, this.#call, this.#world) : []),
      ...assigned.map((each) => assignmentOf(each.name, values.variable(each.name))),
      ...own.map((each) => assignmentOf(each.name, parameters.get(each.name) ?? emptyText)),
    ];
    return { call: this.#call, runner: 'just', file, name, cwd, assignments };
  }

  #folderFor(recipe: Recipe, module: Module): Word {
    if (recipe.attributes.has('no-cd') || module.settings.get('no-cd') === 'true') return this.#call.cwd;
    const given = recipe.attributes.get('working-directory') ?? module.settings.get('working-directory');
    const path = given === undefined ? undefined : plainText(evaluate(given, this.#values(module, new Map())));
    return path === undefined ? module.cwd : folderWithin(module.cwd, path);
  }

  /** `set shell := ["bash", "-cu"]`: undefined where it is a usual shell, whose options change nothing. */
  #shell(module: Module): readonly Word[] | undefined {
    const setting = this.#line.shell ?? module.settings.get('shell');
    if (setting === undefined) return undefined;
    const words = [...setting.matchAll(/'([^']*)'|"([^"]*)"/g)].map(([, single, double]) => single ?? double ?? '');
    const program = words[0] ?? setting;
    return /(^|\/)(ba|z|da|k|a)?sh$/.test(program) || words.length === 0
      ? undefined
      : words.map((word) => staticWord(word));
  }

  /** The words of a `#!` line, or of `[script]`. */
  #interpreter(
    recipe: Recipe,
    lines: readonly { readonly text: string }[],
    module: Module,
  ): readonly string[] | undefined {
    const words = shebangOf(lines[0]?.text ?? '');
    if (words !== undefined) return words;
    const given = recipe.attributes.get('script');
    if (given === undefined) return undefined;
    const setting = given === '' ? (module.settings.get('script-interpreter') ?? "['sh', '-eu']") : given;
    return [...setting.matchAll(/'([^']*)'|"([^"]*)"/g)].map(([, single, double]) => single ?? double ?? '');
  }
}

const mostArguments = ({ parameters }: Recipe): number =>
  parameters.some(({ many }) => many !== '') ? Number.POSITIVE_INFINITY : parameters.length;

const staticOrUnknown = (text: Text): Word => assignmentOf('argument', text).value;

const textFunctions: Readonly<Record<string, (text: string) => string>> = {
  trim: (text) => text.trim(),
  uppercase: (text) => text.toUpperCase(),
  lowercase: (text) => text.toLowerCase(),
  clean: (text) => text,
  parent_directory: (text) => text.slice(0, Math.max(text.lastIndexOf('/'), 0)) || '/',
  file_name: (text) => text.slice(text.lastIndexOf('/') + 1),
  require: (text) => text,
};

/** A whole recipe as one program: the shell's own code, or what another interpreter is given. */
function script(
  task: Task,
  interpreter: readonly string[],
  text: Text,
  line: number,
  positionals: readonly Word[],
): readonly Inner[] {
  const [program = 'sh', ...options] = interpreter;
  if (/(^|\/)(ba|z|da|k|a)?sh$/.test(program)) return taskCode(task, text, line, 'script', positionals);
  return taskScript(
    task,
    [staticWord(program), ...options.flatMap(splitWords).map((word) => staticWord(word))],
    text,
    line,
    'script',
  );
}
