// One case of each kind: what is done with a fuzzed text, and what must hold of it.
import { type Analysis, analyze } from '../../src/core/analyze.ts';
import { type Answer, queryKey } from '../../src/core/model/observation.ts';
import type { Request } from '../../src/core/model/request.ts';
import { saysUnknown, unexplained, unlisted } from '../oracle/compare.ts';
import { isConfined, resolveIn, type Sandbox, type StubCall } from '../oracle/sandbox.ts';
import { standards } from './standards.ts';

const requestFor = (command: string): Request => ({
  ...{ command, shell: 'bash', name: undefined, positionals: ['a', 'c1 b'], cwd: '/srv/orders' },
  ...{ env: { HOME: '/home/ada', PATH: '/usr/bin' }, from: { kind: 'command-line', label: 'command line' } },
});

/** Judges a text as often as it asks for more; every file that it asks for holds `file`. Throws what the pipeline throws. */
export function judgeText(command: string, file: string | undefined): Analysis {
  const answers = new Map<string, Answer>();
  for (let round = 0; round < 32; round += 1) {
    const analysis = analyze(requestFor(command), standards, answers);
    if (analysis.open.length === 0) return analysis;
    for (const query of analysis.open) {
      const isText = query.kind === 'file' && file !== undefined;
      // There is no disk: what nobody looked at may be there.
      const none: Answer =
        query.kind === 'entry' ? { kind: 'failed', reason: 'off', detail: 'there is no disk' } : { kind: 'absent' };
      answers.set(queryKey(query), isText ? { kind: 'text', text: file } : none);
    }
  }
  throw new Error('it asks without end');
}

/** Texts that could run without end or start more processes than a test should; and, unconfined, those that name paths. */
export const isTame = (text: string): boolean =>
  !/\b(?:while|until|select|coproc|function)\b|\(\s*\(|\0|@P|mapfile|readarray|PS4/.test(text) &&
  !(/\(\s*\)|\balias\b/.test(text) && /[^|&][|&][^|&]|[|&]$|\btrap\b/.test(text)) &&
  (isConfined || !/[/~]/.test(text));

export interface Comparison {
  readonly ran: readonly StubCall[];
  /** guard says that it does not know all that would run. */
  readonly saysUnknown: boolean;
  /** Stubs that ran and are not listed at all. */
  readonly unlisted: readonly StubCall[];
  /** Stubs that ran with words that guard does not list. */
  readonly unexplained: readonly StubCall[];
}

/** Runs a text in the sandbox and holds what ran against guard's list. */
export async function compareText(command: string, box: Sandbox, limit?: number): Promise<Comparison> {
  const cwd = box.place();
  const listed = await resolveIn(box, command, cwd);
  const ran = await box.run(command, cwd, limit);
  return {
    ran,
    saysUnknown: saysUnknown(listed),
    unlisted: unlisted(ran, listed),
    unexplained: unexplained(ran, listed),
  };
}

/** A command ran that guard neither lists nor says anything about. */
export const isSilentMiss = ({ saysUnknown: says, unlisted: missed }: Comparison): boolean =>
  !says && missed.length > 0;
