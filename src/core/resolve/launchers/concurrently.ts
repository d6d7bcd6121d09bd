// concurrently, start-server-and-test: each word is a command line, or the name of a script.
import type { Invocation } from '../../model/invocation.ts';
import type { World } from '../../model/observation.ts';
import { joinWords, mapText, staticWord, textOf, type Word } from '../../model/word.ts';
import type { Inner, Launcher } from '../launcher.ts';
import { flagSet, readLine } from '../packages/flags.ts';
import { matchesPattern } from '../packages/glob.ts';
import { folderOf, scriptNames } from '../packages/manifest.ts';
import { placeAt } from '../packages/run.ts';
import { quoted } from '../packages/script.ts';

const valued = flagSet(
  '-m --max-processes -n --names --name-separator -s --success -p --prefix -c --prefix-colors -l --prefix-length -t --timestamp-format --hide --restart-tries --restart-after --default-input-target -i --handle-input-target --teardown --kill-signal --ks --kill-timeout --cwd',
);
// `-i` is a switch; its target has an option of its own.
const withValues = new Set([...valued].filter((flag) => flag !== '-i'));

/** Source: the README of concurrently. */
const concurrently: Launcher = {
  names: ['concurrently', 'conc'],
  unwrap(call, world) {
    const { flags, words, passed } = readLine(call.args, withValues, false);
    const passes = flags.has('-P', '--passthrough-arguments');
    const commands = passes || passed === undefined ? words : [...words, ...passed];
    return [...commands, ...flags.all('--teardown')].flatMap((command) =>
      expand(passes ? fill(command, passed ?? []) : command, call, world),
    );
  },
};

/** `{1}`, `{@}` and `{*}` stand for words behind `--`. */
const fill = (command: Word, args: readonly Word[]): Word =>
  mapText(command, (text) =>
    text.replace(/\{(\d+|@|\*)\}/g, (whole, mark: string) => {
      const words = args.flatMap((word) => textOf(word) ?? []);
      if (!/\d/.test(mark)) return words.map(quoted).join(' ');
      return quoted(words[Number(mark) - 1] ?? whole);
    }),
  );

/** `npm:build:*`, `"npm:build -- --watch"`: scripts by name; everything else is shell code. */
function expand(command: Word, call: Invocation, world: World): readonly Inner[] {
  const label = 'concurrently';
  const shortcut = /^(npm|yarn|pnpm|bun|node|deno):(\S+)(.*)$/s.exec(textOf(command) ?? '');
  if (shortcut === null) return [{ kind: 'code', text: command, label }];
  const [, manager = '', pattern = '', rest = ''] = shortcut;
  const verb = manager === 'node' ? '--run' : manager === 'deno' ? 'task' : 'run';
  const names = pattern.includes('*') ? scriptsLike(pattern, call, world) : [pattern];
  return names.map((name) => ({ kind: 'code', text: staticWord(`${manager} ${verb} ${quoted(name)}${rest}`), label }));
}

/** `(!fix)` at the end leaves some out. */
function scriptsLike(pattern: string, call: Invocation, world: World): readonly string[] {
  const place = placeAt(folderOf(call), world);
  const [, wanted = pattern, without] = /^([^(]*)(?:\(!([^()]*)\))?$/.exec(pattern) ?? [];
  if (place.kind !== 'packages') return [];
  return place.manifests
    .flatMap(scriptNames)
    .filter((name) => matchesPattern(name, wanted.replace(/\*+/g, '*'), '\0'))
    .filter((name) => without === undefined || !name.split(':').some((part) => without.split('|').includes(part)));
}

/** `start-server-and-test start http://localhost:3000 test`: scripts or command lines. Source: its README. */
const startServer: Launcher = {
  names: ['start-server-and-test', 'server-test', 'start-test'],
  unwrap(call, world) {
    const { words } = readLine(call.args, flagSet('--expect'), false);
    const place = placeAt(folderOf(call), world);
    const names = place.kind === 'packages' ? place.manifests.flatMap(scriptNames) : [];
    const commands = words.filter((word) => !/^(https?|tcp|socket|file|http-get)[:-]|^:?\d+$/.test(textOf(word) ?? ''));
    const given = commands.length > 0 ? commands : [staticWord('start'), staticWord('test')];
    return given.map((word) => ({
      kind: 'code',
      text: names.includes(textOf(word) ?? '') ? joinWords([staticWord('npm run '), word]) : word,
      label: call.name ?? 'start-server-and-test',
    }));
  },
};

export const launchers: readonly Launcher[] = [concurrently, startServer];
