// Composition root of guard-sh's evaluator: reads the shell's argv, passes the gate, and answers the launcher.
import { writeSync } from 'node:fs';
import { loadConfig } from './config/index.ts';
import type { Request, ShellDialect } from './core/model/request.ts';
import { gate, refused } from './gate.ts';
import { flavourOf, readShellArgv, type ShellArgv } from './run/argv.ts';
import { callerEnvironment } from './run/caller.ts';
import { answerRun, watchLauncher } from './run/launcher.ts';
import { findRealShell } from './run/real-shell.ts';
import { loadStandards } from './standards.ts';
import type { Environ } from './state/folders.ts';

const usage = 2;
const failed = 125;

/** What the launcher is told: an answer for its own stdout, or an exit code with a message for the caller. */
type Outcome = { readonly answer: string } | { readonly code: number; readonly message: string };

/** What would run, as text; or the outcome that is already certain. */
type Reading =
  | { readonly kind: 'request'; readonly request: Request; readonly spool: string | undefined }
  | { readonly kind: 'outcome'; readonly outcome: Outcome };

async function main(calledAs: string, argv: readonly string[]): Promise<Outcome> {
  const env = callerEnvironment();
  const cwd = workingDirectory();
  const config = await loadConfig({ cwd, env });
  const shell = findRealShell({ variable: env.GUARD_SHELL, configured: config.shell, calledAs });
  if (shell.kind === 'missing') return { code: usage, message: `guard: ${shell.message}\n` };
  const reading = await read(await readArgv(argv, shell.path), shell.path, env, cwd);
  if (reading.kind === 'outcome') return reading.outcome;
  const standards = await loadStandards(config.policy, config.ruleFolders);
  const passage = await gate(reading.request, { env, cwd, config, standards, beforeAsking: watch });
  if (passage.kind === 'refusal') return { code: refused, message: passage.message };
  return { answer: answerRun(shell.path, reading.spool) };
}

/** Only a shell without script and command asks whether a person sits in front of it. */
async function readArgv(argv: readonly string[], shell: string): Promise<ShellArgv> {
  const reading = readShellArgv(argv, flavourOf(shell), false);
  if (reading.mode !== 'stdin') return reading;
  const { isatty } = await import('node:tty');
  return readShellArgv(argv, flavourOf(shell), isatty(0));
}

/** Without a launcher nothing that is answered can run: a question on a terminal must go away with it. */
const watch = (): void => void watchLauncher(() => process.kill(process.pid, 'SIGTERM'));

/** The folder of the caller; a shell runs in a folder that is gone, so guard does too. */
function workingDirectory(): string | undefined {
  try {
    return process.cwd();
  } catch {
    return undefined;
  }
}

async function read(argv: ShellArgv, shell: string, env: Environ, cwd: string | undefined): Promise<Reading> {
  const known = { shell: dialectOf(shell), cwd, env: definedOnly(env) };
  switch (argv.mode) {
    case 'command': {
      const from = { kind: 'command-line' as const, label: 'command line' };
      const request = { ...known, command: argv.command, name: argv.name, positionals: argv.positionals, from };
      return { kind: 'request', request, spool: undefined };
    }
    case 'script': {
      // The shell finds the script itself and says so where it cannot; followed like any script that a command calls.
      const from = { kind: 'command-line' as const, label: 'command line' };
      const command = `source ${quoted(argv.path)}`;
      return {
        kind: 'request',
        request: { ...known, command, name: argv.path, positionals: argv.positionals, from },
        spool: undefined,
      };
    }
    case 'stdin':
      return readStdin(argv.positionals, shell, known);
    case 'unknown':
      return certain({
        code: usage,
        message: `guard: nothing was run: the shell option ${argv.option} is not known to guard\n`,
      });
    default:
      return certain({ answer: answerRun(shell) });
  }
}

const certain = (outcome: Outcome): Reading => ({ kind: 'outcome', outcome });

async function readStdin(
  positionals: readonly string[],
  shell: string,
  known: Pick<Request, 'shell' | 'cwd' | 'env'>,
): Promise<Reading> {
  const { readStdinScript, writeSpool, removeOldSpools } = await import('./run/stdin-script.ts');
  const script = readStdinScript();
  if (script.kind === 'unreadable')
    return certain({
      code: failed,
      message: `guard: nothing was run: standard input cannot be read: ${script.cause}\n`,
    });
  if (script.kind === 'too-large')
    return certain({
      code: refused,
      message: `guard: nothing was run: the script on standard input is larger than ${script.limit} bytes\n`,
    });
  const from = { kind: 'stdin' as const, label: 'standard input' };
  const request = { ...known, command: script.bytes.toString('utf8'), name: shell, positionals, from };
  if (!script.consumed) return { kind: 'request', request, spool: undefined };
  const { stateFolder } = await import('./state/folders.ts');
  const folder = `${stateFolder(known.env ?? {})}/spool`;
  removeOldSpools(folder, Date.now());
  return { kind: 'request', request, spool: writeSpool(folder, script.bytes) };
}

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

const dialectOf = (shell: string): ShellDialect => {
  const name = shell.slice(shell.lastIndexOf('/') + 1);
  return name.startsWith('zsh') ? 'zsh' : name.startsWith('bash') ? 'bash' : 'sh';
};

const definedOnly = (env: Environ): Record<string, string> =>
  Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined));

/** Errors that are the user's to mend. */
const configuration = new Set(['ConfigError', 'RulebookError']);

function outcomeOf(error: unknown): Outcome {
  const message = error instanceof Error ? error.message : String(error);
  const code = error instanceof Error && configuration.has(error.name) ? usage : failed;
  return { code, message: `guard: nothing was run: ${placeOf(error)}${message}\n` };
}

/** A configuration error keeps its file and line beside the message. */
const placeOf = (error: unknown): string =>
  error instanceof Error && 'where' in error && typeof error.where === 'string' ? `${error.where}: ` : '';

/** Writes all of a text; a reader that has gone away is not told. */
function writeAll(descriptor: number, text: string): void {
  try {
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at);
  } catch {
    // Standard error may be closed: the exit status says it too.
  }
}

const [calledAs = 'guard-sh', ...argv] = process.argv.slice(2);
main(calledAs, argv)
  .catch(outcomeOf)
  .then((outcome) => {
    // Written as it is: setting up Node's streams would cost every command two milliseconds.
    if ('answer' in outcome) writeSync(1, outcome.answer);
    else writeAll(2, outcome.message);
    process.exitCode = 'answer' in outcome ? 0 : outcome.code;
  });
