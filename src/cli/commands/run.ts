// guard run: judges a command, asks where that is needed, runs it as a child, and records how it ended.
import { loadConfig } from '../../config/index.ts';
import type { KnownEnvironment } from '../../core/model/policy.ts';
import type { Request } from '../../core/model/request.ts';
import { gate } from '../../gate.ts';
import { findRealShell } from '../../run/real-shell.ts';
import { loadStandards } from '../../standards.ts';
import { type CliCommand, type CliContext, examples, exitCodes } from '../command.ts';
import { UsageError } from '../failure.ts';
import { requestHere } from '../machine.ts';
import { scopeOption, withScope } from '../options.ts';

export const command: CliCommand = {
  register(program, context) {
    program
      .command('run')
      .description('run a command, asking a human first where it would destroy something')
      .argument('<command...>', 'one word is a command line for the shell; several are quoted into one')
      .addOption(scopeOption())
      .passThroughOptions()
      .addHelpText(
        'after',
        "\nExit code: the command's own (128+n where signal n ended it), 126 where it was refused.\n",
      )
      .addHelpText(
        'after',
        examples(
          'guard run -- git push --force',
          `guard run 'pg_dump orders | gzip > orders.gz && dropdb orders'`,
          'guard run --scope staging -- npm run db:reset',
        ),
      )
      .action(async (words: readonly string[], { scope }: { scope?: KnownEnvironment }) =>
        context.finish(await runGuarded(await lineOf(words), scope, context)),
      );
  },
};

/** The text for the shell: one word as it is, several each quoted. */
async function lineOf(words: readonly string[]): Promise<string> {
  const [only] = words;
  if (words.length === 1 && only !== undefined) return only;
  const { quote } = await import('shell-quote');
  return quote([...words]);
}

async function runGuarded(line: string, scope: KnownEnvironment | undefined, context: CliContext): Promise<number> {
  const { env, cwd } = context;
  const config = await loadConfig({ cwd, env });
  const shell = findRealShell({ variable: env.GUARD_SHELL, configured: config.shell, calledAs: 'bash' });
  if (shell.kind === 'missing') throw new UsageError(shell.message);
  const standards = await loadStandards(withScope(config.policy, scope), config.ruleFolders);
  const request = requestHere(line, dialectOf(shell.path), context);
  const passage = await gate(request, { env, cwd, config, standards });
  if (passage.kind === 'refusal') {
    process.stderr.write(passage.message);
    return exitCodes.refused;
  }
  const { run } = await import('../../run/run.ts');
  const { code, problem } = await run(passage.permit, { path: shell.path });
  if (problem !== undefined) process.stderr.write(`guard: ${shell.path} did not start: ${problem}\n`);
  if (passage.request !== undefined) await recordResult(passage.request, code, config.audit);
  return code;
}

const dialectOf = (shell: string): Request['shell'] => {
  const name = shell.slice(shell.lastIndexOf('/') + 1);
  return name.startsWith('zsh') ? 'zsh' : name.startsWith('bash') ? 'bash' : 'sh';
};

type AuditSettings = Awaited<ReturnType<typeof loadConfig>>['audit'];

/** The command has run already: a log that fails now is worth a warning and changes nothing. */
async function recordResult(request: string, exitCode: number, settings: AuditSettings): Promise<void> {
  const { openAudit } = await import('../../audit/index.ts');
  const appended = await openAudit(settings).append({ type: 'result', request, exitCode });
  if (!appended.ok)
    process.stderr.write(`guard: warning: the audit log cannot be written: ${appended.error.message}\n`);
}
