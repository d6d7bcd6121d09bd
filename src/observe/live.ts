// Live lookups: one read-only HTTP request, bounded in time and size, that never follows a redirect.
import { readFileSync } from 'node:fs';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { rootCertificates } from 'node:tls';
import type { Answer, Query } from '../core/model/observation.ts';

type LiveQuery = Extract<Query, { kind: 'live-http' }>;

const maxBytes = 1024 * 1024;
const timeLimit = 2_000;

/** A redirect is an answer like any other: the credential goes to the host that was asked and nowhere else. */
export async function request(query: LiveQuery): Promise<Answer> {
  const signal = AbortSignal.timeout(timeLimit);
  try {
    const response = await send(query, signal);
    return { kind: 'http', status: response.statusCode ?? 0, body: await bounded(response) };
  } catch (error) {
    if (signal.aborted) return { kind: 'failed', reason: 'timeout', detail: 'no answer within 2 seconds' };
    return { kind: 'failed', reason: 'error', detail: codeOf(error) };
  }
}

function send(query: LiveQuery, signal: AbortSignal): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const url = new URL(query.url);
    const options = { method: query.method, headers: { ...query.headers }, signal };
    const outgoing =
      url.protocol === 'https:'
        ? httpsRequest(url, { ...options, ...trusted() }, resolve)
        : httpRequest(url, options, resolve);
    outgoing.on('error', reject);
    outgoing.end(query.body);
  });
}

/** Guard's own Node starts without NODE_EXTRA_CA_CERTS, which costs every start; the launcher hands the file over. */
function trusted(): { ca?: string[] } {
  const file = process.env.GUARD_CA_CERTS;
  return file === undefined || file === '' ? {} : { ca: [...rootCertificates, readFileSync(file, 'utf8')] };
}

async function bounded(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response) {
    chunks.push(chunk as Buffer);
    size += (chunk as Buffer).length;
    if (size > maxBytes) break;
  }
  return Buffer.concat(chunks).subarray(0, maxBytes).toString('utf8');
}

const codeOf = (error: unknown): string =>
  error instanceof Error ? ('code' in error ? String(error.code) : error.message) : String(error);
