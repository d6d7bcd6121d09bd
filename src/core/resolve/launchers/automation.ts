// expect, osascript, gdb, lldb: languages of other programs in which a line runs a command.
import type { Invocation } from '../../model/invocation.ts';
import type { World } from '../../model/observation.ts';
import { piecesOf, staticWord, textOf, type Word } from '../../model/word.ts';
import { optionGrammar, readOptions } from '../../programs/options.ts';
import type { Inner, Launcher } from '../launcher.ts';
import { fileText, stdinText } from '../output.ts';

const wholeOf = (word: Word | undefined): string =>
  word === undefined
    ? ''
    : piecesOf(word)
        .map((piece) => piece ?? '$UNKNOWN')
        .join('')
        .slice(0, 100_000);

const code = (text: string, label: string): Inner => ({
  kind: 'code',
  text: staticWord(text),
  label,
  stdin: { kind: 'none' },
});

const shells = /^(?:\/\S*\/)?(ssh|bash|sh|zsh|dash|ksh|su|sudo|docker|kubectl|telnet)$/;

/** Source: expect(1). The script stands behind `-c`, in a file, or on standard input. */
const expect: Launcher = {
  names: ['expect'],
  unwrap(call, world) {
    const { flags, positionals } = readOptions(
      call.args,
      optionGrammar({ values: '-c -f -b', stopAtPositional: true }),
    );
    const file = flags.get('-f') ?? flags.get('-b') ?? (flags.has('-c') ? undefined : positionals[0]);
    const given = call.args.filter((_word, at) => textOf(call.args[at - 1]) === '-c');
    const script =
      file !== undefined && textOf(file) !== '-'
        ? fileText(file, call, world)
        : flags.has('-c')
          ? undefined
          : stdinText(call.stdin, call, world);
    return [...given, script].flatMap((text) => tclCommands(wholeOf(text)));
  },
};

/** `spawn`, `exec` and `system` run a program; what is sent to a shell and ends in a newline is run by it. */
function tclCommands(text: string): readonly Inner[] {
  let speaksToShell = false;
  return text.split(/[;\n{}]/).flatMap((line): readonly Inner[] => {
    const [, verb, rest = ''] =
      /^\s*(?:set\s+\w+\s+\[\s*)?\[?\s*(spawn|exec|system|send)\s+(\S.*?)\]?\s*$/.exec(line) ?? [];
    if (verb === undefined) return [];
    if (verb !== 'send') {
      const command = rest.replace(
        /^(?:-(?:noecho|ignore\s+\w+|open\s+\S+|leaveopen\s+\S+|nottyinit|nottycopy|keepnewline|ignorestderr|pty|console)\s+)+/,
        '',
      );
      if (verb === 'spawn') speaksToShell = shells.test(/^\S+/.exec(command)?.[0] ?? '');
      return [code(command, `expect ${verb}`)];
    }
    const sent = /^(?:--\s+)?"((?:[^"\\]|\\.)*)\\[rn]"?$/.exec(rest)?.[1];
    return sent === undefined || !speaksToShell ? [] : [code(sent.replace(/\\(["$\\])/g, '$1'), 'expect send')];
  });
}

/** Source: osascript(1), Apple's AppleScript Language Guide, `do shell script`. */
const osascript: Launcher = {
  names: ['osascript'],
  unwrap(call, world) {
    const lines = call.args.filter((_word, at) => textOf(call.args[at - 1]) === '-e');
    const { positionals } = readOptions(call.args, optionGrammar({ values: '-e -l -s', stopAtPositional: true }));
    const script =
      lines.length > 0
        ? undefined
        : positionals[0] === undefined || textOf(positionals[0]) === '-'
          ? stdinText(call.stdin, call, world)
          : fileText(positionals[0], call, world);
    const text = [...lines, script].map(wholeOf).join('\n');
    return [
      ...text.matchAll(/\bdo (?:shell )?script\s+"((?:[^"\\]|\\.){1,4000})"/gi),
      ...text.matchAll(/\bdo(?:Shell)?Script\(\s*["'`]((?:[^"'`\\]|\\.){1,4000})["'`]/g),
    ].map(([, each = '']) => code(each.replace(/\\(["\\])/g, '$1'), 'osascript do shell script'));
  },
};

/** Source: the manuals of gdb and lldb. Commands stand behind options and in files. */
const debuggers: Launcher = {
  names: ['gdb', 'lldb', 'rust-gdb', 'rust-lldb', 'cgdb'],
  unwrap(call, world) {
    const flags = ['-ex', '--ex', '-eval-command', '--eval-command', '-iex', '-o', '--one-line', '-O', '-k'];
    const given = call.args.filter((_word, at) => flags.includes(textOf(call.args[at - 1]) ?? ''));
    const glued = call.args.flatMap((word) => {
      const text = /^--?(?:eval-command|ex)=(.+)$/s.exec(textOf(word) ?? '')?.[1];
      return text === undefined ? [] : [staticWord(text)];
    });
    return [...given, ...glued, ...debuggerFiles(call, world)].flatMap((word) =>
      wholeOf(word).split('\n').flatMap(debuggerLine),
    );
  },
};

const debuggerFiles = (call: Invocation, world: World): readonly Word[] =>
  call.args
    .filter((_word, at) => ['-x', '--command', '-s', '--source'].includes(textOf(call.args[at - 1]) ?? ''))
    .flatMap((path) => fileText(path, call, world) ?? []);

function debuggerLine(line: string): readonly Inner[] {
  const shell = /^\s*(?:shell\s+|!\s*|make\s+|platform shell\s+|pipe\s+[^|]*\|\s*)(.+)$/.exec(line)?.[1];
  if (shell !== undefined) return [code(/^\s*make\s/.test(line) ? `make ${shell}` : shell, 'debugger shell')];
  const python = /^\s*(?:python|py|script)\s+(.+)$/.exec(line)?.[1];
  return python === undefined
    ? []
    : [
        {
          kind: 'program',
          language: 'python',
          code: { text: staticWord(python) },
          positionals: [],
          label: 'debugger python',
        },
      ];
}

export const launchers = [expect, osascript, debuggers];
