// source and `.`: run a file in the calling shell.
import type { Launcher } from '../launcher.ts';

export const launcher: Launcher = {
  names: ['source', '.'],
  unwrap(call) {
    const [path, ...positionals] = call.args;
    return path === undefined ? [] : [{ kind: 'file', path, positionals, same: true }];
  },
};
