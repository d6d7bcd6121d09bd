// An evaluator that allows everything, made of guard's own parts but the judging: what is left to differ from a bare
// shell is the launcher's and the protocol's doing. Bundled by the tests; never part of what is shipped.
import { isatty } from 'node:tty';
import { flavourOf, readShellArgv } from '../../src/run/argv.ts';
import { answerRun } from '../../src/run/launcher.ts';
import { findRealShell } from '../../src/run/real-shell.ts';
import { readStdinScript, writeSpool } from '../../src/run/stdin-script.ts';

const [calledAs = '', ...argv] = process.argv.slice(2);
const shell = findRealShell({ variable: process.env.GUARD_SHELL, configured: undefined, calledAs });
if (shell.kind === 'missing') {
  process.stderr.write(`guard: ${shell.message}\n`);
  process.exitCode = 2;
} else {
  const read = readShellArgv(argv, flavourOf(shell.path), isatty(0));
  const script = read.mode === 'stdin' ? readStdinScript() : undefined;
  const spool =
    script?.kind === 'read' && script.consumed ? writeSpool(`${process.env.HOME}/spool`, script.bytes) : undefined;
  process.stdout.write(answerRun(shell.path, spool));
}
