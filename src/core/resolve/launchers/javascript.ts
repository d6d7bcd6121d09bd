// node, deno, tsx, ts-node, zx and their kin: JavaScript and TypeScript behind -e, in a file, or on standard input.
import type { Assignment, Invocation } from '../../model/invocation.ts';
import type { World } from '../../model/observation.ts';
import { own } from '../../model/table.ts';
import { knownPrefix, showWord, staticWord, textOf, type Word } from '../../model/word.ts';
import { behind, codeOnStdin } from '../code-input.ts';
import { isInstalled } from '../conventions.ts';
import { readEnvFile } from '../env-file.ts';
import type { Inner, Launcher } from '../launcher.ts';
import { parseJson, textAt } from '../packages/json.ts';
import { runtimeTasks } from '../packages/tasks.ts';
import { absolutePath } from '../paths.ts';

/** How a runtime writes its options. */
interface Runtime {
  /** Options that take the next word. */
  readonly values: ReadonlySet<string>;
  /** Options whose value is code. */
  readonly code: ReadonlySet<string>;
  /** Options whose value is a module that runs first. */
  readonly first: ReadonlySet<string>;
  /** Words in front of the script that are commands of the runtime. */
  readonly verbs: ReadonlySet<string>;
}

const set = (words: string): ReadonlySet<string> => new Set(words.split(' ').filter((word) => word !== ''));
const runtime = (spec: { values?: string; code?: string; first?: string; verbs?: string }): Runtime => ({
  values: set(spec.values ?? ''),
  code: set(spec.code ?? '-e --eval -p --print -pe -ep'),
  first: set(spec.first ?? '-r --require --import'),
  verbs: set(spec.verbs ?? ''),
});

const nodeValues =
  '-C --conditions --loader --experimental-loader --env-file --env-file-if-exists --inspect-port --title --icu-data-dir --input-type ' +
  '--test-name-pattern --test-skip-pattern --test-reporter --test-reporter-destination --test-concurrency --test-timeout --test-shard ' +
  '--watch-path --diagnostic-dir --openssl-config --redirect-warnings --dns-result-order --stack-trace-limit --max-old-space-size --run';

/** Sources: node(1), docs.deno.com/runtime/reference/cli, and the tools' own READMEs. */
const runtimes: Readonly<Record<string, Runtime>> = {
  node: runtime({ values: nodeValues, verbs: 'inspect debug' }),
  nodejs: runtime({ values: nodeValues, verbs: 'inspect debug' }),
  deno: runtime({
    values:
      '-c --config --import-map --lock -L --log-level --cert --location --seed --ext --env-file --reload-host --unsafely-ignore-certificate-errors --permission-set -P',
    code: '',
    first: '--preload --import --require',
  }),
  tsx: runtime({ values: `${nodeValues} --tsconfig`, verbs: 'watch' }),
  'ts-node': runtime({
    values:
      '-P --project -O --compiler-options -D --dir --scope-dir -I --ignore --cwd --transpiler -C --compiler --log-error',
  }),
  'ts-node-esm': runtime({ values: '-P --project -O --compiler-options' }),
  'ts-node-script': runtime({ values: '-P --project -O --compiler-options' }),
  'ts-node-dev': runtime({ values: '-P --project -O --compiler-options --watch --ignore-watch --debounce --interval' }),
  tsnd: runtime({ values: '-P --project -O --compiler-options --watch --ignore-watch --debounce --interval' }),
  'swc-node': runtime({ values: '-P --project' }),
  'babel-node': runtime({
    values: '-x --extensions -o --only -i --ignore --presets --plugins --config-file --env-name',
  }),
  'sucrase-node': runtime({}),
  jiti: runtime({}),
  zx: runtime({ values: '--shell --prefix --postfix --prefer-local --cwd --ext --registry --env', code: '-e --eval' }),
  'vite-node': runtime({ values: '--root --config -c --mode -m', first: '' }),
  esno: runtime({ values: '--tsconfig' }),
  esmo: runtime({ values: '--tsconfig' }),
  esr: runtime({}),
};

export const launcher: Launcher = { names: Object.keys(runtimes), unwrap: javascriptInner };

/** What a call of a JavaScript runtime runs. */
export function javascriptInner(call: Invocation, world: World): readonly Inner[] {
  const known = own(runtimes, call.name);
  if (known === undefined) return [];
  if (call.name === 'deno') return deno(known, call, world);
  return started(readLine(call.args, known), call, world);
}

interface Line {
  readonly code: Word | undefined;
  /** Modules that run first. */
  readonly first: readonly Word[];
  readonly flags: ReadonlyMap<string, Word | undefined>;
  /** The script and what stands behind it. */
  readonly words: readonly Word[];
}

/** Options end at the script; all behind it belongs to the program. */
function readLine(args: readonly Word[], { values, code, first, verbs }: Runtime): Line {
  const flags = new Map<string, Word | undefined>();
  const modules: Word[] = [];
  let text: Word | undefined;
  let at = 0;
  for (; at < args.length; at += 1) {
    const word = args[at] as Word;
    const start = knownPrefix(word);
    if (start === '--') {
      at += 1;
      break;
    }
    if (!/^-./.test(start)) {
      if (text === undefined && flags.size === 0 && verbs.has(start) && word.kind === 'static') continue;
      break;
    }
    const { name, value, isNext } = optionAt(args, at, (each) => values.has(each) || code.has(each) || first.has(each));
    if (isNext) at += 1;
    flags.set(name, value);
    if (code.has(name) && value !== undefined) text = value;
    if (first.has(name) && value !== undefined) modules.push(value);
  }
  return { code: text, first: modules, flags, words: args.slice(at) };
}

/** One option with its value: behind `=`, or in the next word where it takes one. */
function optionAt(
  args: readonly Word[],
  at: number,
  takes: (name: string) => boolean,
): { readonly name: string; readonly value: Word | undefined; readonly isNext: boolean } {
  const word = args[at] as Word;
  const start = knownPrefix(word);
  const equals = start.startsWith('--') ? start.indexOf('=') : -1;
  if (equals >= 0) return { name: start.slice(0, equals), value: behind(word, equals + 1), isNext: false };
  const isNext = takes(start);
  return { name: start, value: isNext ? args[at + 1] : undefined, isNext };
}

const program = (
  code: { readonly text: Word } | { readonly path: Word },
  positionals: readonly Word[],
  label: string,
): Inner => ({ kind: 'program', language: 'javascript', code, positionals, label });

function started({ code, first, flags, words }: Line, call: Invocation, world: World): readonly Inner[] {
  if (
    ['-c', '--check', '-v', '--version', '-h', '--help'].some(
      (flag) => flags.has(flag) && flags.get(flag) === undefined,
    )
  )
    return [];
  const around = surroundings(flags, call, world);
  const before = first
    .filter((path) => /^\.{0,2}\//.test(knownPrefix(path)))
    .map((path) => program({ path }, [], showWord(path)));
  const inners = (): readonly Inner[] => {
    if (code !== undefined) return [program({ text: code }, words, `${call.name} code`)];
    if (flags.get('--run') !== undefined) return runtimeTasks(call, world);
    if (flags.has('--test')) return words.filter(({ glob }) => !glob).flatMap((path) => script(path, [], call, world));
    const [path, ...rest] = words;
    if (path === undefined || textOf(path) === '-') return codeOnStdin(call, 'javascript', rest, world);
    return script(path, rest, call, world);
  };
  return [...before, ...inners()].map((inner) => ({ ...inner, ...around }));
}

/** `--env-file` sets variables that are not set yet; zx and ts-node change the folder. */
function surroundings(
  flags: Line['flags'],
  call: Invocation,
  world: World,
): { assignments?: readonly Assignment[]; cwd?: Word } {
  const file =
    flags.get('--env-file') ??
    flags.get('--env-file-if-exists') ??
    (call.name === 'zx' ? flags.get('--env') : undefined);
  const path = file === undefined ? undefined : absolutePath(file, call.cwd);
  const answer = path === undefined || call.host.kind !== 'local' ? undefined : world.ask({ kind: 'file', path });
  const entries = answer?.kind === 'text' ? [...readEnvFile(answer.text)] : [];
  const assignments = entries
    .filter(([name]) => call.env.get(name) === undefined)
    .map(([name, { word }]) => ({ name, value: word }));
  const cwd = call.name === 'zx' ? flags.get('--cwd') : undefined;
  return { ...(assignments.length === 0 ? {} : { assignments }), ...(cwd === undefined ? {} : { cwd }) };
}

/** A script by its path. What a package installed is known by the package's name, not by its source. */
function script(path: Word, rest: readonly Word[], call: Invocation, world: World): readonly Inner[] {
  const text = textOf(path);
  if (text === undefined) return [program({ path }, rest, showWord(path))];
  if (/\.(md|wasm|json|node)$/.test(text)) return [];
  const tool = toolOf(text);
  if (tool !== undefined) return [{ kind: 'words', words: [staticWord(tool), ...rest], label: `${call.name} ${text}` }];
  if (isInstalled(text)) return [];
  return [program({ path: staticWord(resolved(text, call, world)) }, rest, text)];
}

/** `node_modules/.bin/prisma`, `node_modules/prisma/build/index.js`. */
function toolOf(path: string): string | undefined {
  const at = path.lastIndexOf('node_modules/');
  if (at < 0) return undefined;
  const [scope, name, third] = path.slice(at + 'node_modules/'.length).split('/');
  if (scope === '.bin') return name;
  return scope?.startsWith('@') ? (third === undefined ? undefined : name) : name === undefined ? undefined : scope;
}

/** A script without its extension, or a folder with its main file or an index. Source: Node.js, "Modules: all together". */
function resolved(path: string, call: Invocation, world: World): string {
  if (/\.\w+$/.test(path) || call.host.kind !== 'local') return path;
  const textOfFile = (each: string): string | undefined => {
    const absolute = absolutePath(staticWord(each), call.cwd);
    const answer = absolute === undefined ? undefined : world.ask({ kind: 'file', path: absolute });
    return answer?.kind === 'text' ? answer.text : undefined;
  };
  const base = path.replace(/\/+$/, '') || path;
  const main = textAt(parseJson(textOfFile(`${base}/package.json`) ?? ''), 'main');
  const named = main === undefined ? [] : ['', '.js', '/index.js'].map((ending) => `${base}/${main}${ending}`);
  const names = [base, `${base}.js`, `${base}.ts`, ...named, `${base}/index.js`, `${base}/index.ts`];
  return names.find((each) => textOfFile(each) !== undefined) ?? path;
}

const denoVerbs = set(
  'add bench bundle cache check clean compile completions coverage create doc fmt help info init install jupyter lint lsp outdated publish remove repl task test types uninstall update upgrade vendor approve-scripts audit deploy sandbox',
);

/** `deno run`, `deno eval`, `deno serve` and a bare file. */
function deno(known: Runtime, call: Invocation, world: World): readonly Inner[] {
  const line = readLine(call.args, known);
  const [verb, ...rest] = line.words;
  const text = textOf(verb);
  if (text === 'eval') {
    const [code, ...args] = readLine(rest, known).words;
    return code === undefined ? [] : [program({ text: code }, args, 'deno eval')];
  }
  if (text === 'task') return runtimeTasks(call, world);
  if (verb === undefined || text === 'serve' || denoVerbs.has(text ?? '')) return [];
  const inner = text === 'run' ? readLine(rest, known) : line;
  const [path, ...args] = inner.words;
  const name = textOf(path);
  if (name?.startsWith('npm:')) {
    const tool = name
      .slice(4)
      .replace(/(?<=.)@[^/]*$/, '')
      .replace(/^@[^/]+\//, '');
    return [{ kind: 'words', words: [staticWord(tool), ...args], label: 'deno run' }];
  }
  if (name !== undefined && /^(https?|jsr):/.test(name)) return [];
  return started({ ...inner, code: undefined }, call, world);
}
