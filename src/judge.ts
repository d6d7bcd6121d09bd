// Judging: runs the pure pipeline, fetches what it asks for, and runs it again until nothing is open.
import { type Analysis, analyze, type Standards } from './core/analyze.ts';
import { type Answer, type Query, queryKey } from './core/model/observation.ts';
import type { Request } from './core/model/request.ts';
import { undecided } from './core/undecided.ts';

/** Answers one query. Errors are answers; it never throws. */
export type Observe = (query: Query) => Promise<Answer>;

/** A script that includes scripts that include scripts: each level is one round. */
const maxRounds = 32;
/** Milliseconds for all observations together; what is not answered by then counts as failed. */
const observationLimit = 2_000;

/** A final analysis, with the text of every file that it stands on, by absolute path. */
export interface Judgement extends Analysis {
  readonly read: ReadonlyMap<string, string>;
}

/** The final analysis of a request. Whatever goes wrong inside is a question to a human, never a permit. */
export async function judge(request: Request, standards: Standards, observe: Observe): Promise<Judgement> {
  try {
    return await judged(request, standards, observe);
  } catch (error) {
    const analysis = undecided(request, standards.policy, error instanceof Error ? error.message : String(error));
    return { ...analysis, read: new Map() };
  }
}

/** The first file that no longer holds what was judged; undefined where all do. */
export async function changedSince({ read }: Judgement, observe: Observe): Promise<string | undefined> {
  for (const [path, text] of read) {
    const answer = await observe({ kind: 'file', path });
    if (answer.kind !== 'text' || answer.text !== text) return path;
  }
  return undefined;
}

async function judged(request: Request, standards: Standards, observe: Observe): Promise<Judgement> {
  const answers = new Map<string, Answer>();
  const read = new Map<string, string>();
  const deadline = Date.now() + observationLimit;
  for (let round = 0; round < maxRounds; round += 1) {
    const analysis = analyze(request, standards, answers);
    if (analysis.open.length === 0) return { ...analysis, read };
    await Promise.all(
      analysis.open.map(async (query) => {
        const answer = await within(deadline, observe(query));
        if (query.kind === 'file' && answer.kind === 'text') read.set(query.path, answer.text);
        answers.set(queryKey(query), answer);
      }),
    );
  }
  throw new Error(`what it includes is not known after ${maxRounds} rounds`);
}

/** The answer, or a failure once the time for all of them is over. */
async function within(deadline: number, answer: Promise<Answer>): Promise<Answer> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<Answer>((resolve) => {
    const failure: Answer = { kind: 'failed', reason: 'timeout', detail: 'no answer within 2 seconds' };
    timer = setTimeout(() => resolve(failure), Math.max(0, deadline - Date.now()));
  });
  try {
    return await Promise.race([answer, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
