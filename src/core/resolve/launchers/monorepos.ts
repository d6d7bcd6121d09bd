// turbo, nx, lerna: run tasks in the packages of a repository.
import type { Launcher } from '../launcher.ts';
import { lernaInner } from '../packages/lerna.ts';
import { nxInner } from '../packages/nx.ts';
import { bounded } from '../packages/run.ts';
import { turboInner } from '../packages/turbo.ts';

export const launchers: readonly Launcher[] = [
  { names: ['turbo'], unwrap: bounded(turboInner) },
  { names: ['nx'], unwrap: bounded(nxInner) },
  { names: ['lerna'], unwrap: bounded(lernaInner) },
];
