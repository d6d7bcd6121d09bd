// Rows of `guard check`: what one line of input says, and what one line of output answers.
import type { Analysis } from '../../core/analyze.ts';
import type { Request } from '../../core/model/request.ts';
import type { Environment } from '../../core/model/verdict.ts';

/** One line of input. Only `command` is required. */
export interface CheckInput {
  readonly id?: string | number;
  readonly command: string;
  /** Absolute. */
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Texts by absolute path: these and no others are what the command could read. */
  readonly files?: Readonly<Record<string, string>>;
}

/** One line of output. `challenge` is `none`, `confirm`, `typed`, `typed+factor`, or `deny`. */
export interface CheckOutput {
  readonly id?: string | number;
  readonly verdict: 'run' | 'ask' | 'deny';
  readonly severity?: string;
  readonly rules: readonly string[];
  readonly environment: Environment;
  readonly challenge: string;
  /** Milliseconds that the judgement took. */
  readonly ms: number;
}

/** The answer to a line that could not be judged: its number in the input, and what is wrong with it. */
export interface CheckError {
  readonly id?: string | number;
  readonly line: number;
  readonly error: string;
}

export type CheckRow =
  | { readonly kind: 'row'; readonly input: CheckInput }
  | { readonly kind: 'error'; readonly answer: CheckError };

/** What a line of text holds. */
export function parseRow(text: string, line: number): CheckRow {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { kind: 'error', answer: { line, error: `not JSON: ${message}` } };
  }
  if (!isObject(value)) return { kind: 'error', answer: { line, error: 'expected a JSON object on each line' } };
  const problem = problemOf(value);
  if (problem === undefined) return { kind: 'row', input: value as unknown as CheckInput };
  return { kind: 'error', answer: { ...(isId(value.id) ? { id: value.id } : {}), line, error: problem } };
}

type Fields = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isId = (value: unknown): value is string | number => typeof value === 'string' || typeof value === 'number';
const isTexts = (value: unknown): boolean =>
  isObject(value) && Object.values(value).every((text) => typeof text === 'string');

/** What does not have the form of a row, in words; undefined where all is well. */
function problemOf({ id, command, cwd, env, files }: Fields): string | undefined {
  if (typeof command !== 'string') return 'expected "command" to be a string';
  if (id !== undefined && !isId(id)) return 'expected "id" to be a string or a number';
  if (cwd !== undefined && !(typeof cwd === 'string' && cwd.startsWith('/')))
    return 'expected "cwd" to be an absolute path';
  if (env !== undefined && !isTexts(env)) return 'expected "env" to be an object of strings';
  if (files !== undefined && !isTexts(files)) return 'expected "files" to be an object of strings';
  return undefined;
}

/** The request that a row stands for. Files without a folder are read from the root. */
export const requestOf = ({ command, cwd, env, files }: CheckInput): Request => ({
  command,
  shell: 'bash',
  name: undefined,
  positionals: [],
  cwd: cwd ?? (files === undefined ? undefined : '/'),
  env,
  from: { kind: 'command-line', label: 'command line' },
});

/** The answer to a row. The environment is that of the finding that asks hardest. */
export function answerTo({ id }: CheckInput, { verdict }: Analysis, ms: number): CheckOutput {
  const rules = [...new Set(verdict.findings.map(({ rule }) => rule.id))];
  const common = { ...(id === undefined ? {} : { id }), verdict: verdict.kind };
  if (verdict.kind === 'run') {
    return { ...common, rules, environment: { name: 'unknown', evidence: [] }, challenge: 'none', ms };
  }
  const { severity, environment } = verdict;
  const challenge = verdict.kind === 'ask' ? verdict.challenge : 'deny';
  return { ...common, severity, rules, environment, challenge, ms };
}
