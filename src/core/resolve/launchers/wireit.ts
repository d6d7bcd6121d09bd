// wireit: a script of which the command and its dependencies stand in another part of package.json.
import type { Invocation } from '../../model/invocation.ts';
import { staticWord, textOf } from '../../model/word.ts';
import type { Inner, Launcher } from '../launcher.ts';
import { lineOfKey, textAt, valueAt } from '../packages/json.ts';
import { folderOf, type Manifest, scriptText } from '../packages/manifest.ts';
import { placeAt } from '../packages/run.ts';
import { runScript, withArguments } from '../packages/script.ts';

/** Source: the README of wireit. The script's own name comes in by the variable that package managers set. */
export const launcher: Launcher = {
  names: ['wireit'],
  unwrap(call, world) {
    const name = textOf(call.env.get('npm_lifecycle_event'));
    const place = placeAt(folderOf(call), world);
    if (place.kind === 'broken') return [place.inner];
    const [manifest] = place.kind === 'packages' ? place.manifests : [];
    return manifest === undefined || name === undefined ? [] : follow(call, manifest, name, new Set(), true);
  },
};

function follow(
  call: Invocation,
  manifest: Manifest,
  name: string,
  seen: Set<string>,
  isFirst: boolean,
): readonly Inner[] {
  if (seen.has(name)) return [];
  seen.add(name);
  const spec = valueAt(manifest.data, 'wireit', name);
  const run = { call, manifest, name, args: [], hooks: false, label: 'wireit' };
  // A dependency may be an ordinary script.
  if (spec === undefined) return isFirst ? [] : runScript(run);
  const listed = valueAt(spec, 'dependencies');
  const dependencies = (Array.isArray(listed) ? listed : []).flatMap((each) => {
    const text = typeof each === 'string' ? each : textAt(each, 'script');
    return text === undefined || /^[.<$]/.test(text) ? [] : [text];
  });
  const before = dependencies.flatMap((each) => follow(call, manifest, each, seen, false));
  const command = textAt(spec, 'command');
  if (command === undefined) return before;
  const args = isFirst && scriptText(manifest, name) !== undefined ? call.args : [];
  return [
    ...before,
    {
      kind: 'code',
      ...withArguments(command, args),
      label: 'wireit',
      cwd: staticWord(manifest.folder),
      from: { label: `package.json wireit "${name}"`, line: lineOfKey(manifest.text, ['wireit', name]) },
    },
  ];
}
