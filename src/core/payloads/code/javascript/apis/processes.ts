// Processes: child_process, execa, zx, shelljs, cross-spawn, Deno and Bun. Source: the libraries' own documentation.
import { knownPrefix, staticWord, type Word } from '../../../../model/word.ts';
import { isOn, option } from '../../api.ts';
import { type Arguments, concat, list, taintOf, text, type Value, wordOf, wordsOf } from '../../value.ts';
import type { Run } from '../run.ts';
import { entryOf } from '../values.ts';
import { type JsApi, type JsApiTable, same, surroundings } from './api.ts';

const noArguments: Arguments = { positional: [], named: new Map() };

/** Shell code. Code that came over the network, or was decoded and is not known, is a flow as well. */
export function recordShellText(value: Value | undefined, options: Arguments | undefined, via: string, run: Run): void {
  if (value === undefined) return;
  const code = run.content(value);
  const taint = taintOf(code);
  if (taint !== undefined) run.recorder.record(via, { kind: 'flow', from: taint, to: 'shell' });
  run.recorder.record(via, { kind: 'shell', text: wordOf(code), ...surroundings(options ?? noArguments, run) });
}

const shell: JsApi = (call, run, name) => {
  recordShellText(call.positional[0], call, name, run);
  return undefined;
};

/** A program with a list of arguments, through a shell where the option says so. */
const program: JsApi = (call, run, name) => {
  recordProgram(call.positional[0], call.positional[1], call, name, run);
  return undefined;
};

function recordProgram(file: Value | undefined, args: Value | undefined, call: Arguments, via: string, run: Run): void {
  if (file === undefined) return;
  const rest = args?.kind === 'list' ? args : list([]);
  if (isOn(option(call, 'shell'))) {
    recordShellText(concat([file, ...(rest.kind === 'list' ? rest.items : [])], ' '), call, via, run);
    return;
  }
  recordWords([wordOf(file), ...(wordsOf(rest) ?? [])], call, via, run);
}

const recordWords = (words: readonly Word[], call: Arguments, via: string, run: Run): void =>
  run.recorder.record(via, { kind: 'words', words, ...surroundings(call, run) });

/** What is written to a program's standard input: the same command, with that text. */
const feeds: JsApi = (call, run, name) => {
  const started = call.receiver?.kind === 'name' ? call.receiver.made : undefined;
  const [given] = call.positional;
  if (started === undefined || given === undefined || given.kind === 'function') return undefined;
  const input = new Map([...started.named, ['input', given] as const]);
  const again = { positional: started.positional, named: input };
  if (name.includes('exec')) recordShellText(started.positional[0], again, name, run);
  else recordProgram(started.positional[0], started.positional[1], again, name, run);
  return undefined;
};

/** A script that runs in a Node.js of its own. */
const nodeScript: JsApi = (call, run, name) => {
  const [script, args] = call.positional;
  if (script !== undefined)
    recordWords([staticWord('node'), wordOf(run.path(script)), ...(wordsOf(args) ?? [])], call, name, run);
  return undefined;
};

/** `{cmd: [...]}` and lists of words. */
const listed: JsApi = (call, run, name) => {
  const words = wordsOf(entryOf(call.positional[0], 'cmd') ?? call.positional[0]);
  if (words !== undefined) recordWords(words, call, name, run);
  return undefined;
};

const denoCommand: JsApi = (call, run, name) => {
  recordProgram(call.positional[0], option(call, 'args'), call, name, run);
  return undefined;
};

/** shelljs has the commands of a shell as functions: options first, then paths, patterns among them. */
const shelljsCommand: JsApi = (call, run, name) => {
  const command = name.slice(name.lastIndexOf('.') + 1);
  const words = call.positional.flatMap((value) => (value.kind === 'list' ? value.items : [value])).map(wordOf);
  const patterns = words.map((word) => (/[*?[]/.test(knownPrefix(word)) ? { ...word, glob: true } : word));
  recordWords([staticWord(command), ...patterns], { positional: [], named: new Map() }, name, run);
  return undefined;
};

const changesFolder: JsApi = (call, run) => {
  const [folder] = call.positional;
  if (folder !== undefined && folder.kind !== 'function') run.cwd = wordOf(run.path(folder));
  return undefined;
};

/** `$({cwd})` gives a tag of its own. */
const tagWith: JsApi = (call, run, name) => {
  if (call.positional[0]?.kind === 'text') recordShellText(call.positional[0], call, name, run);
  return { kind: 'name', name: `${name}()`, made: call };
};

const spawns =
  'child_process.spawn child_process.execFile cross-spawn cross-spawn.sync cross-spawn.spawn execa execa.execa execa.execaSync execa.sync execa.execFile zx.spawn nano-spawn tinyexec.x tinyexec.exec node-pty.spawn';
const execs =
  'child_process.exec execa.execaCommand execa.execaCommandSync execa.command execa.commandSync execa.shell shelljs.exec shelljs/global.exec exec-sh @actions/exec.exec promisify-child-process.exec';
const shelljs = 'rm mv cp mkdir chmod ln touch sed'.split(' ').flatMap((name) => [`shelljs.${name}`, `shell.${name}`]);

export const processApis: JsApiTable = {
  ...same(execs, shell),
  ...same(spawns, program),
  ...same('child_process.fork execa.execaNode execa.node', nodeScript),
  ...same(
    'child_process.spawn().stdin.write child_process.spawn().stdin.end child_process.exec().stdin.write child_process.exec().stdin.end child_process.execFile().stdin.write child_process.execFile().stdin.end',
    feeds,
  ),
  ...same('Bun.spawn Deno.run', listed),
  'Bun.spawnSync': listed,
  'Deno.Command': denoCommand,
  ...Object.fromEntries(shelljs.map((name) => [name, shelljsCommand])),
  ...same('process.chdir Deno.chdir zx.cd shelljs.cd', changesFolder),
  ...same('$ zx.$ execa.$ Bun.$ bun.$', tagWith),
  'process.cwd': (_call, run) => text(run.cwd ?? run.context.cwd),
  'Deno.cwd': (_call, run) => text(run.cwd ?? run.context.cwd),
  'shelljs.tempdir': () => text('/tmp'),
  'zx.within': (call, run) =>
    call.positional[0] === undefined ? undefined : run.call(call.positional[0], noArguments, 'within'),
};
