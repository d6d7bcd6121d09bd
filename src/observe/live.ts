// Live lookups: one read-only HTTP request, bounded in time and size, that never follows a redirect.
import type { Answer, Query } from '../core/model/observation.ts';

const maxBytes = 1024 * 1024;
const timeLimit = 2_000;

/** A redirect is an answer like any other: the credential goes to the host that was asked and nowhere else. */
export async function request(query: Extract<Query, { kind: 'live-http' }>): Promise<Answer> {
  try {
    const response = await fetch(query.url, {
      method: query.method,
      headers: { ...query.headers },
      redirect: 'manual',
      signal: AbortSignal.timeout(timeLimit),
      ...(query.body === undefined ? {} : { body: query.body }),
    });
    return { kind: 'http', status: response.status, body: await bounded(response) };
  } catch (error) {
    const timedOut = error instanceof Error && error.name === 'TimeoutError';
    return timedOut
      ? { kind: 'failed', reason: 'timeout', detail: 'no answer within 2 seconds' }
      : { kind: 'failed', reason: 'error', detail: causeOf(error) };
  }
}

async function bounded(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    const bytes = chunk as Uint8Array;
    chunks.push(bytes);
    size += bytes.length;
    if (size > maxBytes) break;
  }
  return Buffer.concat(chunks).subarray(0, maxBytes).toString('utf8');
}

function causeOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error ? ('code' in cause ? String(cause.code) : cause.message) : String(cause);
}
