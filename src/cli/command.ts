// What a subcommand is: it adds itself to the program and says with which code guard shall end.
import type { Command } from 'commander';
import type { Environ } from '../state/folders.ts';

export interface CliContext {
  readonly env: Environ;
  /** Undefined where the folder is gone: a shell runs there, so guard does too. */
  readonly cwd: string | undefined;
  /** Ends guard with this exit code once everything is written. */
  finish(code: number): void;
}

export interface CliCommand {
  register(program: Command, context: CliContext): void;
}

/** What guard's own exit codes say; a command that runs through guard gives its own. */
export const exitCodes = { done: 0, refusedByCheck: 1, usage: 2, failed: 125, refused: 126 } as const;

/** Examples behind a subcommand's help. */
export const examples = (...lines: string[]): string => `\nExamples:\n${lines.map((line) => `  ${line}`).join('\n')}\n`;
