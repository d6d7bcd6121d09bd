// Processes: system, exec, spawn, backticks, IO.popen, Open3 and their kin.
import type { Assignment } from '../../../../model/invocation.ts';
import { knownPrefix, staticWord, type Word } from '../../../../model/word.ts';
import { option } from '../../api.ts';
import { list, named, taintOf, text, unknown, type Value, wordOf } from '../../value.ts';
import type { Call } from '../calls.ts';
import type { Ruby } from '../interpreter.ts';
import { callBlock } from '../invoke.ts';
import type { LibraryApi, LibraryApis } from '../library.ts';
import { literal, nil } from '../model.ts';
import { plainText } from '../plain.ts';
import { joinedWords, quoted, splitWords } from '../quoting.ts';

interface Around {
  readonly cwd?: Word;
  readonly assignments?: readonly Assignment[];
  readonly stdin?: Word;
}

/** Shell code; gives back what it prints, which came over the network where it fetches. */
export function runsInShell(command: Value, ruby: Ruby, via: string, around: Around = {}): Value {
  const code = plainText(command);
  const from = taintOf(code);
  if (from !== undefined) ruby.record(via, { kind: 'flow', from, to: 'shell' });
  ruby.record(via, { kind: 'shell', text: wordOf(code), ...around });
  const fetches = code.kind === 'text' && /^\s*(curl|wget)\b/.test(knownPrefix(code.word));
  return unknown(via, fetches ? 'http' : undefined);
}

const entriesOf = (value: Value | undefined): readonly Assignment[] =>
  value?.kind === 'table'
    ? [...value.entries]
        .filter(([, each]) => each !== nil)
        .map(([name, each]) => ({ name, value: wordOf(plainText(each)) }))
    : [];

/** Variables in front, the folder and the input: what a process is given besides its words. */
function aroundOf(env: Value | undefined, { given, ruby }: Call): Around {
  const assignments = [...ruby.environment, ...entriesOf(env)];
  const cwd = option(given, 'chdir');
  const stdin = option(given, 'stdin_data');
  return {
    ...(assignments.length === 0 ? {} : { assignments }),
    ...(cwd === undefined ? {} : { cwd: wordOf(plainText(cwd)) }),
    ...(stdin === undefined ? {} : { stdin: wordOf(plainText(stdin)) }),
  };
}

/**
 * A command as Ruby takes it: one text is shell code, several words are a program with its arguments, a hash in front
 * holds variables. Source: Kernel#spawn.
 */
export function runsCommand(call: Call, via: string, skipped = 0): Value {
  const { ruby } = call;
  const given = call.given.positional.slice(skipped);
  const env = given[0]?.kind === 'table' ? given[0] : undefined;
  const words = (env === undefined ? given : given.slice(1)).filter((each) => each.kind !== 'table');
  const around = aroundOf(env, call);
  const [first, ...rest] = words;
  if (first === undefined) return nil;
  if (first.kind === 'list') return runsWords([...programOf(first), ...rest], ruby, via, around);
  if (rest.length === 0) return runsInShell(first, ruby, via, around);
  return runsWords(words, ruby, via, around);
}

/** `["rm", "remover"]`: a program with the name that it is told. */
const programOf = (first: Value & { kind: 'list' }): readonly Value[] =>
  first.complete ? first.items : [...first.items, unknown('…')];

function runsWords(values: readonly Value[], ruby: Ruby, via: string, around: Around): Value {
  const words = values
    .flatMap((each) => (each.kind === 'list' ? each.items : [each]))
    .map((each) => wordOf(plainText(each)));
  ruby.record(via, { kind: 'words', words, ...around });
  return unknown(via, /^(curl|wget)$/.test(knownPrefix(words[0] ?? staticWord(''))) ? 'http' : undefined);
}

const runs: LibraryApi = (call, via) => runsCommand(call, via);

/** Runs a command whose output a block, or several variables, take. */
const captures: LibraryApi = (call, via) => {
  const output = runsCommand(call, via);
  const outputs = list([output, unknown('$stderr'), unknown('$status')]);
  if (call.block !== undefined)
    callBlock(call.block, [output, output, unknown('$stderr'), unknown('$thread')], call.ruby);
  return outputs;
};

/** `IO.popen(command, mode) { |io| io.write(text) }`. */
const opensPipe: LibraryApi = (call, via) => {
  const { given, block, ruby } = call;
  const mode = given.positional.findLast((each) => /^(r|w|r\+|w\+|rb|wb)$/.test(literal(each) ?? ''));
  const positional = given.positional.filter((each) => each !== mode);
  const output = runsCommand({ ...call, given: { ...given, positional } }, via);
  return block === undefined ? output : callBlock(block, [output], ruby);
};

/** `Open3.pipeline("a", "b")`: each is a command of its own. */
const pipeline: LibraryApi = (call, via) => {
  for (const each of call.given.positional) runsCommand({ ...call, given: { ...call.given, positional: [each] } }, via);
  return unknown(via);
};

const exits: LibraryApi = (call, via) => {
  const result = runs(call, via);
  call.frame.ended = true;
  return result;
};

/** A session on another machine. */
const sessionStarts: LibraryApi = ({ given, block, ruby }) => {
  const session = named('Net::SSH()', given);
  return block === undefined ? session : callBlock(block, [session], ruby);
};

const runsRemotely: LibraryApi = (call, via) => {
  const { receiver, given, ruby } = call;
  const host = receiver?.kind === 'name' ? receiver.made?.positional[0] : undefined;
  const command = given.positional[0];
  if (command === undefined) return nil;
  ruby.record(via, { kind: 'words', words: [staticWord('ssh'), wordOf(host), wordOf(plainText(command))] });
  return unknown(via);
};

export const processApis: LibraryApis = {
  system: runs,
  spawn: runs,
  exec: exits,
  '`': runs,
  'Process.spawn': runs,
  'Process.exec': exits,
  'POSIX::Spawn.spawn': runs,
  'PTY.spawn': captures,
  'IO.popen': opensPipe,
  'Open3.capture2': captures,
  'Open3.capture2e': captures,
  'Open3.capture3': captures,
  'Open3.popen2': captures,
  'Open3.popen2e': captures,
  'Open3.popen3': captures,
  'Open3.pipeline': pipeline,
  'Open3.pipeline_r': pipeline,
  'Open3.pipeline_w': pipeline,
  'Open3.pipeline_rw': pipeline,
  'TTY::Command().run': runs,
  'TTY::Command().run!': runs,
  'Net::SSH.start': sessionStarts,
  'Net::SSH().exec!': runsRemotely,
  'Net::SSH().exec': runsRemotely,
  'Shellwords.escape': ({ given }) => quoted(given.positional[0] ?? text('')),
  'Shellwords.shellescape': ({ given }) => quoted(given.positional[0] ?? text('')),
  'Shellwords.join': ({ given }) =>
    given.positional[0]?.kind === 'list' ? joinedWords(given.positional[0].items) : undefined,
  'Shellwords.split': ({ given }) => splitWords(given.positional[0] ?? text('')),
};
