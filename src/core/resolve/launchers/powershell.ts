// pwsh, powershell: a script behind -Command or -EncodedCommand, in a file, or on standard input.
import { bytesOfBase64 } from '../../model/base64.ts';
import type { Invocation } from '../../model/invocation.ts';
import { joinWords, knownPrefix, mapText, showWord, staticWord, textOf, type Word } from '../../model/word.ts';
import type { Inner, Launcher } from '../launcher.ts';
import { stdinText } from '../output.ts';

const valued =
  'executionpolicy inputformat outputformat windowstyle workingdirectory configurationname custompipename settingsfile version psconsolefile configurationfile'.split(
    ' ',
  );
const switches = 'noprofile nologo noninteractive noexit sta mta login interactive'.split(' ');
const options = ['command', 'encodedcommand', 'file', 'encodedarguments', 'help', ...valued, ...switches];
/** Short names that stand for an option whatever else starts so. */
const short: Readonly<Record<string, string>> = {
  c: 'command',
  e: 'encodedcommand',
  ec: 'encodedcommand',
  enc: 'encodedcommand',
  f: 'file',
  ep: 'executionpolicy',
  ex: 'executionpolicy',
  wd: 'workingdirectory',
  w: 'windowstyle',
  v: 'version',
  i: 'interactive',
  l: 'login',
  h: 'help',
  '?': 'help',
  nop: 'noprofile',
  noni: 'noninteractive',
  cwa: 'command',
  commandwithargs: 'command',
};

/** Source: about_Pwsh, about_PowerShell_exe. Names of options may be cut short, and start with `-`, `--` or `/`. */
export const launcher: Launcher = {
  names: ['pwsh', 'pwsh-preview', 'powershell'],
  unwrap(call, world) {
    const { args } = call;
    let cwd: Word | undefined;
    for (let at = 0; at < args.length; at += 1) {
      const word = args[at] as Word;
      const name = optionOf(knownPrefix(word));
      const rest = args.slice(at + 1);
      if (name === undefined) return ofWords(call, args.slice(at), cwd);
      if (name === 'help') return [];
      if (name === 'command')
        return textOf(rest[0]) === '-'
          ? onStdin(call, stdinText(call.stdin, call, world))
          : [script(joinWords(rest, ' '), call, cwd)];
      if (name === 'encodedcommand') return rest[0] === undefined ? [] : [encoded(rest[0], call, cwd)];
      if (name === 'file')
        return textOf(rest[0]) === '-' ? onStdin(call, stdinText(call.stdin, call, world)) : ofFile(rest, cwd);
      if (name === 'workingdirectory') cwd = rest[0];
      if (valued.includes(name) || name === 'encodedarguments') at += 1;
    }
    return onStdin(call, stdinText(call.stdin, call, world));
  },
};

function optionOf(text: string): string | undefined {
  // A path starts with a slash too.
  const written = /^(?:--?|\/(?=[A-Za-z?]+$))([A-Za-z?]+)$/.exec(text)?.[1]?.toLowerCase();
  if (written === undefined) return undefined;
  return (
    short[written] ??
    options.find((option) => option === written) ??
    options.find((option) => option.startsWith(written))
  );
}

/** Words without an option: pwsh takes a file, Windows PowerShell a command. */
function ofWords(call: Invocation, words: readonly Word[], cwd: Word | undefined): readonly Inner[] {
  if (textOf(words[0]) === '-') return [];
  const isFile = call.name !== 'powershell' || /\.ps1$/i.test(showWord(words[0] ?? staticWord('')));
  return isFile ? ofFile(words, cwd) : [script(joinWords(words, ' '), call, cwd)];
}

const around = (cwd: Word | undefined) => (cwd === undefined ? {} : { cwd });

const script = (text: Word, call: Invocation, cwd: Word | undefined): Inner => ({
  kind: 'program',
  language: 'powershell',
  code: { text },
  positionals: [],
  label: `${call.name} -Command`,
  ...around(cwd),
});

function ofFile([path, ...positionals]: readonly Word[], cwd: Word | undefined): readonly Inner[] {
  if (path === undefined) return [];
  const file = mapText(path, (text) => text.replaceAll('\\', '/'));
  return [
    {
      kind: 'program',
      language: 'powershell',
      code: { path: file },
      positionals,
      label: showWord(path),
      ...around(cwd),
    },
  ];
}

/** `-EncodedCommand`: UTF-16 in base64. */
function encoded(word: Word, call: Invocation, cwd: Word | undefined): Inner {
  const bytes = bytesOfBase64(textOf(word) ?? ' ');
  if (bytes === undefined || bytes.length === 0)
    return {
      kind: 'opaque',
      reason: 'dynamic-code',
      detail: `${showWord(word)} is run as encoded PowerShell; its text is not known`,
    };
  return {
    ...script(staticWord(new TextDecoder('utf-16le').decode(bytes)), call, cwd),
    label: `${call.name} -EncodedCommand`,
  };
}

function onStdin(call: Invocation, text: Word | undefined): readonly Inner[] {
  if (call.stdin.kind === 'inherited' || call.stdin.kind === 'none') return [];
  const label = `${call.name} on stdin`;
  const inner = { kind: 'program', language: 'powershell', positionals: [], label, stdin: { kind: 'none' } } as const;
  if (text !== undefined) return [{ ...inner, code: { text } }];
  if (call.stdin.kind === 'file') return [{ ...inner, code: { path: call.stdin.path } }];
  return [
    {
      kind: 'opaque',
      reason: 'unread-stdin',
      detail: `${call.name} runs what standard input says; its text is not known`,
    },
  ];
}
