// Standing: what really stands where a word points to. Links are followed as the system would, patterns are expanded.
import type { Entry } from '../../model/observation.ts';
import { textOf, type Word } from '../../model/word.ts';
import { matchesPattern } from '../../resolve/glob.ts';
import { normalizePath } from '../../resolve/paths.ts';
import { answerOf, type Ground } from './ground.ts';

/** `nothing`: it is known that nothing is there, or only a link, which loses nothing that it leads to. */
export type Standing =
  | { readonly kind: 'nothing' }
  | {
      readonly kind: 'there';
      /** Absolute, all links in front of the last name followed. */
      readonly paths: readonly string[];
      /** What stands there; undefined for a pattern. */
      readonly entry: Entry | undefined;
      /** Where the word itself leads; undefined where that is what it says. For a pattern its text behind the real folder. */
      readonly real: string | undefined;
      readonly mounts: readonly string[];
    };

const nothing: Standing = { kind: 'nothing' };

/** How many folders a pattern may look into, and how many names it may stand for. */
const limits = { folders: 40, names: 1_000 } as const;

/**
 * What stands at a path, or at all that a pattern matches; undefined where that is not known.
 * @param follows whether a link at the end of the path is followed: writing does, removing does not
 */
export function standingOf(word: Word, cwd: Word, follows: boolean, ground: Ground): Standing | undefined {
  const text = textOf(word);
  const path = text === undefined ? undefined : rawPath(text, textOf(cwd));
  if (text === undefined || path === undefined) return undefined;
  if (word.glob) return standingOfPattern(path, ground);
  return standingAt(path, follows || /\/\.?$/.test(text), ground);
}

/** What stands at an absolute path. */
function standingAt(path: string, follows: boolean, ground: Ground): Standing | undefined {
  const answer = ground.world.ask({ kind: 'entry', path });
  if (answer?.kind === 'absent') return nothing;
  if (answer?.kind !== 'entry') return undefined;
  const real = answer.real === normalizePath(path) ? undefined : answer.real;
  if (answer.type !== 'link')
    return { kind: 'there', paths: [answer.real], entry: answer, real, mounts: answer.mounts };
  if (!follows || answer.leadsTo === undefined) return nothing;
  const behind = answerOf(ground, { kind: 'entry', path: answer.leadsTo }, 'entry');
  if (behind === undefined) return undefined;
  return { kind: 'there', paths: [behind.real], entry: behind, real: behind.real, mounts: behind.mounts };
}

/** The path as the system would walk it: `..` behind a link is not taken out of the text. */
function rawPath(text: string, folder: string | undefined): string | undefined {
  if (text === '' || text.startsWith('~') || text.includes('\0') || /^[A-Za-z]:[\\/]/.test(text)) return undefined;
  if (!text.startsWith('/') && !folder?.startsWith('/')) return undefined;
  const whole = text.startsWith('/') ? text : `${folder}/${text}`;
  const segments = whole.split('/').filter((segment) => segment !== '' && segment !== '.');
  return segments.at(-1) === '..' ? normalizePath(whole) : `/${segments.join('/')}`;
}

const isPattern = (segment: string): boolean => /[*?[]/.test(segment);

function standingOfPattern(path: string, ground: Ground): Standing | undefined {
  const segments = path.split('/').slice(1);
  const first = segments.findIndex(isPattern);
  if (first < 0 || /[()]/.test(path) || segments.slice(first).includes('..')) return undefined;
  const folder = `/${segments.slice(0, first).join('/')}`;
  const base = standingAt(folder, true, ground);
  if (base === undefined || base.kind === 'nothing') return base;
  if (base.entry?.type !== 'folder') return undefined;
  const rest = segments.slice(first);
  const [start = folder] = base.paths;
  const paths = expand(start, rest, ground);
  if (paths === undefined) return undefined;
  if (paths.length === 0) return nothing;
  const mounts = base.mounts.filter((mount) => paths.some((each) => `${mount}/`.startsWith(`${each}/`)));
  const real = base.real === undefined ? undefined : `${start === '/' ? '' : start}/${rest.join('/')}`;
  return { kind: 'there', paths, entry: undefined, real, mounts };
}

/** The names that a pattern matches, as the shell would: names with a leading dot only where the pattern has one. */
function expand(folder: string, segments: readonly string[], ground: Ground): readonly string[] | undefined {
  let paths = [folder === '/' ? '' : folder];
  let looked = 0;
  for (const segment of segments) {
    if (!isPattern(segment)) {
      paths = paths.map((path) => `${path}/${segment}`);
      continue;
    }
    const matched: string[] = [];
    for (const path of paths) {
      looked += 1;
      const names = looked > limits.folders ? undefined : namesIn(path === '' ? '/' : path, ground);
      if (names === undefined) return undefined;
      for (const name of names) if (isMatch(name, segment)) matched.push(`${path}/${name}`);
    }
    if (matched.length > limits.names) return undefined;
    paths = matched;
  }
  return paths;
}

const isMatch = (name: string, pattern: string): boolean =>
  (!name.startsWith('.') || pattern.startsWith('.')) && matchesPattern(name, pattern);

/** All names in a folder; none in what is no folder, undefined where they are not all known. */
export function namesIn(path: string, { world }: Ground): readonly string[] | undefined {
  const answer = world.ask({ kind: 'folder', path });
  if (answer?.kind === 'names') return answer.complete ? answer.names : undefined;
  return answer?.kind === 'absent' ? [] : undefined;
}
