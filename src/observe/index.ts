// Observing: answers core's questions about the world. Read-only, bounded, and errors become data.
import type { Answer, Query } from '../core/model/observation.ts';
import type { Observe } from '../judge.ts';
import { loadReader } from './readers.ts';
import { answerFromScene, type Scene } from './scene.ts';

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
    case 'zip-entry':
      return (await import('./zip.ts')).readZipEntry(query.path, query.entry);
    case 'path':
      return (await import('./files.ts')).readPath(query.path);
    case 'folder':
      return (await import('./files.ts')).readFolder(query.path);
    case 'entry':
      return (await import('./disk.ts')).readEntry(query.path);
    case 'survey':
      return (await import('./disk.ts')).survey(query.paths);
    case 'git-paths':
      return (await import('./git.ts')).readGitPaths(query.paths);
    case 'repository':
      return (await import('./git.ts')).readRepository(query.path);
    case 'session':
      return (await import('./session.ts')).readSession();
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

/**
 * A world of given files and nothing else; without files nothing was looked at, which is no finding either. What stands
 * on its disk is only known where a scene is given: texts say nothing of what git keeps, or of what is not there.
 */
export function memoryObserver(files: Readonly<Record<string, string>> | undefined, scene?: Scene): Observe {
  return async (query) => {
    if (query.kind === 'reader') return loadReader(query.language);
    const seen = scene === undefined ? undefined : answerFromScene(query, scene);
    if (seen !== undefined) return seen;
    if (files === undefined) return off('nothing of this machine is read');
    switch (query.kind) {
      case 'file':
        return Object.hasOwn(files, query.path) ? { kind: 'text', text: files[query.path] ?? '' } : { kind: 'absent' };
      case 'path':
        return pathAmong(query.path, files);
      case 'folder':
        return folderAmong(query.path, files);
      default:
        return off('nothing of this machine is read');
    }
  };
}

function pathAmong(path: string, files: Readonly<Record<string, string>>): Answer {
  if (Object.hasOwn(files, path)) return { kind: 'path', type: 'file', real: path, executable: false };
  const folder = folderAmong(path, files);
  return folder.kind === 'names' ? { kind: 'path', type: 'folder', real: path, executable: true } : folder;
}

/** A folder is there where some file stands below it. */
function folderAmong(path: string, files: Readonly<Record<string, string>>): Answer {
  const prefix = path.endsWith('/') ? path : `${path}/`;
  const below = Object.keys(files).filter((each) => each.startsWith(prefix));
  const names = [...new Set(below.map((each) => each.slice(prefix.length).split('/')[0] ?? ''))];
  return names.length === 0 ? { kind: 'absent' } : { kind: 'names', names, complete: true };
}

const off = (detail: string): Answer => ({ kind: 'failed', reason: 'off', detail });
