// guard completion: a script that completes guard's commands and options, made from the commands themselves.
import { Argument } from 'commander';
import { type CliCommand, type CliContext, examples } from '../command.ts';
import { bashCompletion } from '../completion/bash.ts';
import { fishCompletion } from '../completion/fish.ts';
import { completionTree } from '../completion/tree.ts';
import { zshCompletion } from '../completion/zsh.ts';
import { createProgram } from '../program.ts';

const scripts = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion } as const;

export const command: CliCommand = {
  register(program, context) {
    program
      .command('completion')
      .description('print a script that completes guard in a shell')
      .addArgument(new Argument('<shell>', 'whose script').choices(Object.keys(scripts)))
      .addHelpText(
        'after',
        examples(
          'source <(guard completion bash)     in ~/.bashrc',
          'source <(guard completion zsh)      in ~/.zshrc, behind compinit',
          'guard completion fish > ~/.config/fish/completions/guard.fish',
        ),
      )
      .action((shell: keyof typeof scripts) => complete(shell, context));
  },
};

async function complete(shell: keyof typeof scripts, context: CliContext): Promise<void> {
  const program = await createProgram(context, undefined);
  process.stdout.write(scripts[shell](completionTree(program)));
}
