// Places: which part of the machine a path lies in, and what its name says it is. Text only; nothing is looked up.
import type { Nature, Zone } from '../model/fact.ts';
import { joinWords, knownPrefix, piecesOf, staticWord, textOf, type Word } from '../model/word.ts';
import { writtenOut } from '../resolve/glob.ts';
import { pathFrom } from '../resolve/paths.ts';
import { isDisk, kernelTriggers } from './disks.ts';
import { natureOfName } from './nature.ts';

export interface Surroundings {
  readonly cwd: Word;
  /** Absolute, or undefined where it is not known (`~` then stands for it). */
  readonly home: string | undefined;
}

const systemRoots = [
  '/bin',
  '/boot',
  '/etc',
  '/lib',
  '/lib32',
  '/lib64',
  '/libx32',
  '/opt',
  '/proc',
  '/run',
  '/sbin',
  '/srv',
  '/sys',
  '/usr',
  '/var',
  '/System',
  '/Library',
  '/Applications',
  '/private/etc',
  '/private/var',
  '/nix',
  '/snap',
];
/** Folders that hold other people's projects and data rather than the system; the folders themselves belong to it. */
const servedRoots = ['/opt', '/srv', '/var/www', '/var/opt', '/var/lib/jenkins', '/usr/src', '/usr/local/src'];
const tempRoots = [
  '/tmp',
  '/var/tmp',
  '/private/tmp',
  '/private/var/tmp',
  '/private/var/folders',
  '/var/folders',
  '/dev/shm',
  '/run/user',
  '/usr/tmp',
];

const below = (path: string, root: string): boolean => path === root || path.startsWith(`${root}/`);
const inside = (path: string, root: string): boolean => path.startsWith(`${root}/`);

/** The zone of a path. Of a path that is only partly known, the known beginning decides. */
export function zoneOf(path: Word, { cwd, home }: Surroundings): Zone {
  const text = textOf(path);
  const start = text ?? knownPrefix(path);
  if (text === undefined && start === '') return zoneOfVariable(path);
  if (/^[A-Za-z]:([\\/]|$)/.test(start)) return windowsZone(wholeText(path, '?'));
  if (/^\/dev\/(tcp|udp)\//.test(start)) return 'temp';
  if (isRelative(start) && cwd.kind === 'dynamic') return zoneBelowUnknown(path, start, cwd, home);
  const folder = textOf(cwd);
  if (text === undefined && /^[/~]$/.test(start)) return 'unknown';
  const full = wholeFolder(pathFrom(start, folder ?? '.'), text !== undefined);
  const absolute = /^[/~]/.test(full);
  // Something below a folder is not the folder itself.
  const marked = text === undefined && (start.endsWith('/') || full === '.') ? `${full}/?` : full;
  if (!absolute) return full === '' || marked === '.' ? 'workdir' : /^\.\.(\/|$)/.test(full) ? 'parent' : 'project';
  return absoluteZone(marked, folder, home);
}

const isRelative = (path: string): boolean => !/^[/~]/.test(path);

/** A folder's whole content stands for the folder: `/etc/*`, `./.[!.]*` and `~/{*,.*}` mean all that is in them. */
function wholeFolder(full: string, known: boolean): string {
  if (!known) return full;
  let path = full;
  while (/(^|\/)(\*+|\.\*|\*\.\*|\.\[[!^]\.\]\*|\.\?\*|\.\?\?\*|\{\*,\.\*\})$/.test(path)) {
    path = path.replace(/(^|\/)[^/]*$/, '');
    if (path === '') return full.startsWith('/') ? '/' : '.';
  }
  return path;
}

/** A relative path below a folder of which only the beginning is known, as behind `cd "$(mktemp -d)"`. */
function zoneBelowUnknown(path: Word, start: string, cwd: Word, home: string | undefined): Zone {
  const prefix = knownPrefix(cwd);
  if (/^[/~]./.test(prefix)) return zoneOf(joinWords([cwd, staticWord('/'), path]), { cwd: staticWord('.'), home });
  const zone = zoneOf(path, { cwd: staticWord('.'), home });
  return zone === 'project' && prefix === '' && zoneOfVariable(cwd) === 'temp' && !start.startsWith('..')
    ? 'temp'
    : zone;
}

/** `$TMPDIR/x` and `$tmp` say what they hold by their names; other variables say nothing. */
function zoneOfVariable(word: Word): Zone {
  const name = variableOf(word);
  return name !== undefined && /^(te?mp|tmp_?dir|temp_?dir|tmp_?file|temp_?file|runner_temp)$/i.test(name)
    ? 'temp'
    : 'unknown';
}

/** The variable that a word starts with, as it stands in the command line. */
const variableOf = (word: Word): string | undefined =>
  word.kind === 'dynamic' ? /^\$\{?([A-Za-z_]\w*)/.exec(word.source)?.[1] : undefined;

function absoluteZone(full: string, cwd: string | undefined, home: string | undefined): Zone {
  if (full === '/') return 'root';
  if (tempRoots.some((root) => inside(full, root) || (root === full && full !== '/dev/shm'))) return 'temp';
  if (kernelTriggers.has(full)) return 'device';
  if (below(full, '/dev')) return isDisk(full) ? 'device' : 'temp';
  if (isHome(full, home)) return 'home';
  const within = cwd !== undefined && cwd !== '/' && cwd !== '.' && below(full, cwd);
  const ownHome = home !== undefined && inside(full, home);
  if (!ownHome && isSystem(full)) return 'system';
  if (within) return full === cwd ? 'workdir' : 'project';
  const drive = /^\/mnt\/([a-z])(?=\/|$)/.exec(full)?.[1];
  if (drive !== undefined && !(cwd !== undefined && below(cwd, full)))
    return windowsZone(`${drive}:${full.slice(6) || '/'}`);
  if (cwd?.startsWith('/') && cwd !== '/' && below(cwd, full)) return 'parent';
  return ownHome || belowHome(full) ? 'home-entry' : 'elsewhere';
}

const isSystem = (path: string): boolean =>
  systemRoots.some((root) => below(path, root)) && !servedRoots.some((root) => inside(path, root));

/** `~`, `~bob` and the folders that homes stand in. */
const isHome = (path: string, home: string | undefined): boolean =>
  /^~[^/]*$/.test(path) ||
  path === home ||
  path === '/home' ||
  path === '/Users' ||
  path === '/root' ||
  /^\/(home|Users)\/[^/]+$/.test(path);

const belowHome = (path: string): boolean =>
  /^~[^/]*\//.test(path) || /^\/(home|Users)\/[^/]+\//.test(path) || path.startsWith('/root/');

/** `C:\Users\ada`, and `/mnt/c/Users/ada` as WSL shows it; `?` stands for what is not known. */
function windowsZone(path: string): Zone {
  const text = path.replace(/\\/g, '/').toLowerCase();
  if (/^[a-z]:\/?(\*|\*\.\*)?$/.test(text)) return 'root';
  if (/\/(temp|tmp)(\/|$)/.test(text)) return 'temp';
  if (/^[a-z]:\/(windows|program files|programdata|boot|recovery)/.test(text)) return 'system';
  if (/^[a-z]:\/users(\/[^/]+)?\/?(\*|\*\.\*)?$/.test(text)) return 'home';
  return /^[a-z]:\/users\//.test(text) ? 'home-entry' : 'elsewhere';
}

/** All of a word's text, with a mark where it is not known. */
const wholeText = (word: Word, mark: string): string =>
  piecesOf(word)
    .map((piece) => piece ?? mark)
    .join('');

/** What a path is by its name. Of a path that is only partly known, the known end decides, or the variable's name. */
export function natureOf(path: Word, surroundings: Surroundings): Nature {
  const text = textOf(path);
  const folder = textOf(surroundings.cwd);
  const whole = wholeText(path, '*');
  const isDrive = /^[A-Za-z]:[\\/]/.test(whole);
  const full = isDrive ? whole.replaceAll('\\', '/') : whole.startsWith('*') ? whole : pathFrom(whole, folder ?? '.');
  const [first = natureOfName(full, text !== undefined), ...others] = path.glob
    ? writtenOut(full).map((each) => natureOfName(each, text !== undefined))
    : [];
  const nature = others.every((each) => each === first) ? first : natureOfName(full, text !== undefined);
  const variable = variableOf(path);
  if (variable === undefined || (nature !== 'plain' && nature !== 'folder')) return nature;
  return natureOfVariable(variable) ?? nature;
}

/** `$BUILD_DIR`, `$cache`, `$tmp_out`: the name that a script gives to a path says what it is for. */
function natureOfVariable(name: string): Nature | undefined {
  const words = name.toLowerCase().split('_');
  if (words.some((word) => /^(te?mp|tmpdir|tempdir|tmpfile|tempfile|scratch)$/.test(word))) return 'scratch';
  if (words.some((word) => /^(build|builddir|objdir|dist)$/.test(word))) return 'build';
  return words.some((word) => /^(cache|cachedir)$/.test(word)) ? 'cache' : undefined;
}
