// What a subcommand is: it adds itself to the program and says with which code guard shall end.
import type { Command } from 'commander';

export interface CliContext {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Ends guard with this exit code once everything is written. */
  finish(code: number): void;
}

export interface CliCommand {
  register(program: Command, context: CliContext): void;
}

/** Examples behind a subcommand's help. */
export const examples = (...lines: string[]): string => `\nExamples:\n${lines.map((line) => `  ${line}`).join('\n')}\n`;
