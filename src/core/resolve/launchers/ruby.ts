// ruby, jruby, irb, pry, rails runner, erb: Ruby behind -e, in a file, in a template, or on standard input.
import type { Invocation } from '../../model/invocation.ts';
import type { World } from '../../model/observation.ts';
import { joinWords, knownPrefix, showWord, staticWord, textOf, type Word } from '../../model/word.ts';
import { optionGrammar, readOptions } from '../../programs/options.ts';
import { behind, codeOnStdin } from '../code-input.ts';
import { rubyOfTemplate } from '../erb.ts';
import type { Inner, Launcher } from '../launcher.ts';
import { fileText, stdinText } from '../output.ts';
import { absolutePath } from '../paths.ts';
import { runRake } from '../tasks/rake.ts';

type Unwrap = (call: Invocation, world: World) => readonly Inner[];

interface Switches {
  readonly texts: Word[];
  /** Files that `-r` reads first. */
  readonly required: Word[];
  cwd: Word | undefined;
  /** `-S`: the script is looked for like a program. */
  searches: boolean;
  /** `-c` only checks, `-v`, `-h` and `--version` only print. */
  isHarmless: boolean;
}

/** Switches that take the rest of their cluster, or else the next word. */
const valued = 'IrCEX';
/** Switches that take the rest of their cluster only. */
const glued = '0FiKTWx';

/** Source: ruby(1). */
const ruby: Unwrap = (call, world) => {
  const switches: Switches = { texts: [], required: [], cwd: undefined, searches: false, isHarmless: false };
  const rest = readSwitches(call.args, switches);
  if (switches.isHarmless && switches.texts.length === 0) return [];
  const around = switches.cwd === undefined ? {} : { cwd: switches.cwd };
  const utility = utilityOf(switches, rest);
  if (utility !== undefined) return [{ kind: 'words', words: utility, ...around }];
  const inner = { kind: 'program', language: 'ruby', ...around } as const;
  const first = switches.required
    .filter((path) => /^\.{0,2}\//.test(knownPrefix(path)))
    .map((path): Inner => ({ ...inner, label: showWord(path), code: { path: withEnding(path) }, positionals: [] }));
  if (switches.texts.length > 0)
    return [
      ...first,
      { ...inner, label: `${call.name} code`, code: { text: joinWords(switches.texts, '\n') }, positionals: rest },
    ];
  const [script, ...positionals] = rest;
  if (script === undefined || textOf(script) === '-')
    return [...first, ...codeOnStdin(call, 'ruby', positionals, world)];
  const tool = toolOf(script, switches.searches);
  if (tool !== undefined) return [{ kind: 'words', words: [tool, ...positionals], ...around }];
  return [...first, { ...inner, label: showWord(script), code: { path: script }, positionals }];
};

const withEnding = (path: Word): Word =>
  /\.rb$/.test(textOf(path) ?? '.rb') ? path : joinWords([path, staticWord('.rb')]);

/** Programs that are known by their name, not by the few lines that start them. */
const tools = new Set('rails rake bundle bundler rspec rubocop irb cap spring erb gem pod fastlane thor'.split(' '));

/** `ruby -S rake`, `ruby bin/rails`: a tool that is called as it is. */
function toolOf(script: Word, searches: boolean): Word | undefined {
  const path = textOf(script);
  const name = path?.slice(path.lastIndexOf('/') + 1);
  if (name === undefined) return undefined;
  return tools.has(name) || (searches && !path?.includes('/') && !name.endsWith('.rb')) ? staticWord(name) : undefined;
}

/** `ruby -run -e rm -- -r folder`: the commands of Ruby's `un` library. Source: un.rb. */
function utilityOf({ texts, required }: Switches, rest: readonly Word[]): readonly Word[] | undefined {
  const name = textOf(texts[0])?.trim();
  const isUtility = required.some((path) => textOf(path) === 'un') && texts.length === 1;
  return isUtility && /^(rm|rmdir|mv|cp|ln|install|touch|mkdir|chmod)$/.test(name ?? '')
    ? [staticWord(name ?? ''), ...rest]
    : undefined;
}

/** Reads switches up to the script; gives back what stands behind them. */
function readSwitches(args: readonly Word[], switches: Switches): readonly Word[] {
  for (let at = 0; at < args.length; at += 1) {
    const word = args[at] as Word;
    const start = knownPrefix(word);
    if (start === '--') return args.slice(at + 1);
    if (!/^-./.test(start)) return args.slice(at);
    if (start.startsWith('--')) {
      if (/^--(version|help|copyright)$/.test(start)) switches.isHarmless = true;
      if (/^--(encoding|external-encoding|internal-encoding|parser)$/.test(start)) at += 1;
    } else at += readCluster(word, start, args[at + 1], switches);
  }
  return [];
}

function takeValue(letter: string, value: Word, switches: Switches): void {
  if (letter === 'e') switches.texts.push(value);
  if (letter === 'r') switches.required.push(value);
  if (letter === 'C') switches.cwd = value;
}

/** One word of switches: `-rfileutils`, `-ne`; gives back how many further words it took. */
function readCluster(word: Word, start: string, next: Word | undefined, switches: Switches): number {
  for (let at = 1; at < start.length; at += 1) {
    const letter = start[at] as string;
    const isLast = at === start.length - 1 && word.kind === 'static';
    if (letter === 'e' || valued.includes(letter)) {
      const value = isLast ? next : behind(word, at + 1);
      if (value !== undefined) takeValue(letter, value, switches);
      return isLast ? 1 : 0;
    }
    if (letter === 'S') switches.searches = true;
    if (letter === 'c' || letter === 'h' || letter === 'y') switches.isHarmless = true;
    // `-v` alone prints the version; with a script it says more.
    if (glued.includes(letter)) return 0;
  }
  return 0;
}

const consoleOptions = optionGrammar({ values: '-r -I -E --context-mode --prompt -e --exec', stopAtPositional: true });

/** Sources: irb(1), pry --help. */
const shell: Unwrap = (call, world) => {
  const { flags, positionals } = readOptions(call.args, consoleOptions);
  if (flags.has('--help') || flags.has('--version') || flags.has('-v') || flags.has('-h')) return [];
  const text = flags.get('-e') ?? flags.get('--exec');
  if (text !== undefined)
    return [{ kind: 'program', language: 'ruby', label: `${call.name} code`, code: { text }, positionals }];
  const [path, ...rest] = positionals;
  return path === undefined
    ? codeOnStdin(call, 'ruby', [], world)
    : [{ kind: 'program', language: 'ruby', label: showWord(path), code: { path }, positionals: rest }];
};

const railsOptions = optionGrammar({ values: '-e --environment' });

/** What `rails` does by itself; any other word is a task of the application. */
const railsCommands = new Set(
  'new generate g destroy d server s console c dbconsole db runner r test t plugin routes about credentials encrypted secret secrets initializers middleware notes stats boot version help app:update dev devcontainer query unused_routes'.split(
    ' ',
  ),
);

/** `rails runner`, `rails console`: code in the application; a task. Source: Rails command line guide. */
const rails: Unwrap = (call, world) => {
  const [verb, ...args] = call.args;
  const name = textOf(verb) ?? '-';
  if (!name.startsWith('-') && !railsCommands.has(name)) return runRake(call, call.args, world);
  if (!/^(runner|r|console|c)$/.test(name)) return [];
  const { flags, positionals } = readOptions(args, railsOptions);
  if (flags.has('--help') || flags.has('-h')) return [];
  const environment = flags.get('-e') ?? flags.get('--environment');
  const around = environment === undefined ? {} : { assignments: [{ name: 'RAILS_ENV', value: environment }] };
  const isConsole = /^c/.test(textOf(verb) ?? '');
  const [code, ...rest] = isConsole ? [] : positionals;
  if (code === undefined || textOf(code) === '-')
    return codeOnStdin(call, 'ruby', rest, world).map((inner) => ({ ...inner, ...around }));
  const inner = { kind: 'program', language: 'ruby', positionals: rest, ...around } as const;
  const path = absolutePath(code, call.cwd);
  const isFile = path !== undefined && /^\S+$/.test(path) && world.ask({ kind: 'path', path })?.kind === 'path';
  return [
    isFile
      ? { ...inner, label: showWord(code), code: { path: code } }
      : { ...inner, label: 'rails runner', code: { text: code } },
  ];
};

const erbOptions = optionGrammar({ values: '-r -U -E -T', stopAtPositional: true });

/** Templates run the code that stands in them. Source: erb(1). */
const erb: Unwrap = (call, world) => {
  const { flags, positionals } = readOptions(call.args, erbOptions);
  if (flags.has('-x') || flags.has('--help') || flags.has('-v')) return [];
  const texts =
    positionals.length === 0
      ? [stdinText(call.stdin, call, world)]
      : positionals.filter((word) => !/^\w+=/.test(knownPrefix(word))).map((path) => fileText(path, call, world));
  return texts
    .map(textOf)
    .filter((text) => text !== undefined)
    .map(
      (text): Inner => ({
        kind: 'program',
        language: 'ruby',
        label: 'erb template',
        code: { text: staticWord(rubyOfTemplate(text)) },
        positionals: [],
      }),
    );
};

/** Each with its own way to name its code. */
export const launchers: readonly Launcher[] = [
  { names: ['ruby', 'jruby', 'truffleruby', 'mruby'], unwrap: ruby },
  { names: ['irb', 'jirb', 'pry'], unwrap: shell },
  { names: ['rails'], unwrap: rails },
  { names: ['erb'], unwrap: erb },
  { names: ['spring'], unwrap: ({ args }) => (args.length === 0 ? [] : [{ kind: 'words', words: args }]) },
];
