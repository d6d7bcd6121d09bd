// cross-env, shx, env wrappers of scripts: a command with other variables, or the shell's own commands under a prefix.
import { joinWords } from '../../model/word.ts';
import { leadingAssignments } from '../assignments.ts';
import type { Launcher } from '../launcher.ts';
import { prefix } from '../prefix.ts';

/** Source: the README of cross-env. */
const crossEnv: Launcher = {
  names: ['cross-env'],
  unwrap({ args }) {
    const { assignments, words } = leadingAssignments(args);
    return words.length === 0 ? [] : [{ kind: 'words', words, assignments }];
  },
};

/** The words are a line for the shell. */
const crossEnvShell: Launcher = {
  names: ['cross-env-shell'],
  unwrap({ args }) {
    const { assignments, words } = leadingAssignments(args);
    return words.length === 0 ? [] : [{ kind: 'code', text: joinWords(words, ' '), assignments }];
  },
};

/** `shx rm -rf dist`: commands of a shell where there is none. Source: the README of shx. */
const shx = prefix({ names: 'shx' });

export const launchers: readonly Launcher[] = [crossEnv, crossEnvShell, shx];
