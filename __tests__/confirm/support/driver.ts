// Asks one question on its controlling terminal: reads JSON from argv[2], writes the answer and what is left open to argv[3].
import { readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { type AskOptions, ask } from '../../../src/confirm/terminal.ts';
import type { Question } from '../../../src/core/decide/question.ts';

const [, , input = '', output = ''] = process.argv;
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGWINCH', 'exit'] as const;

const listeners = () => signals.map((signal) => process.listenerCount(signal));

/** Descriptors of the controlling terminal; Node's own for its standard streams have the device's name. */
function openTerminals(): string[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc/self/fd').flatMap((fd) => {
    try {
      const target = readlinkSync(`/proc/self/fd/${fd}`);
      return target === '/dev/tty' ? [fd] : [];
    } catch {
      return [];
    }
  });
}

const { question, options } = JSON.parse(readFileSync(input, 'utf8')) as {
  question: Question;
  options: Partial<AskOptions>;
};
const before = listeners();
const answer = await ask(question, options);
// Streams close in the next turns of the event loop.
await new Promise((resolve) => setTimeout(resolve, 20));
writeFileSync(
  output,
  JSON.stringify({
    answer,
    openTerminals: openTerminals(),
    listenersLeft: listeners().some((n, i) => n !== before[i]),
  }),
);
