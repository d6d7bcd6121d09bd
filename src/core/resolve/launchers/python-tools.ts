// uvx, pipx run: run the program of a Python package by its name, fetched where it is not installed.
import { textOf } from '../../model/word.ts';
import { readOptions } from '../../programs/options.ts';
import type { Launcher } from '../launcher.ts';
import { toolIn, toolOptions } from '../python/tools.ts';

const uvx: Launcher = { names: ['uvx'], unwrap: (call) => toolIn(call.args, 'uvx') };

const pipx: Launcher = {
  names: ['pipx'],
  unwrap(call) {
    const [first, ...rest] = readOptions(call.args, toolOptions).positionals;
    return textOf(first) === 'run' ? toolIn(rest, 'pipx run') : [];
  },
};

export const launchers = [uvx, pipx];
