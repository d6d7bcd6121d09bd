// Intents: what a command is after, as hashes. One binds an approval to what was shown; the others remember a human's no.
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { coveringEffects, effectOf } from '../core/decide/effect.ts';
import { rankOf } from '../core/decide/question.ts';
import type { Finding } from '../core/model/verdict.ts';
import { StateError } from '../state/error.ts';
import { readPrivate, writePrivate } from '../state/files.ts';
import type { Environ } from '../state/folders.ts';
import { ensureFolder } from '../state/folders.ts';

const hash = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('hex');

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** What an approval holds for: this text, in this folder, on these targets, under these rules. Hexadecimal SHA-256. */
export function intentOf(command: string, cwd: string, findings: readonly Finding[], ruleSet: string): string {
  const targets = findings.map(({ target, environment }) =>
    JSON.stringify([target.kind, target.name, environment.name]),
  );
  return hash([command, cwd, [...new Set(targets)].toSorted(byText), ruleSet]);
}

/**
 * The effects that a human refuses with a no: of the findings that ask as hard as the leading one, what family of rule
 * on what target. The words of the command play no part, so `rm -r` and `find -delete` of one folder are one effect.
 */
export function deniedEffects(findings: readonly Finding[]): string[] {
  const hardest = Math.max(...findings.map(rankOf));
  return hashes(findings.filter((finding) => rankOf(finding) === hardest).map(effectOf));
}

/** The effects that findings are covered by, each as a hash. */
export const effectsOf = (findings: readonly Finding[]): string[] => hashes(findings.flatMap(coveringEffects));

const hashes = (effects: readonly string[]): string[] => [...new Set(effects.map(hash))];

/** Variables that hold the id of an agent's session; most agents give every command a session of the system of its own. */
const sessionVariables = [
  'CODEX_THREAD_ID',
  'CODEX_SESSION_ID',
  'COPILOT_AGENT_SESSION_ID',
  'GEMINI_SESSION_ID',
  'AMP_CURRENT_THREAD_ID',
  'CURSOR_TRACE_ID',
  'CLAUDE_CODE_SESSION_ID',
  'OPENCODE_PID',
] as const;

/** The session a command belongs to: the agent's where it names one, else the session of the terminal. */
export function sessionOf(env: Environ, system: string | undefined): string {
  const variable = sessionVariables.find((name) => env[name]);
  return variable === undefined ? `system:${system ?? 'unknown'}` : `${variable}:${env[variable]}`;
}

interface Denial {
  readonly effect: string;
  readonly at: number;
  readonly until: number;
  /** How often it was tried again since. */
  readonly attempts: number;
}

const maxDenials = 500;
const maxBytes = 1 << 20;

/** A human's noes of one session, kept in `<stateFolder>/sessions/<hash>.json` (0600) until they expire. */
export class DeniedIntents {
  readonly #folder: string;
  readonly #file: string;
  readonly #stateFolder: string;

  constructor(stateFolder: string, session: string) {
    this.#stateFolder = stateFolder;
    this.#folder = join(stateFolder, 'sessions');
    this.#file = join(this.#folder, `${hash(session).slice(0, 24)}.json`);
  }

  /** Remembers effects until `until` (milliseconds since the epoch). False where that could not be written. */
  remember(effects: readonly string[], now: number, until: number): boolean {
    const others = this.#read(now).filter(({ effect }) => !effects.includes(effect));
    return this.#write([...others, ...effects.map((effect) => ({ effect, at: now, until, attempts: 0 }))]);
  }

  #write(denials: readonly Denial[]): boolean {
    try {
      ensureFolder(this.#stateFolder);
      ensureFolder(this.#folder);
      writePrivate(this.#file, `${JSON.stringify(denials.slice(-maxDenials))}\n`);
      return true;
    } catch (error) {
      if (error instanceof StateError) return false;
      throw error;
    }
  }

  /**
   * The no that one of the effects got in this session, with how often it was tried since, this time included. Without a
   * readable memory a human is asked again; a count that cannot be written is lost, the no is not.
   */
  wasDenied(effects: readonly string[], now: number): Omit<Denial, 'effect'> | undefined {
    const denials = this.#read(now);
    const denied = denials.find(({ effect }) => effects.includes(effect));
    if (denied === undefined) return undefined;
    const counted = { ...denied, attempts: denied.attempts + 1 };
    this.#write(denials.map((each) => (each === denied ? counted : each)));
    return { at: counted.at, until: counted.until, attempts: counted.attempts };
  }

  #read(now: number): Denial[] {
    try {
      const value: unknown = JSON.parse(readPrivate(this.#file, maxBytes)?.toString('utf8') ?? '[]');
      return Array.isArray(value) ? value.filter(isDenial).filter(({ until }) => now < until) : [];
    } catch (error) {
      if (error instanceof SyntaxError || error instanceof StateError) return [];
      throw error;
    }
  }
}

function isDenial(value: unknown): value is Denial {
  if (typeof value !== 'object' || value === null) return false;
  const { effect, at, until, attempts } = value as Partial<Record<keyof Denial, unknown>>;
  return typeof effect === 'string' && [at, until, attempts].every((each) => typeof each === 'number');
}
