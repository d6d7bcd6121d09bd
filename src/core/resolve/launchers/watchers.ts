// entr, watchexec, nodemon, hyperfine and the like: run a command again and again.
import { joinWords, knownPrefix, staticWord, textOf, type Word } from '../../model/word.ts';
import { optionGrammar, readOptions } from '../../programs/options.ts';
import { producedPaths } from '../found.ts';
import type { Inner, Launcher } from '../launcher.ts';
import { substitute } from '../substitute.ts';

/** Source: entr(1). `-s` runs shell code; `/_` stands for the file that changed. */
const entr: Launcher = {
  names: ['entr'],
  unwrap(call) {
    const { flags, positionals } = readOptions(call.args, optionGrammar({ stopAtPositional: true }));
    const [first, ...rest] = positionals;
    if (first === undefined) return [];
    if (flags.has('-s')) return [{ kind: 'code', text: first, positionals: rest, stdin: { kind: 'none' } }];
    const producers = call.stdin.kind === 'pipe' ? producedPaths(call.stdin.from) : undefined;
    const item = producers?.[0];
    const words = item === undefined ? positionals : positionals.map((word) => substitute(word, '/_', item));
    return [{ kind: 'words', words, stdin: { kind: 'none' } }];
  },
};

/** Source: watchexec(1). The words are joined and given to a shell, unless `-n` or `--shell=none` says otherwise. */
const watchexec: Launcher = {
  names: ['watchexec'],
  unwrap(call) {
    const { flags, positionals } = readOptions(
      call.args,
      optionGrammar({
        values:
          '-w --watch -W --watch-non-recursive -e --exts -f --filter -i --ignore --ignore-file --filter-file -s --signal --stop-signal --stop-timeout -d --debounce --delay-run --shell -E --env --workdir -o --on-busy-update --emit-events-to --project-origin --poll --fs-events -j --filter-prog',
        stopAtPositional: true,
      }),
    );
    if (positionals.length === 0) return [];
    const cwd = flags.get('--workdir');
    const around = { stdin: { kind: 'none' as const }, ...(cwd === undefined ? {} : { cwd }) };
    const isPlain = flags.has('-n') || textOf(flags.get('--shell')) === 'none';
    return isPlain
      ? [{ kind: 'words', words: positionals, ...around }]
      : [{ kind: 'code', text: joinWords(positionals, ' '), ...around }];
  },
};

/** Source: nodemon's documentation. `--exec` names the program for the file, or is all of the command. */
const nodemon: Launcher = {
  names: ['nodemon'],
  unwrap(call) {
    const { flags, positionals } = readOptions(
      call.args,
      optionGrammar({ values: '-x --exec -w --watch -e --ext -i --ignore -d --delay -s --signal --config --cwd -C' }),
    );
    const exec = flags.get('-x') ?? flags.get('--exec');
    if (exec !== undefined)
      return [{ kind: 'code', text: joinWords([exec, ...positionals], ' '), stdin: { kind: 'none' } }];
    const [file] = positionals;
    return file === undefined || !/\.[cm]?js$/.test(knownPrefix(file))
      ? []
      : [{ kind: 'words', words: [staticWord('node'), ...positionals], stdin: { kind: 'none' } }];
  },
};

/** Source: hyperfine(1). Each word is a command of its own; some options carry commands too. */
const hyperfine: Launcher = {
  names: ['hyperfine'],
  unwrap(call) {
    const valued =
      '-w --warmup -m --min-runs -M --max-runs -r --runs -s --setup -p --prepare -C --conclude -c --cleanup -P --parameter-scan -D --parameter-step-size -L --parameter-list -S --shell -n --command-name --export-json --export-csv --export-markdown --export-asciidoc --export-orgmode --output --input -u --time-unit --style --sort --reference';
    const { positionals } = readOptions(call.args, optionGrammar({ values: valued }));
    const carried = call.args.filter((_word, at) =>
      /^(-s|--setup|-p|--prepare|-C|--conclude|-c|--cleanup)$/.test(textOf(call.args[at - 1]) ?? ''),
    );
    return [...positionals, ...carried].map((text): Inner => ({ kind: 'code', text, stdin: { kind: 'none' } }));
  },
};

/** Every option of fd, and its command. Source: fd(1). What fd itself deletes through rm is a file effect. */
const fd: Launcher = {
  names: ['fd', 'fdfind'],
  unwrap(call) {
    const at = call.args.findIndex((word) => ['-x', '-X', '--exec', '--exec-batch'].includes(textOf(word) ?? ''));
    const words = at < 0 ? [] : untilSemicolon(call.args.slice(at + 1));
    if (words.length === 0 || removers.has(textOf(words[0]) ?? '')) return [];
    const item: Word = { kind: 'dynamic', source: '(found by fd)', known: ['./', null], glob: false };
    const placed = words.map((word) => substitute(word, '{}', item));
    const isPlaced = words.some((word) => /\{(\/|\/\/|\.|\/\.)?\}/.test(textOf(word) ?? ''));
    return [
      { kind: 'words', words: isPlaced ? placed : [...words, item], label: 'fd --exec', stdin: { kind: 'none' } },
    ];
  },
};

const removers = new Set(['rm', 'unlink', 'shred', 'rimraf', 'trash-rm']);

function untilSemicolon(words: readonly Word[]): readonly Word[] {
  const end = words.findIndex((word) => textOf(word) === ';');
  return end < 0 ? words : words.slice(0, end);
}

export const launchers = [entr, watchexec, nodemon, hyperfine, fd];
