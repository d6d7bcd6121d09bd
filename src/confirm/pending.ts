// Refused requests kept on disk for a human to look at later: what was shown, and the hash that binds an approval to it.
import { randomInt } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Question } from '../core/decide/question.ts';
import { StateError, toStateError } from '../state/error.ts';
import { readPrivate, removeIfPresent, writePrivate } from '../state/files.ts';
import { ensureFolder } from '../state/folders.ts';

/** Content of `pending/<id>.json`. The command in the question is redacted; `intent` is over the command as it is. */
export interface PendingRequest {
  readonly version: 1;
  readonly id: string;
  readonly intent: string;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly question: Question;
}

export interface KeptRequest {
  readonly id: string;
  readonly file: string;
  readonly expiresAt: number;
}

const lifetime = 30 * 60_000;
const maxBytes = 4 << 20;
/** An agent in a loop must not fill the disk; beyond this the oldest requests go. */
const maxRequests = 200;

/** Letters and digits that are not mistaken for each other when they are read out. */
const alphabet = '23456789abcdefghjkmnpqrstuvwxyz';

const newId = (): string => Array.from({ length: 6 }, () => alphabet[randomInt(alphabet.length)]).join('');

/**
 * Keeps a request (0600, 30 minutes) in `<stateFolder>/pending`. The same intent asked again keeps its id and gets a new
 * half hour. Expired ones are removed on the way. Throws StateError where it cannot be written.
 */
export function keepPending(stateFolder: string, intent: string, question: Question, now: number): KeptRequest {
  ensureFolder(stateFolder);
  const folder = join(stateFolder, 'pending');
  ensureFolder(folder);
  const kept = prune(folder, now);
  const known = kept.find((request) => request.intent === intent);
  const id = known?.id ?? newId();
  const file = join(folder, `${id}.json`);
  const expiresAt = now + lifetime;
  const request: PendingRequest = { version: 1, id, intent, createdAt: known?.createdAt ?? now, expiresAt, question };
  writePrivate(file, `${JSON.stringify(request)}\n`);
  return { id, file, expiresAt };
}

/** The requests that still hold, oldest first; removes the others, and the oldest where there are too many. */
function prune(folder: string, now: number): PendingRequest[] {
  const requests = namesIn(folder)
    .map((name) => ({ file: join(folder, name), request: readPending(join(folder, name)) }))
    .toSorted((a, b) => (a.request?.createdAt ?? 0) - (b.request?.createdAt ?? 0));
  return requests.flatMap(({ file, request }, index) => {
    if (request !== undefined && isCurrent(request, now) && requests.length - index < maxRequests) return [request];
    removeIfPresent(file);
    return [];
  });
}

/** A clock that was set back must not give a request a longer life. */
const isCurrent = ({ createdAt, expiresAt }: PendingRequest, now: number): boolean =>
  createdAt <= now && now < expiresAt;

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => /^[2-9a-z]{6}\.json$/.test(name));
  } catch (error) {
    throw toStateError(error, folder);
  }
}

/** A kept request; undefined where the file is gone or is not one. */
export function readPending(file: string): PendingRequest | undefined {
  try {
    const value: unknown = JSON.parse(readPrivate(file, maxBytes)?.toString('utf8') ?? 'null');
    return isPending(value) ? value : undefined;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof StateError) return undefined;
    throw error;
  }
}

function isPending(value: unknown): value is PendingRequest {
  if (typeof value !== 'object' || value === null) return false;
  const { version, id, intent, createdAt, expiresAt, question } = value as Partial<
    Record<keyof PendingRequest, unknown>
  >;
  const areTexts = typeof id === 'string' && typeof intent === 'string';
  const areTimes = typeof createdAt === 'number' && typeof expiresAt === 'number';
  return version === 1 && areTexts && areTimes && typeof question === 'object' && question !== null;
}
