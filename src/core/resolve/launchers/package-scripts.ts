// npm, pnpm, yarn, bun, corepack: package managers run the scripts and programs of packages.
import { staticWord, textOf } from '../../model/word.ts';
import type { Launcher } from '../launcher.ts';
import { bunInner } from '../packages/bun.ts';
import { npmInner } from '../packages/npm.ts';
import { pnpmInner } from '../packages/pnpm.ts';
import { bounded } from '../packages/run.ts';
import { yarnInner } from '../packages/yarn.ts';

const npm: Launcher = { names: ['npm'], unwrap: bounded(npmInner) };
const pnpm: Launcher = { names: ['pnpm', 'pn'], unwrap: bounded(pnpmInner) };
const yarn: Launcher = { names: ['yarn', 'yarnpkg'], unwrap: bounded(yarnInner) };
const bun: Launcher = { names: ['bun'], unwrap: bounded(bunInner) };

const managers = new Set(['npm', 'npx', 'pnpm', 'pnpx', 'yarn', 'yarnpkg']);

/** `corepack yarn@4.1.0 build`. Source: the README of corepack. */
const corepack: Launcher = {
  names: ['corepack'],
  unwrap(call) {
    const [manager, ...rest] = call.args;
    const name = (textOf(manager) ?? '').replace(/@.*$/, '');
    return managers.has(name) ? [{ kind: 'words', words: [staticWord(name), ...rest] }] : [];
  },
};

/** `nr build` is `npm run build` by whichever manager the project has. Source: the README of `@antfu/ni`. */
const ni: Launcher = {
  names: ['nr'],
  unwrap: ({ args }) =>
    args.length === 0 ? [] : [{ kind: 'words', words: [staticWord('pnpm'), staticWord('run'), ...args], label: 'nr' }],
};

export const launchers: readonly Launcher[] = [npm, pnpm, yarn, bun, corepack, ni];
