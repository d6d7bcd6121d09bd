// vim, ex, ed, emacs, sed, less: editors and viewers whose own commands run programs.
import type { Invocation } from '../../model/invocation.ts';
import type { World } from '../../model/observation.ts';
import { piecesOf, staticWord, textOf, type Word } from '../../model/word.ts';
import { optionGrammar, readOptions } from '../../programs/options.ts';
import type { Inner, Launcher } from '../launcher.ts';
import { fileText, stdinText } from '../output.ts';

const code = (text: string, label: string): Inner => ({
  kind: 'code',
  text: staticWord(text),
  label,
  stdin: { kind: 'none' },
});

const wholeOf = (word: Word | undefined): string =>
  word === undefined
    ? ''
    : piecesOf(word)
        .map((piece) => piece ?? '$UNKNOWN')
        .join('')
        .slice(0, 50_000);

/** Every value of some options, in the next word or glued on, in order. */
const valuesOf = (args: readonly Word[], flags: readonly string[]): readonly Word[] =>
  args.flatMap((word, at): readonly Word[] => {
    const text = textOf(word) ?? '';
    if (flags.includes(text)) return args.slice(at + 1, at + 2);
    const glued = flags.find((flag) => text.startsWith(flag.startsWith('--') ? `${flag}=` : flag));
    return glued === undefined || text.startsWith('--') !== glued.startsWith('--')
      ? []
      : [staticWord(text.slice(glued.length + (glued.startsWith('--') ? 1 : 0)))];
  });

/** Source: vim(1), `:help :!`, `:help system()`. Commands stand behind `-c`, `--cmd` and `+`, in scripts, and for ex on standard input. */
const vim: Launcher = {
  names: ['vim', 'vi', 'nvim', 'ex', 'view', 'gvim', 'rvim', 'vimdiff'],
  unwrap(call, world) {
    const given = valuesOf(call.args, ['-c', '--cmd', '-sc', '-esc', '-Esc', '-sec']);
    const files = valuesOf(call.args, ['-S', '-u', '-s']).map((path) => fileText(path, call, world));
    const plus = call.args.flatMap((word) =>
      textOf(word)?.startsWith('+') ? [staticWord((textOf(word) ?? '').slice(1))] : [],
    );
    const batch = call.name === 'ex' || call.args.some((word) => /^-[A-Za-z]*[eE][A-Za-z]*$/.test(textOf(word) ?? ''));
    const input = batch ? [stdinText(call.stdin, call, world)] : [];
    return [...given, ...plus, ...files, ...input].flatMap((word) => exCommands(wholeOf(word), call.name ?? 'vim'));
  },
};

/** Lines of ex: `:!code`, `:%!filter`, `:r !code`, `:w !code`, `silent !code`, `call system('code')`. */
function exCommands(text: string, label: string): readonly Inner[] {
  return text.split('\n').flatMap((line): readonly Inner[] => {
    const shell =
      /^[\s:]*(?:(?:sil(?:ent)?!?|exe(?:cute)?|noa(?:utocmd)?|verb(?:ose)?)\s+)*["']?:?(?:[%\d,.$'<>+-]*\s*!|(?:r|read|w|write|te|terminal|term)\s+!|(?:te|terminal|term)\s+)(.+)$/.exec(
        line,
      )?.[1];
    const calls = [...line.matchAll(/\bsystem(?:list)?\(\s*(?:"([^"]{1,2000})"|'([^']{1,2000})')/g)].map(
      ([, double, single]) => double ?? single ?? '',
    );
    const deleted = [...line.matchAll(/\bdelete\(\s*["']([^"']{1,500})["'](\s*,\s*["']rf["'])?/g)].map(
      ([, path = '', recursive]) => `rm ${recursive === undefined ? '' : '-rf '}'${path}'`,
    );
    const own = shell === undefined ? [] : [shell.split(/\s*\|\s*(?=q|wq|x\b)/)[0] as string];
    return [...own, ...calls, ...deleted].map((each) => code(each, label));
  });
}

/** Source: ed(1). Lines that start with `!`, and `r`, `e` and `w` of what a command prints. */
const ed: Launcher = {
  names: ['ed', 'red'],
  unwrap: (call, world) =>
    wholeOf(stdinText(call.stdin, call, world))
      .split('\n')
      .flatMap((line) => {
        const text = /^[\d,$.%]*[rewE]?\s*!(.+)$/.exec(line)?.[1];
        return text === undefined || call.name === 'red' ? [] : [code(text, 'ed')];
      }),
};

const lispRunners =
  /\(\s*(?:shell-command|async-shell-command|shell-command-to-string|call-process-shell-command|compile)\s+"((?:[^"\\]|\\.){1,2000})"/g;
const lispDeletes = /\(\s*delete-(directory|file)\s+"((?:[^"\\]|\\.){1,500})"(\s+t)?/g;
const lispCalls =
  /\(\s*(?:call-process|start-process\s+"[^"]*"\s+\S+)\s+"([^"]{1,200})"((?:\s+(?:nil|t|\d+|"[^"]*")){0,20})/g;

/** Source: emacs(1), the Emacs Lisp manual. */
const emacs: Launcher = {
  names: ['emacs', 'emacsclient', 'emacs-nox'],
  unwrap(call, world) {
    const texts = [
      ...valuesOf(call.args, ['--eval', '-eval', '--execute', '-e']),
      ...valuesOf(call.args, ['-l', '--load', '--script']).map((path) => fileText(path, call, world)),
    ].map(wholeOf);
    return texts.flatMap((text) => [
      ...[...text.matchAll(lispRunners)].map(([, each = '']) =>
        code(each.replace(/\\(.)/g, '$1'), call.name ?? 'emacs'),
      ),
      ...[...text.matchAll(lispDeletes)].map(([, what, path, recursive]) =>
        code(
          `${what === 'file' ? 'rm' : recursive === undefined ? 'rmdir' : 'rm -rf'} '${path}'`,
          call.name ?? 'emacs',
        ),
      ),
      ...[...text.matchAll(lispCalls)].map(([, program = '', rest = '']) =>
        code(
          [program, ...[...rest.matchAll(/"([^"]*)"/g)].map(([, each]) => `'${each}'`)].join(' '),
          call.name ?? 'emacs',
        ),
      ),
    ]);
  },
};

const sedGrammar = optionGrammar({ values: '-e --expression -f --file -l --line-length', stopAtPositional: false });

/** Source: GNU sed's manual: the `e` command runs a command, the `e` flag of `s` what the line has become. */
const sed: Launcher = {
  names: ['sed', 'gsed'],
  unwrap(call) {
    const { flags, positionals } = readOptions(call.args, sedGrammar);
    if (flags.has('--sandbox') || flags.has('--help')) return [];
    const given = valuesOf(call.args, ['-e', '--expression']);
    const scripts = given.length > 0 || flags.has('-f') || flags.has('--file') ? given : positionals.slice(0, 1);
    return scripts.flatMap((script) =>
      wholeOf(script)
        .split('\n')
        .flatMap((line) => {
          const text = /^\s*(?:\d+|\$|\/[^/\n]{0,200}\/)?\s*e\s+(\S.*)$/.exec(line)?.[1];
          return [...(text === undefined ? [] : [code(text, 'sed e')]), ...substituted(line)];
        }),
    );
  },
};

/** `s/pattern/code/e`: the line runs as the replacement has made it; what `&` and `\\1` stand for is not known. */
function substituted(line: string): readonly Inner[] {
  const start = /^\s*(?:\d+|\$|\/[^/\n]{0,200}\/)?\s*s([^\w\s\\])/.exec(line);
  const mark = start?.[1] ?? '';
  if (start === null) return [];
  const [, replacement = '', flags = ''] = splitAtMark(line.slice(start[0].length), mark);
  if (!/^[gpiIm\d]*e/.test(flags)) return [];
  const text = replacement.replace(/\\[1-9]|(?<!\\)&/g, '$UNKNOWN').replace(/\\([&/|,#])/g, '$1');
  return [code(text, 'sed s///e')];
}

/** The pattern, the replacement and the flags of `s`: divided by a mark that no backslash stands in front of. */
function splitAtMark(text: string, mark: string): readonly string[] {
  const pieces = [''];
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === mark && pieces.length < 3) pieces.push('');
    else pieces.push(`${pieces.pop()}${character === '\\' ? character + text.charAt(++at) : character}`);
  }
  return pieces;
}

/** `less +!code file`, `man -P code page`. Sources: less(1), man(1). */
const less: Launcher = {
  names: ['less', 'more'],
  unwrap: (call) =>
    call.args.flatMap((word) => {
      const text = /^\++!(.+)$/.exec(textOf(word) ?? '')?.[1];
      return text === undefined ? [] : [code(text, call.name ?? 'less')];
    }),
};

const man: Launcher = {
  names: ['man', 'apropos'],
  unwrap: (call: Invocation, _world: World) =>
    valuesOf(call.args, ['-P', '--pager', '-H', '--html', '-B']).map((text) => ({
      kind: 'code',
      text,
      label: `${call.name} -P`,
      stdin: { kind: 'none' },
    })),
};

export const launchers = [vim, ed, emacs, sed, less, man];
