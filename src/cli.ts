// Composition root of guard: finds the subcommand, loads it, and alone sets the exit code.
import { Command, CommanderError } from 'commander';
import type { CliContext } from './cli/command.ts';
import { failureOf } from './cli/failure.ts';
import { commands } from './cli/generated.ts';
import { version } from './version.ts';

const usageError = 2;

async function main(argv: readonly string[]): Promise<number> {
  let code = 0;
  const context: CliContext = {
    env: process.env,
    cwd: process.cwd(),
    finish: (given) => {
      code = given;
    },
  };
  const program = new Command('guard')
    .description('Stands between an AI agent and the shell: asks a human before a command destroys something.')
    .version(version, '-V, --version')
    .enablePositionalOptions()
    .showHelpAfterError('(guard --help shows what there is)')
    .exitOverride();
  const named = commands.filter(({ name }) => name === argv[0]);
  for (const { load } of named.length > 0 ? named : commands) (await load()).command.register(program, context);
  for (const command of program.commands) command.exitOverride();
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : usageError;
    return failureOf(error);
  }
}

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // A reader that went away (`guard audit | head`) is no failure of guard's.
  process.exit(error.code === 'EPIPE' ? 0 : 125);
});
main(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
