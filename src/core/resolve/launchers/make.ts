// make: the recipes of its goals, with what the makefile runs while it is read, and the shell that is given for them.
import { knownPrefix, textOf } from '../../model/word.ts';
import { withoutPrefix } from '../assignments.ts';
import type { Inner, Launcher } from '../launcher.ts';
import { runMake } from '../make/index.ts';

/** `SHELL=/bin/bash`, `SHELL='bash -eu'` and their like: the recipes are read as what they are. */
const isShell = /^(?:\S*\/)?(?:env\s+)?(?:ba|z|da|k|a|fi)?sh(?:\.exe)?(?:\s+-\S+)*\s*$/;

/** Source: GNU make manual. `SHELL=program` on the command line runs that program for every line of a recipe. */
export const launcher: Launcher = {
  names: ['make', 'gmake'],
  unwrap(call, world) {
    const shells = call.args.flatMap((word): readonly Inner[] => {
      const prefix = /^SHELL:?=/.exec(knownPrefix(word))?.[0];
      const value = prefix === undefined ? undefined : withoutPrefix(word, prefix.length);
      if (value === undefined || isShell.test(textOf(value) ?? 'sh')) return [];
      return [{ kind: 'code', text: value, label: 'make SHELL', stdin: { kind: 'none' } }];
    });
    return [...shells, ...runMake(call, world)];
  },
};
