// The program: its name, its help, and the subcommands that a call needs.
import { Command } from 'commander';
import { version } from '../version.ts';
import { type CliContext, examples } from './command.ts';
import { commands } from './generated.ts';

/**
 * guard with the subcommand `name`, or with all of them where there is none of that name: help, suggestions and
 * completion speak of all. Usage errors are thrown as CommanderError.
 */
export async function createProgram(context: CliContext, name: string | undefined): Promise<Command> {
  const program = new Command('guard')
    .description('Stands between an AI agent and the shell: asks a human before a command destroys something.')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .helpCommand('help [command]', 'print help for a command')
    .addHelpText('after', examples(...rootExamples))
    .addHelpText('after', exitCodeHelp)
    .enablePositionalOptions()
    .showHelpAfterError('(guard --help shows what there is)')
    .exitOverride();
  for (const { load } of neededFor(name)) (await load()).command.register(program, context);
  return program;
}

/** Loading all takes longer than most commands run. */
function neededFor(name: string | undefined): readonly (typeof commands)[number][] {
  if (name === '--version' || name === '-V') return [];
  const named = commands.filter((command) => command.name === name);
  return named.length > 0 ? named : commands;
}

const rootExamples = [
  `guard explain 'rm -rf ~/data'       what would this do, and would guard ask?`,
  'guard run -- git push --force       run it, asking first where that is needed',
  'guard install                       make agents use guard-sh as their shell',
  'guard audit --since 2h              what was asked, decided and run',
];

const exitCodeHelp = `
Exit codes: 0 done, 1 held by check (or rules or log not in order), 2 usage or configuration, 125 guard failed,
126 refused; guard run gives the command's own.
`;
