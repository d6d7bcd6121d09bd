// lint-staged: commands for the files that are about to be committed.
import type { Invocation } from '../../model/invocation.ts';
import type { World } from '../../model/observation.ts';
import { dynamicWord, joinWords, staticWord } from '../../model/word.ts';
import type { Inner, Launcher } from '../launcher.ts';
import { flagSet, readLine } from '../packages/flags.ts';
import { entriesOf, lineOfKey, parseJson, textsOf, valueAt } from '../packages/json.ts';
import { folderOf, nearestManifest, shownFrom, unread } from '../packages/manifest.ts';
import { readData } from '../packages/members.ts';
import { pathFrom } from '../paths.ts';

const dataFiles = ['.lintstagedrc', '.lintstagedrc.json', '.lintstagedrc.yaml', '.lintstagedrc.yml'];
const programFiles = ['lint-staged.config.js', 'lint-staged.config.mjs', 'lint-staged.config.cjs'];

/** Source: the README of lint-staged. */
export const launcher: Launcher = {
  names: ['lint-staged'],
  unwrap(call, world) {
    const folder = folderOf(call);
    const { flags } = readLine(call.args, flagSet('-c --config --cwd -p --concurrent'), false);
    if (folder === undefined || flags.has('--help', '--version', '-h')) return [];
    const reading = nearestManifest(folder, world);
    const root = reading.kind === 'read' ? reading.manifest.folder : folder;
    const own = reading.kind === 'read' ? valueAt(reading.manifest.data, 'lint-staged') : undefined;
    if (own !== undefined && reading.kind === 'read') {
      const label = shownFrom(pathFrom('package.json', root), folder);
      return commandsIn(own, label, reading.manifest.text, ['lint-staged']);
    }
    return [...fromDataFiles(root, call, world), ...fromPrograms(root, world)];
  },
};

function fromDataFiles(root: string, call: Invocation, world: World): readonly Inner[] {
  return dataFiles.flatMap((name) => {
    const path = pathFrom(name, root);
    const answer = world.ask({ kind: 'file', path });
    if (answer?.kind !== 'text') return [];
    const data = parseJson(answer.text) ?? readData(answer, 'yaml', world);
    return commandsIn(data, shownFrom(path, folderOf(call) ?? root), answer.text, []);
  });
}

const fromPrograms = (root: string, world: World): readonly Inner[] =>
  programFiles
    .filter((name) => world.ask({ kind: 'file', path: pathFrom(name, root) })?.kind === 'text')
    .map((name) => unread(`lint-staged runs what ${name} says; the program is not read`));

/** One command or several for each pattern; the files stand behind it. */
function commandsIn(config: unknown, label: string, text: string, keys: readonly string[]): readonly Inner[] {
  return Object.entries(entriesOf(config) ?? {}).flatMap(([pattern, value]) =>
    textsOf(value).map(
      (command): Inner => ({
        kind: 'code',
        text: joinWords([staticWord(`${command} `), dynamicWord('(staged files)', ['./', null])]),
        label: 'lint-staged',
        from: { label: `${label} "${pattern}"`, line: lineOfKey(text, [...keys, pattern]) },
      }),
    ),
  );
}
