// Composition root of guard: finds the subcommand, runs it, and alone sets the exit code.
import { CommanderError } from 'commander';
import { type CliContext, exitCodes } from './cli/command.ts';
import { failureOf } from './cli/failure.ts';
import { createProgram } from './cli/program.ts';

async function main(argv: readonly string[]): Promise<number> {
  let code: number = exitCodes.done;
  const context: CliContext = {
    env: process.env,
    cwd: workingDirectory(),
    finish: (given) => {
      code = given;
    },
  };
  try {
    const program = await createProgram(context, argv[0]);
    await program.parseAsync([...argv], { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
    return failureOf(error);
  }
}

function workingDirectory(): string | undefined {
  try {
    return process.cwd();
  } catch {
    return undefined;
  }
}

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // A reader that went away (`guard audit | head`) is no failure of guard's.
  process.exit(error.code === 'EPIPE' ? exitCodes.done : exitCodes.failed);
});
main(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
