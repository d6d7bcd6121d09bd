// Follows Windows command lines and batch files without running them.
import type { CodeContext } from '../../../model/code.ts';
import {
  dynamicWord,
  joinWords,
  knownPrefix,
  mapText,
  showWord,
  staticWord,
  textOf,
  type Word,
} from '../../../model/word.ts';
import { absolutePath } from '../../../resolve/paths.ts';
import { codeLimits, type Recorder } from '../recorder.ts';
import { commands, harmless } from './commands.ts';
import { mountedFolder, windowsPath, windowsVariable } from './environment.ts';
import { parseBatch } from './parser.ts';
import type { Node, Redirected } from './syntax.ts';
import { expanded, wordsOf } from './words.ts';

/** Characters of a line with its variables filled in. Source: "Command prompt line string limitation", Microsoft. */
const longestLine = 8_191;

export class Interpreter {
  readonly #context: CodeContext;
  readonly #recorder: Recorder;
  #variables = new Map<string, Word>();
  #folder: Word | undefined;
  /** Folders that `popd` comes back to. */
  readonly #left: (Word | undefined)[] = [];
  #nodes: readonly Node[] = [];
  readonly #labels = new Map<string, number>();
  #calls = 0;
  readonly #included = new Set<string>();

  constructor(context: CodeContext, recorder: Recorder) {
    this.#context = context;
    this.#recorder = recorder;
    const folder = context.path?.replace(/[^/]*$/, '');
    this.#variables.set('%0', folder === undefined ? dynamicWord('%0') : staticWord(folder));
    for (const [at, word] of context.args.slice(0, 9).entries()) this.#variables.set(`%${at + 1}`, word);
    this.#variables.set('%*', joinWords(context.args, ' '));
  }

  run(nodes: readonly Node[]): void {
    this.#nodes = nodes;
    for (const [at, node] of nodes.entries())
      if (node.kind === 'label' && !this.#labels.has(node.name)) this.#labels.set(node.name, at);
    this.#sequence(0);
  }

  /** Up to `exit` or the end; a `goto` is not followed, what stands behind it is read all the same. */
  #sequence(from: number): void {
    for (let at = from; at < this.#nodes.length; at += 1) {
      const node = this.#nodes[at] as Node;
      if (node.kind === 'command' && node.mayNotRun !== true && /^(exit\b|goto\s*:?eof\b)/i.test(node.text)) return;
      this.#node(node, undefined);
    }
  }

  #node(node: Node | undefined, input: Word | undefined): void {
    if (node === undefined) return;
    this.#recorder.step();
    switch (node.kind) {
      case 'command':
        this.#recorder.line = node.line;
        this.#command(node.text, node.redirected, input);
        return;
      case 'pipe':
        this.#pipe(node.parts);
        return;
      case 'block':
        for (const each of node.body) this.#node(each, input);
        this.#redirect(node.redirected, undefined);
        return;
      case 'if':
        this.#branches([node.body, node.otherwise]);
        return;
      case 'for':
        this.#for(node);
        return;
      case 'label':
        return;
    }
  }

  /** `echo y | del *`: what is echoed is what the next command reads. */
  #pipe(parts: readonly Node[]): void {
    let input: Word | undefined;
    for (const part of parts) {
      this.#node(part, input);
      const echoed = part.kind === 'command' ? /^echo[.:( ]?\s*/i.exec(part.text)?.[0] : undefined;
      input =
        echoed === undefined || part.kind !== 'command' ? undefined : this.#expand(part.text.slice(echoed.length));
    }
  }

  /** What the branches leave different is not known afterwards. */
  #branches(bodies: readonly (Node | undefined)[]): void {
    const before = this.#variables;
    const ends = bodies.map((body) => {
      this.#variables = new Map(before);
      this.#node(body, undefined);
      return this.#variables;
    });
    this.#variables = new Map(before);
    for (const end of ends)
      for (const [name, word] of end) {
        const differs = ends.some((other) => textOf(other.get(name)) !== textOf(word) || textOf(word) === undefined);
        this.#variables.set(name, differs && before.get(name) !== word ? dynamicWord(`%${name}%`) : word);
      }
  }

  #for({ options, variable, items, body, line }: Extract<Node, { kind: 'for' }>): void {
    this.#recorder.line = line;
    const name = `%${variable}`;
    const command = /^\s*(['`])([\s\S]*)\1\s*$/.exec(items);
    if (/^\/f/i.test(options) && command !== null)
      for (const node of parseBatch(command[2] ?? '')) this.#node(node, undefined);
    for (const item of this.#items(options, items)) {
      this.#variables.set(name, item);
      this.#node(body, undefined);
    }
    this.#variables.delete(name);
  }

  /** Patterns and what a command prints stand for any number of names. */
  #items(options: string, items: string): readonly Word[] {
    if (/^\/[fl]/i.test(options)) return [dynamicWord(`%${items.trim()}`, [null], true)];
    const words = wordsOf(this.#expand(items), ',;=').slice(0, codeLimits.rounds);
    if (/^\/r/i.test(options)) return words.map((word) => this.#below(options, word));
    return words.map((word) => (word.kind === 'static' && /[*?]/.test(word.value) ? { ...word, glob: true } : word));
  }

  /** `for /r folder %f in (*.log)`: files of that name in all folders below. */
  #below(options: string, pattern: Word): Word {
    const folder = windowsPath(this.#expand(/^\/r\s+(\S.*)$/i.exec(options)?.[1]?.replaceAll('"', '') ?? '.'));
    const name = textOf(pattern);
    const ending =
      /^\*(\.\w+)$/.exec(name ?? '')?.[1] ?? (name === undefined || /[*?]/.test(name) ? undefined : `/${name}`);
    const start =
      folder.kind === 'static' ? [`${folder.value.replace(/\/$/, '')}/`, null] : [...folder.known, '/', null];
    return dynamicWord(
      `(${name ?? 'files'} below ${knownPrefix(folder)})`,
      ending === undefined ? start : [...start, ending],
      true,
    );
  }

  #expand = (text: string): Word =>
    expanded(text, (name, shown) => {
      const own = this.#variables.get(name);
      if (own !== undefined) return own;
      if (name === 'cd') return this.#folder ?? this.#context.cwd;
      if (name.startsWith('%'))
        return /^%[0-9*]$/.test(name) && this.#context.path !== undefined ? staticWord('') : dynamicWord(shown);
      const given = this.#context.variable(name.toUpperCase());
      if (given?.kind === 'static') return given;
      return windowsVariable(name, shown) ?? dynamicWord(shown);
    });

  #place = (path: Word): Word => {
    const start = knownPrefix(path);
    if (this.#folder === undefined || start === '' || /^([/~]|[A-Za-z]:)/.test(start)) return path;
    return joinWords([mapText(this.#folder, (text) => text.replace(/\/$/, '')), staticWord('/'), path]);
  };

  #redirect(redirected: readonly Redirected[], text: Word | undefined): void {
    for (const { target, appends } of redirected) {
      const path = this.#place(windowsPath(this.#expand(target)));
      if (/^(nul|con|prn)$/i.test(textOf(path) ?? '')) continue;
      this.#recorder.record('>', { kind: 'write', path, text, appends });
    }
  }

  #command(text: string, redirected: readonly Redirected[], input: Word | undefined): void {
    const line = this.#expand(text);
    // `del/q`, `cd..`, `echo.`: a name ends where its switches or its dots start.
    const name = /^"?([^\s"/.\\=,;:(]+)(?=[/.\\]|$|[\s=,;:("])/.exec(knownPrefix(line))?.[1]?.toLowerCase() ?? '';
    this.#redirect(
      redirected,
      name === 'echo'
        ? mapText(line, (piece, at) => (at === 0 ? piece.replace(/^echo[.:( ]?/i, '') : piece))
        : undefined,
    );
    if (harmless.has(name) && !/^\S+\.\w/.test(knownPrefix(line))) return;
    const rest = mapText(line, (piece, at) => (at === 0 ? piece.replace(/^\s*"?[^\s"/.\\=,;:(]+"?/, '') : piece));
    if (this.#own(name, rest, text)) return;
    const known = Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (known !== undefined && !/^\S+\.(exe|com|bat|cmd)\b/i.test(knownPrefix(line))) {
      known(
        wordsOf(rest, ',;').filter((word) => textOf(word) !== ''),
        this.#recorder,
        this.#place,
        name,
      );
      return;
    }
    this.#program(wordsOf(line), name, input);
  }

  /** Commands that change what the script itself sees, or that run another one. */
  #own(name: string, rest: Word, text: string): boolean {
    switch (name) {
      case 'set':
        this.#set(text.replace(/^\s*set\s*/i, ''));
        return true;
      case 'cd':
      case 'chdir':
      case 'pushd': {
        const words = wordsOf(rest).filter((word) => !/^\/d$/i.test(textOf(word) ?? ''));
        if (name === 'pushd' && this.#left.length < codeLimits.depth) this.#left.push(this.#folder);
        if (words[0] !== undefined) this.#folder = this.#place(windowsPath(words[0]));
        return true;
      }
      case 'popd':
        this.#folder = this.#left.pop();
        return true;
      case 'call':
        this.#call(rest);
        return true;
      case 'start':
        this.#start(rest);
        return true;
      default:
        return false;
    }
  }

  /** `set A=b`, `set "A=b"`; `/a` and `/p` make what is not known. */
  #set(text: string): void {
    const given = /^"(.*)"\s*$/.exec(text)?.[1] ?? text;
    const at = given.indexOf('=');
    if (at < 1) return;
    const name = given
      .slice(0, at)
      .replace(/^\s*\/[ap]\s+/i, '')
      .replace(/"/g, '')
      .trim()
      .toLowerCase();
    const isUnknown = /^\s*\/[ap]\b/i.test(given);
    const value = isUnknown ? dynamicWord(`%${name}%`) : this.#expand(given.slice(at + 1));
    this.#variables.set(name, showWord(value).length > longestLine ? dynamicWord(`%${name}%`) : value);
  }

  /** `call :label a b` runs a part of the script, `call x.bat` another one. */
  #call(rest: Word): void {
    const words = wordsOf(rest);
    const target = textOf(words[0]);
    if (target?.startsWith(':') !== true) {
      this.#program(words, 'call', undefined);
      return;
    }
    const start = this.#labels.get(target.slice(1).toLowerCase());
    if (start === undefined || this.#calls >= 8) return;
    const outer = this.#variables;
    this.#variables = new Map(outer);
    for (const [at, word] of words.slice(1, 10).entries()) this.#variables.set(`%${at + 1}`, word);
    this.#calls += 1;
    this.#sequence(start + 1);
    this.#calls -= 1;
    this.#variables = outer;
  }

  /** `start "title" /wait program args`. */
  #start(rest: Word): void {
    const isTitled = /^\s*"/.test(knownPrefix(rest));
    const words = wordsOf(rest).slice(isTitled ? 1 : 0);
    const first = words.findIndex((word) => !/^\//.test(textOf(word) ?? ''));
    if (first >= 0) this.#program(words.slice(first), 'start', undefined);
  }

  #program(words: readonly Word[], via: string, input: Word | undefined): void {
    const [program, ...args] = words;
    if (program === undefined) return;
    const path = windowsPath(program);
    const shown = textOf(path);
    if (shown !== undefined && /\.(bat|cmd)$/i.test(shown) && this.#include(shown, args)) return;
    this.#recorder.record(via === '' ? 'cmd' : via, {
      kind: 'words',
      words: [path, ...args],
      ...(this.#folder === undefined ? {} : { cwd: mountedFolder(this.#folder) }),
      ...(input === undefined ? {} : { stdin: input }),
    });
  }

  #include(path: string, args: readonly Word[]): boolean {
    const absolute = absolutePath(this.#place(staticWord(path)), this.#context.cwd);
    const source = absolute === undefined ? undefined : this.#context.readFile(absolute);
    if (absolute === undefined || source === undefined) return false;
    if (this.#included.has(absolute) || !this.#recorder.module() || this.#included.size >= codeLimits.modules)
      return true;
    this.#included.add(absolute);
    this.#recorder.count(source);
    const { file, line } = this.#recorder;
    this.#recorder.file = absolute;
    const inner = new Interpreter({ ...this.#context, args, path: absolute }, this.#recorder);
    for (const each of this.#included) inner.#included.add(each);
    inner.#folder = this.#folder;
    inner.run(parseBatch(source));
    this.#recorder.file = file;
    this.#recorder.line = line;
    return true;
  }
}
