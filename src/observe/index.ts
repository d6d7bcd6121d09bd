// Observing: answers core's questions about the world. Read-only, bounded, and errors become data.
import type { Answer, Query } from '../core/model/observation.ts';
import type { Observe } from '../judge.ts';
import { loadReader } from './readers.ts';

export interface ObserveOptions {
  /** Whether requests may leave this machine. */
  readonly lookups: boolean;
}

/** The observer of this machine. Each kind of question loads its own module when it is asked. */
export function observer({ lookups }: ObserveOptions): Observe {
  return async (query) => {
    try {
      return await answer(query, lookups);
    } catch (error) {
      return { kind: 'failed', reason: 'error', detail: error instanceof Error ? error.message : String(error) };
    }
  };
}

async function answer(query: Query, lookups: boolean): Promise<Answer> {
  switch (query.kind) {
    case 'reader':
      return loadReader(query.language);
    case 'file':
      return (await import('./files.ts')).readText(query.path);
    case 'path':
      return (await import('./files.ts')).readPath(query.path);
    case 'folder':
      return (await import('./files.ts')).readFolder(query.path);
    case 'program':
      return (await import('./files.ts')).findProgram(query.name, query.path);
    case 'hostname':
      return { kind: 'text', text: (await import('node:os')).hostname() };
    case 'listener':
      return (await import('./listener.ts')).findListener(query.port);
    case 'secret':
      return (await import('./secrets.ts')).findSecret(query);
    case 'live-http':
      return lookups ? (await import('./live.ts')).request(query) : off('lookups are off');
  }
}

/** A world of given files and nothing else; without files nothing was looked at, which is no finding either. */
export function memoryObserver(files: Readonly<Record<string, string>> | undefined): Observe {
  return async (query) => {
    if (query.kind === 'reader') return loadReader(query.language);
    if (files === undefined || (query.kind !== 'file' && query.kind !== 'path'))
      return off('nothing of this machine is read');
    const text = Object.hasOwn(files, query.path) ? files[query.path] : undefined;
    if (text === undefined) return { kind: 'absent' };
    return query.kind === 'file'
      ? { kind: 'text', text }
      : { kind: 'path', type: 'file', real: query.path, executable: false };
  };
}

const off = (detail: string): Answer => ({ kind: 'failed', reason: 'off', detail });
