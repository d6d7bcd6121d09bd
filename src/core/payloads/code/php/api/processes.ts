// Processes: exec and its kin, backticks, proc_open, Symfony's and Laravel's Process.
import { knownPrefix, staticWord, textOf, type Word } from '../../../../model/word.ts';
import { named, taintOf, text, unknown, type Value, wordOf } from '../../value.ts';
import { itemsIn } from '../arrays.ts';
import type { Php } from '../interpreter.ts';
import type { LibraryApi, LibraryApis } from '../library.ts';
import { literal, none } from '../model.ts';

/** Shell code; gives back what it prints, which came over the network where it fetches. */
export function runsInShell(command: Value, php: Php, via: string, cwd?: Word): Value {
  const from = taintOf(command);
  if (from !== undefined) php.record(via, { kind: 'flow', from, to: 'shell' });
  php.record(via, { kind: 'shell', text: wordOf(command), ...(cwd === undefined ? {} : { cwd }) });
  const fetches = command.kind === 'text' && /^\s*(curl|wget)\b/.test(knownPrefix(command.word));
  return unknown(via, fetches ? 'http' : undefined);
}

function runsWords(items: readonly Value[], php: Php, via: string, cwd?: Word): Value {
  if (items.length > 0)
    php.record(via, { kind: 'words', words: items.map(wordOf), ...(cwd === undefined ? {} : { cwd }) });
  return unknown(via);
}

/** A text is shell code, a list a program with its arguments. */
function runs(command: Value | undefined, php: Php, via: string, cwd?: Word): Value {
  if (command === undefined) return none;
  return command.kind === 'list' ? runsWords(command.items, php, via, cwd) : runsInShell(command, php, via, cwd);
}

const shell: LibraryApi = ({ given, php, frame, nodes }, via) => {
  const output = runs(given.positional[0], php, via);
  // `exec($command, $lines)` fills the second argument.
  const name = /^exec$/.test(via) && nodes[1]?.name === 'VariableName' ? nodes[1] : undefined;
  if (name !== undefined) {
    const variable = name.text.source.slice(name.from + 1, name.to);
    php.branches.set(frame.variables, variable, unknown(`$${variable}`, taintOf(output)));
  }
  return output;
};

const opens: LibraryApi = ({ given, php }, via) => {
  const cwd = given.positional[3];
  return runs(given.positional[0], php, via, cwd === undefined || cwd === none ? undefined : wordOf(cwd));
};

const executes: LibraryApi = ({ given, php, frame }, via) => {
  const [program, args] = given.positional;
  const result = program === undefined ? none : runsWords([program, ...itemsIn(args)], php, via);
  frame.ended = true;
  return result;
};

/** `escapeshellarg`: one word, whatever stands in it. */
const quotes: LibraryApi = ({ given }) => {
  const [value] = given.positional;
  const known = value?.kind === 'text' ? textOf(value.word) : undefined;
  return known === undefined ? value : text(`'${known.replaceAll("'", `'\\''`)}'`);
};

/** A Symfony process runs when it is told to, with what it was made with. */
const starts: LibraryApi = ({ receiver, php }, via) => {
  const made = receiver?.kind === 'name' ? receiver.made : undefined;
  const cwd = php.stateOf(receiver)?.get('cwd') ?? made?.positional[1];
  runs(made?.positional[0], php, via, cwd === undefined || cwd === none ? undefined : wordOf(cwd));
  return receiver;
};

const symfony = 'Symfony\\Component\\Process\\Process()';

/** Laravel's facade: `Process::path($dir)->run('make')`. */
const facadeRuns: LibraryApi = ({ given, php, receiver }, via) => {
  const path = php.stateOf(receiver)?.get('cwd');
  runs(given.positional[0], php, via, path === undefined ? undefined : wordOf(path));
  return unknown(via);
};

const inFolder: LibraryApi = ({ given, php }) => {
  const pending = named('PendingProcess()', { positional: [], named: new Map() });
  const [path] = given.positional;
  if (path !== undefined) php.stateOf(pending)?.set('cwd', path);
  return pending;
};

const setsEnvironment: LibraryApi = ({ given, php }) => {
  const [name, value = ''] = (literal(given.positional[0]) ?? '').split('=', 2);
  if (name !== undefined && name !== '') php.environment.push({ name, value: staticWord(value) });
  return none;
};

const variable: LibraryApi = ({ given, php, source }, via) => {
  const name = literal(given.positional[0]);
  if (name === undefined) return unknown(source);
  const set = php.environment.findLast((each) => each.name === name);
  const word = set?.value ?? php.context.variable(name);
  return word === undefined ? (via === 'env' ? (given.positional[1] ?? none) : text('')) : text(word);
};

export const processApis: LibraryApis = {
  exec: shell,
  system: shell,
  shell_exec: shell,
  passthru: shell,
  popen: shell,
  proc_open: opens,
  pcntl_exec: executes,
  escapeshellarg: quotes,
  escapeshellcmd: ({ given }) => given.positional[0],
  putenv: setsEnvironment,
  getenv: variable,
  env: variable,
  [`${symfony}->run`]: starts,
  [`${symfony}->mustRun`]: starts,
  [`${symfony}->start`]: starts,
  'Process()->run': starts,
  'Process()->mustRun': starts,
  'Process()->start': starts,
  [`${symfony}->setWorkingDirectory`]: ({ receiver, given, php }) => {
    const [cwd] = given.positional;
    if (cwd !== undefined) php.stateOf(receiver)?.set('cwd', cwd);
    return receiver;
  },
  'Symfony\\Component\\Process\\Process::fromShellCommandline': ({ given }) => named(symfony, given),
  'Process::fromShellCommandline': ({ given }) => named(symfony, given),
  'Process::run': facadeRuns,
  'Process::start': facadeRuns,
  'Process::path': inFolder,
  'PendingProcess()->run': facadeRuns,
  'PendingProcess()->start': facadeRuns,
};
