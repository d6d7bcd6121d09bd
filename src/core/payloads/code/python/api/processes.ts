// APIs of processes: shell code and commands that a program runs.
import type { Assignment } from '../../../../model/invocation.ts';
import { dynamicWord, knownPrefix, piecesOf, showWord, staticWord, type Word } from '../../../../model/word.ts';
import { argument, isOn, option } from '../../api.ts';
import {
  type Arguments,
  concat,
  list,
  named,
  taintOf,
  text,
  unknown,
  type Value,
  wordOf,
  wordsOf,
} from '../../value.ts';
import { asText, literalOf, none, splitPieces } from '../literals.ts';
import type { Run } from '../run.ts';
import { setVariable } from '../targets.ts';
import { each, type PythonApi, type PythonApis, runsAs } from './api.ts';

interface Place {
  readonly cwd?: Word;
  readonly stdin?: Word;
  readonly assignments?: readonly Assignment[];
}

/** `cwd=`, `env=` and `input=` of subprocess. */
function placeOf(call: Arguments): Place {
  const [cwd, env, input] = [call.named.get('cwd'), call.named.get('env'), call.named.get('input')];
  const assignments =
    env?.kind === 'table' ? [...env.entries].map(([name, value]) => ({ name, value: wordOf(value) })) : [];
  return {
    ...(cwd === undefined ? {} : { cwd: wordOf(cwd) }),
    ...(input === undefined ? {} : { stdin: wordOf(input) }),
    ...(assignments.length === 0 ? {} : { assignments }),
  };
}

/** Shell code. Where its first word is not known, only what stands behind it is followed. */
function runShell(value: Value | undefined, place: Place, run: Run, via: string): void {
  if (value === undefined) return;
  const taint = taintOf(value);
  if (taint !== undefined) run.recorder.record(via, { kind: 'flow', from: taint, to: 'shell' });
  const word = wordOf(asText(value));
  const known = startOfShell(word);
  if (known === undefined)
    run.recorder.record(via, { kind: 'opaque', detail: `the command of ${via} is not known: ${showWord(word)}` });
  else run.recorder.record(via, { kind: 'shell', text: known, ...place });
}

/** The part of shell code that can be followed: `f'{tool} --version && rm -rf x'` from `rm` on. */
function startOfShell(word: Word): Word | undefined {
  if (word.kind === 'static' || knownPrefix(word).trim() !== '' || /sudo/i.test(word.source)) return word;
  const pieces = piecesOf(word);
  for (const [index, piece] of pieces.entries()) {
    const match = piece === null ? null : /&&|\|\||[;|\n]/.exec(piece);
    if (piece === null || match === null) continue;
    return dynamicWord(word.source, [piece.slice(match.index + match[0].length), ...pieces.slice(index + 1)]);
  }
  return undefined;
}

/** A command as words. */
function runWords(words: readonly Word[], place: Place, run: Run, via: string): void {
  const [program] = words;
  if (program === undefined) return;
  if (program.kind === 'dynamic' && !/sudo/i.test(program.source) && !knownEnd(program)) {
    run.recorder.record(via, { kind: 'opaque', detail: `the command of ${via} is not known: ${showWord(program)}` });
    return;
  }
  run.recorder.record(via, { kind: 'words', words, ...place });
}

const knownEnd = (word: Word): boolean => /\/[^/]+$/.test(piecesOf(word).at(-1) ?? '');

const shell: PythonApi = (call, run, via) => {
  runShell(argument(call, 0, 'command') ?? argument(call, 0, 'cmd'), placeOf(call), run, via);
  return outputOf(call.positional[0]);
};

/** subprocess: a list of words, or one text that is a program's name, or shell code with `shell=True`. */
const subprocess: PythonApi = (call, run, via) => {
  const command = argument(call, 0, 'args');
  const place = placeOf(call);
  const words = wordsOf(command);
  const [first, ...rest] = command?.kind === 'list' ? command.items : [];
  if (words === undefined) runShell(command, place, run, via);
  else if (isOn(option(call, 'shell'))) runShell(first, place, run, via);
  else if (first !== undefined && isShell(literalOf(first)) && rest.map(taintOf).some((taint) => taint !== undefined))
    runShell(rest.at(-1), place, run, via);
  else runWords(words, place, run, via);
  return named(`${via}()`, { positional: [outputOf(command)], named: new Map() });
};

const isShell = (name: string | undefined): boolean => /^(?:\/(?:usr\/)?bin\/)?(?:ba|z|da)?sh$/.test(name ?? '');

/** What a command prints: what a fetcher prints came over the network. */
function outputOf(command: Value | undefined): Value {
  const first = command?.kind === 'list' ? command.items[0] : command;
  const word = first === undefined ? '' : knownPrefix(wordOf(first)).trim();
  return unknown('the output of a command', /^(curl|wget|http)\b/.test(word) ? 'http' : undefined);
}

/** What `check_output` and `getoutput` give back. */
const printing =
  (api: PythonApi): PythonApi =>
  (call, run, via) => {
    api(call, run, via);
    return outputOf(argument(call, 0, 'args'));
  };

/** `os.execv(path, words)`, `os.spawnv(mode, path, words)`: the words start with the program's own name. */
const executes =
  (at: number, isSpread: boolean): PythonApi =>
  (call, run, via) => {
    const program = call.positional[at];
    const words = isSpread ? call.positional.slice(at + 1).map(wordOf) : wordsOf(call.positional[at + 1]);
    if (program !== undefined)
      runWords([wordOf(program), ...(words ?? [dynamicWord('…')]).slice(1)], placeOf(call), run, via);
    return none;
  };

/** A program and its arguments as they come: `asyncio.create_subprocess_exec`. */
const spread: PythonApi = (call, run, via) => {
  runWords(call.positional.map(wordOf), placeOf(call), run, via);
  return undefined;
};

/** `pty.spawn(words)`, `pexpect.spawn(text, words)`. */
const spawns: PythonApi = (call, run, via) => {
  const words = wordsOf(call.positional[0]);
  const more = wordsOf(call.positional[1]) ?? wordsOf(call.named.get('args')) ?? [];
  if (words !== undefined) runWords(words, placeOf(call), run, via);
  else if (more.length > 0) runWords([wordOf(call.positional[0]), ...more], placeOf(call), run, via);
  else runShell(call.positional[0], placeOf(call), run, via);
  return undefined;
};

/** `sh.rm('-rf', path)`: the function is called like the program. */
const shProgram: PythonApi = (call, run, via) => {
  const name = via.slice(via.indexOf('.') + 1);
  if (!/^[A-Za-z_][\w]*$/.test(name) || name === 'Command') return undefined;
  const options = [...call.named]
    .filter(([key]) => !key.startsWith('_'))
    .flatMap(([key, value]) => optionWords(key, value));
  runWords(
    [staticWord(name.replaceAll('_', '-')), ...call.positional.map(wordOf), ...options],
    placeOf(call),
    run,
    via,
  );
  return undefined;
};

const optionWords = (key: string, value: Value): readonly Word[] => {
  const flag = staticWord(key.length === 1 ? `-${key}` : `--${key.replaceAll('_', '-')}`);
  return literalOf(value) === 'true' ? [flag] : [flag, wordOf(value)];
};

/** A command on another machine, as ssh would run it. */
const remote: PythonApi = (call, run, via) => {
  const command = argument(call, 0, 'command');
  const host = hostOf(call.receiver);
  if (command !== undefined) runsAs(['ssh', host, wordOf(asText(command))], run, via);
  return undefined;
};

const sudoRemote: PythonApi = (call, run, via) => {
  const command = argument(call, 0, 'command');
  if (command !== undefined)
    runsAs(['ssh', hostOf(call.receiver), wordOf(concat([text('sudo '), asText(command)]))], run, via);
  return undefined;
};

/** What a connection was made to: `Connection('db1')`; of a paramiko client, what it was told to connect to. */
function hostOf(value: Value | undefined): Word {
  const given = value?.kind === 'name' ? (value.made?.positional[0] ?? value.made?.named.get('host')) : undefined;
  return given?.kind === 'text' ? given.word : dynamicWord('host');
}

const splitsWords: PythonApi = (call) => {
  const known = literalOf(call.positional[0]);
  if (known !== undefined) return list(shellWords(known).map((word) => text(word)));
  return splitPieces(call.positional[0]);
};

/** `shlex.split`: words as a shell would cut them, without expansions. */
function shellWords(known: string): readonly string[] {
  const words: string[] = [];
  for (const [, word = ''] of known.slice(0, 20_000).matchAll(/((?:[^\s'"\\]|\\.|'[^']*'|"(?:[^"\\]|\\.)*")+)/g))
    words.push(
      word.replace(
        /'([^']*)'|"((?:[^"\\]|\\.)*)"|\\(.)/g,
        (_whole, single, double, escaped) => single ?? double?.replace(/\\(["\\$`])/g, '$1') ?? escaped,
      ),
    );
  return words;
}

export const processApis: PythonApis = {
  ...each('os.system os.popen os.popen2 os.popen3 commands.getoutput commands.getstatusoutput', shell),
  ...each('subprocess.getoutput subprocess.getstatusoutput', shell),
  ...each('subprocess.run subprocess.call subprocess.check_call subprocess.Popen', subprocess),
  'subprocess.check_output': printing(subprocess),
  ...each('asyncio.create_subprocess_shell pexpect.run', shell),
  'asyncio.create_subprocess_exec': spread,
  ...each('os.execv os.execve os.execvp os.execvpe os.posix_spawn os.posix_spawnp', executes(0, false)),
  ...each('os.execl os.execle os.execlp os.execlpe', executes(0, true)),
  ...each('os.spawnv os.spawnve os.spawnvp os.spawnvpe', executes(1, false)),
  ...each('os.spawnl os.spawnle os.spawnlp os.spawnlpe', executes(1, true)),
  ...each('pty.spawn pexpect.spawn', spawns),
  'sh.**': shProgram,
  ...each('invoke.run fabric.api.local fabric.operations.local plumbum.local.cmd', shell),
  'invoke.Context().run': shell,
  'fabric.Connection().local': shell,
  'fabric.Connection().run': remote,
  'fabric.Connection().sudo': sudoRemote,
  ...each('fabric.api.run fabric.api.sudo', remote),
  'paramiko.SSHClient().connect': (call, run) => {
    const host = argument(call, 0, 'hostname');
    if (call.receiver?.kind === 'name' && host !== undefined) run.hosts.set(call.receiver, host);
    return none;
  },
  'paramiko.SSHClient().exec_command': (call, run, via) => {
    const host = call.receiver === undefined ? undefined : run.hosts.get(call.receiver);
    return remote(
      { ...call, receiver: named('ssh', { positional: host === undefined ? [] : [host], named: new Map() }) },
      run,
      via,
    );
  },
  'shlex.split': splitsWords,
  'shlex.quote': (call) => call.positional[0],
  'shlex.join': (call) => {
    const [words] = call.positional;
    return words?.kind === 'list' && words.complete ? concat(words.items.map(asText), ' ') : unknown('');
  },
  'os.putenv': (call, run) => {
    const name = literalOf(call.positional[0]);
    if (name !== undefined && call.positional[1] !== undefined) setVariable(name, call.positional[1], run);
    return none;
  },
};
