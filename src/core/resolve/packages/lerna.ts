// Lerna: `run` runs a script in all packages, `exec` a command.
import type { Invocation } from '../../model/invocation.ts';
import type { World } from '../../model/observation.ts';
import { joinWords, staticWord, textOf, type Word } from '../../model/word.ts';
import type { Inner } from '../launcher.ts';
import { type Flags, flagSet, readLine } from './flags.ts';
import { matchesPattern } from './glob.ts';
import { folderOf, type Manifest, packageName } from './manifest.ts';
import { workspaceOf } from './members.ts';
import { runTask } from './run.ts';

const valued = flagSet('--scope --ignore --concurrency --since --loglevel --npm-client --registry --profile-location');

/** What a call of lerna runs. Source: lerna.js.org/docs, "lerna run", "lerna exec". */
export function lernaInner(call: Invocation, world: World): readonly Inner[] {
  const { flags, words, passed = [] } = readLine(call.args, valued, false);
  const [verb, name, ...rest] = words;
  const members = membersOf(call, world, flags);
  if (textOf(verb) === 'run' && name !== undefined)
    return runTask({ call, name, args: passed, hooks: true, label: 'lerna run', others: true }, members);
  if (textOf(verb) !== 'exec') return [];
  const command: readonly Word[] = name === undefined ? passed : [name, ...rest, ...passed];
  if (command.length === 0) return [];
  const inner: Inner = { kind: 'code', text: joinWords(command, ' '), label: 'lerna exec' };
  return members.length === 0 ? [inner] : members.map((each) => ({ ...inner, cwd: staticWord(each.folder) }));
}

function membersOf(call: Invocation, world: World, flags: Flags): readonly Manifest[] {
  const folder = folderOf(call);
  const workspace = folder === undefined ? undefined : workspaceOf(folder, world);
  const patterns = (name: string) => flags.all(name).flatMap((word) => textOf(word) ?? []);
  const [scopes, ignored] = [patterns('--scope'), patterns('--ignore')];
  return (workspace?.members ?? []).filter((member) => {
    const name = packageName(member) ?? '';
    return (
      (scopes.length === 0 || scopes.some((pattern) => matchesPattern(name, pattern))) &&
      !ignored.some((pattern) => matchesPattern(name, pattern))
    );
  });
}
