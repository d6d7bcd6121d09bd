// Mounts: paths inside a container or another root that are folders of this machine.
import type { Host, Mount } from '../model/invocation.ts';
import { joinWords, knownPrefix, mapText, staticWord, textOf, type Word } from '../model/word.ts';
import { withoutPrefix } from './assignments.ts';
import { absolutePath, normalizePath } from './paths.ts';

/** The same path on this machine, for a path under a mount; undefined where it stays inside. */
export function hostPath(path: Word, cwd: Word, host: Host): Word | undefined {
  if (host.kind !== 'container' || host.mounts === undefined) return undefined;
  const whole = /^[/~]/.test(knownPrefix(path)) ? path : joinWords([cwd, staticWord('/'), path]);
  const clean = mapText(whole, (text, at) =>
    at === 0 ? text.replace(/\/(?:\.?\/)+/g, '/').replace(/(.)\/\.$/, '$1') : text,
  );
  const start = knownPrefix(clean);
  const mount = [...host.mounts.points]
    .sort((a, b) => b.target.length - a.target.length)
    .find(({ target }) => start === target || start.startsWith(target === '/' ? '/' : `${target}/`));
  if (mount === undefined || start.includes('/../')) return undefined;
  const rest = withoutPrefix(clean, mount.target === '/' ? 0 : mount.target.length);
  const base = textOf(mount.source) === '/' ? staticWord('') : mount.source;
  const joined = joinWords([base, rest]);
  return textOf(joined) === '' ? staticWord('/') : { ...joined, glob: path.glob };
}

/** Where a file stands on this machine: as it is named here, or as a mount shows it inside. */
export function localPath(path: Word, cwd: Word, host: Host): string | undefined {
  if (host.kind === 'local') return absolutePath(path, cwd);
  const mapped = hostPath(path, cwd, host);
  return mapped === undefined ? undefined : absolutePath(mapped, staticWord('/'));
}

/** `/srv/data:/data`, `.:/work:z`. What is read-only loses nothing, and a volume with a name is no folder of this machine. */
export function bindMount(spec: Word, cwd: Word): Mount | undefined {
  const text = textOf(spec);
  const known = text ?? knownPrefix(spec);
  const parts = /^(.*?):(\/[^:,]*)(?::([\w,-]*))?$/s.exec(text ?? `${known}:${lastPiece(spec)}`);
  if (parts === null) return undefined;
  const [, source = '', target = '', options = ''] = parts;
  if (options.split(',').some((option) => option === 'ro' || option === 'readonly')) return undefined;
  if (text === undefined)
    return known === '' || /^[/.~]/.test(known)
      ? { source: dynamicSource(spec, known), target: trimmed(target) }
      : undefined;
  return placed(source, target, cwd);
}

/** `type=bind,source=/srv,target=/data`. */
export function mountOption(spec: Word, cwd: Word): Mount | undefined {
  const fields = new Map(
    (textOf(spec) ?? '').split(',').map((pair) => {
      const at = pair.indexOf('=');
      return at < 0 ? [pair, 'true'] : [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );
  const source = fields.get('source') ?? fields.get('src');
  const target = fields.get('target') ?? fields.get('destination') ?? fields.get('dst');
  if (
    source === undefined ||
    target === undefined ||
    ['ro', 'readonly'].some((name) => (fields.get(name) ?? 'false') !== 'false')
  )
    return undefined;
  return placed(source, target, cwd);
}

function placed(source: string, target: string, cwd: Word): Mount | undefined {
  if (!/^[/.~]/.test(source)) return undefined;
  const absolute = absolutePath(staticWord(source), cwd);
  return { source: staticWord(absolute ?? trimmed(source)), target: trimmed(target) };
}

const trimmed = (path: string): string => (path.startsWith('/') ? normalizePath(path) : path.replace(/(.)\/+$/, '$1'));

/** What is known of a word behind its unknown pieces: `$PWD:/work` ends in `/work`. */
function lastPiece(word: Word): string {
  const last = word.kind === 'dynamic' ? word.known.at(-1) : undefined;
  const at = last?.indexOf(':/') ?? -1;
  return at < 0 ? '' : (last as string).slice(at + 1);
}

/** The word up to the colon, where the colon stands behind an unknown piece. */
function dynamicSource(spec: Word, known: string): Word {
  const source = spec.kind === 'dynamic' ? spec.source.replace(/:\/.*$/s, '') : known;
  return { kind: 'dynamic', source, known: known === '' ? [null] : [known, null], glob: false };
}
