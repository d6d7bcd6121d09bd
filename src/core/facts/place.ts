// Places: which part of the machine a path lies in, and what its name says it is. Text only; nothing is looked up.
import type { Nature, Zone } from '../model/fact.ts';
import { knownPrefix, piecesOf, textOf, type Word } from '../model/word.ts';
import { pathFrom } from '../resolve/paths.ts';

export interface Surroundings {
  readonly cwd: Word;
  /** Absolute, or undefined where it is not known (`~` then stands for it). */
  readonly home: string | undefined;
}

const systemRoots = ['/bin', '/boot', '/etc', '/lib', '/lib32', '/lib64', '/opt', '/proc', '/root', '/run', '/sbin', '/srv', '/sys', '/usr', '/var', '/System', '/Library', '/Applications', '/private/etc', '/private/var', '/nix'];
const tempRoots = ['/tmp', '/var/tmp', '/private/tmp', '/private/var/folders', '/var/folders', '/dev/shm', '/run/user'];
const harmlessDevices = new Set(['/dev/null', '/dev/stdout', '/dev/stderr', '/dev/stdin', '/dev/tty', '/dev/full', '/dev/zero', '/dev/random', '/dev/urandom']);

const below = (path: string, root: string): boolean => path === root || path.startsWith(`${root}/`);

/** The zone of a path. Of a path that is only partly known, the known beginning decides. */
export function zoneOf(path: Word, { cwd, home }: Surroundings): Zone {
  const text = textOf(path);
  const start = text ?? knownPrefix(path);
  if (text === undefined && start === '') return 'unknown';
  const folder = textOf(cwd);
  if (/^[A-Za-z]:[\\/]/.test(start)) return windowsZone(start);
  const absolute = start.startsWith('/') || start.startsWith('~') || folder?.startsWith('/') || folder?.startsWith('~');
  const full = pathFrom(start, folder ?? '.');
  if (text === undefined && (start === '/' || start === '~')) return 'unknown';
  if (start === '.' || start === './' || start === '*' || start === './*' || (path.glob && start === '.*')) {
    if (!absolute) return 'workdir';
  }
  if (!absolute) return full === '.' ? 'workdir' : full.startsWith('..') ? 'parent' : 'project';
  return absoluteZone(full, folder, home);
}

function absoluteZone(full: string, cwd: string | undefined, home: string | undefined): Zone {
  const whole = full.replace(/\/(\*|\.\*|\{\*,\.\*\})$/, '') || '/';
  if (whole === '/') return 'root';
  if (harmlessDevices.has(full) || full.startsWith('/dev/fd/')) return 'temp';
  if (tempRoots.some((root) => below(full, root))) return 'temp';
  if (below(full, '/dev')) return 'device';
  if (isHome(whole, home)) return 'home';
  const inside = cwd !== undefined && cwd !== '/' && below(full, cwd);
  if (inside && whole === cwd && !systemRoots.some((root) => below(cwd, root))) return 'workdir';
  const system = systemRoots.some((root) => below(full, root)) && !(home !== undefined && below(full, home));
  if (system) return 'system';
  if (inside) return 'project';
  if (cwd !== undefined && cwd !== '/' && below(cwd, whole)) return 'parent';
  if (belowHome(full, home)) return 'home-entry';
  return 'elsewhere';
}

const isHome = (path: string, home: string | undefined): boolean =>
  path === '~' || path === home || path === '/home' || path === '/Users' || path === '/root' || /^\/(home|Users)\/[^/]+$/.test(path);

const belowHome = (path: string, home: string | undefined): boolean =>
  path.startsWith('~/') || (home !== undefined && below(path, home)) || /^\/(home|Users)\/[^/]+\//.test(path) || path.startsWith('/root/');

function windowsZone(path: string): Zone {
  const text = path.replace(/\\/g, '/').toLowerCase();
  if (/^[a-z]:\/\*?$/.test(text)) return 'root';
  if (/^[a-z]:\/(windows|program files)/.test(text)) return 'system';
  if (/^[a-z]:\/users\/[^/]+\/?\*?$/.test(text)) return 'home';
  if (/\/(temp|tmp)\//.test(text)) return 'temp';
  return text.startsWith('c:/users/') ? 'home-entry' : 'elsewhere';
}

const set = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/).filter((word) => word !== ''));

const buildFolders = set(`node_modules bower_components dist build target out _build .next .nuxt .output .svelte-kit .turbo .parcel-cache .vite .angular
  __pycache__ .pytest_cache .mypy_cache .ruff_cache .tox .nox .eggs htmlcov coverage .nyc_output .gradle obj CMakeFiles DerivedData Pods .terraform
  .serverless .aws-sam cdk.out storybook-static elm-stuff .sass-cache .ipynb_checkpoints .hypothesis .stack-work zig-out zig-cache .dart_tool
  bazel-bin bazel-out bazel-testlogs testdata_out venv .venv env .env.d virtualenv .bundle _site .docusaurus .expo .metro site-packages`);
const buildFiles = set('a.out core .DS_Store Thumbs.db CMakeCache.txt cmake_install.cmake .coverage nohup.out desktop.ini');
const buildEndings = ['.o', '.obj', '.pyc', '.pyo', '.class', '.gch', '.lo', '.la', '.dSYM', '.egg-info', '.tsbuildinfo', '.aux', '.toc', '.fls', '.fdb_latexmk', '.synctex.gz', '.gcda', '.gcno', '.gcov', '.stackdump', '.dist-info', '.whl'];
const scratchStart = /^(te?mp|test|debug|repro|verify|scratch|dummy|junk|sandbox|playground|trash|out(put)?|check|sample|example|hello|try|simple_test|quick|minimal)([-_.\d]|$)/i;
const scratchEnd = /([-_.](te?mp|test|tests|debug|scratch|out|new|old|copy|backup_test)|\.(tmp|temp|swp|swo|orig|rej|bak|part|crdownload|pid|lock|sock|fifo|done|lck|cache|trace|prof))$|~$/i;
const logEnd = /\.(log|out|err|stdout|stderr)(\.\d+)?(\.gz)?$/i;
const dataEnd = /\.(tar|tgz|gz|bz2|xz|zst|zip|7z|rar|iso|img|qcow2|vmdk|vdi|csv|tsv|parquet|feather|arrow|xlsx?|ods|docx?|odt|pptx?|pdf|jpe?g|png|gif|tiff?|webp|svg|heic|raw|mp[34]|m4a|wav|flac|ogg|mkv|avi|mov|webm|npy|npz|pt|pth|ckpt|h5|hdf5|pkl|pickle|safetensors|onnx|gguf|bin\.gz|eml|mbox|epub|pst)$/i;
const databaseEnd = /\.(db|db3|sqlite3?|sqlitedb|mdb|accdb|rdb|frm|ibd|ldf|mdf|duckdb|realm)$/i;
const databaseFolders = set('pgdata postgresql mysql mariadb mongodb redis influxdb elasticsearch clickhouse cassandra couchdb neo4j');
const backupName = /(^|[-_.])(backups?|dumps?|snapshots?)([-_.\d]|$)|\.(dump|backup|bkp|sql)(\.(gz|bz2|xz|zst))?$/i;
const secretName = /^(\.env(\..+)?|id_(rsa|dsa|ecdsa|ed25519)(\.pub)?|adbkey(\.pub)?|authorized_keys|known_hosts|credentials(\.json)?|\.netrc|\.pgpass|\.npmrc|\.htpasswd|secrets?\.(ya?ml|json|env))$|\.(pem|key|p12|pfx|gpg|asc|kdbx?|jks|keystore|crt|cer)$/i;
const secretFolders = set('.ssh .gnupg .aws .kube .azure .gcloud .password-store');
const guardFile = /(^|\/)(\.guardrc(\.(json|ya?ml))?|guard\/config\.(ya?ml|json)|\.config\/guard|\.local\/state\/guard|\.local\/share\/guard|etc\/guard|guard-sh|\.claude\/settings(\.local)?\.json|\.codex\/(config\.toml|hooks\.json)|\.cursor\/hooks\.json|\.gemini\/settings\.json|\.copilot\/hooks)(\/|$)/;
const cachePath = /(^|\/)(\.cache|\.npm|\.yarn\/cache|\.pnpm-store|\.cargo\/registry|\.gradle\/caches|\.m2\/repository|Library\/Caches|var\/cache|var\/lib\/apt\/lists|apt\/archives|__pycache__|\.?caches?|\.huggingface|go\/pkg\/mod)(\/|$)/i;
const programPath = /^\/(usr\/)?(s?bin|lib(32|64|exec)?)\/[^*]/;

/** What a path is by its name. Of a path that is only partly known, the known end decides. */
export function natureOf(path: Word, surroundings: Surroundings): Nature {
  const text = textOf(path);
  const folder = textOf(surroundings.cwd);
  const whole = text === undefined ? piecesOf(path).map((piece) => piece ?? '*').join('') : text;
  const full = folder === undefined || whole.startsWith('*') ? whole : pathFrom(whole, folder);
  const clean = full.replace(/\/+$/, '').replace(/\/\*+$/, '');
  const segments = clean.split('/').filter((segment) => segment !== '' && segment !== '.');
  const name = segments.at(-1) ?? '';
  if (guardFile.test(clean)) return 'guard';
  const repository = segments.findIndex((segment) => segment === '.git' || segment === '.svn' || segment === '.hg' || segment === 'CVS' || segment === '.bzr');
  if (repository >= 0) return /\.lock$/.test(name) || /^(COMMIT_EDITMSG|ORIG_HEAD|hooks)$/.test(name) ? 'scratch' : 'vcs';
  if (segments.some((segment) => buildFolders.has(segment) || /^(cmake-build-|build[-_.]|\.?venv)/.test(segment))) return 'build';
  if (buildFiles.has(name) || /^core\.\d+$/.test(name) || name.startsWith('._') || buildEndings.some((ending) => name.endsWith(ending))) return 'build';
  if (cachePath.test(clean)) return 'cache';
  if (/^terraform\.tfstate/.test(name) || name.endsWith('.tfstate')) return 'state';
  if (secretName.test(name) || segments.some((segment) => secretFolders.has(segment))) return 'secret';
  if (programPath.test(clean)) return 'program';
  if (logEnd.test(name) || below(clean, '/var/log')) return 'log';
  if (databaseEnd.test(name) || (clean.startsWith('/var/lib/') && segments.some((segment) => databaseFolders.has(segment))) || segments.includes('pgdata')) return 'database';
  if (scratchEnd.test(name) || scratchStart.test(name)) return 'scratch';
  if (backupName.test(name) || segments.some((segment) => /^backups?$/i.test(segment))) return 'backup';
  if (dataEnd.test(name)) return 'data';
  return natureByEnding(name, whole, text);
}

const sourceEnd = /\.(c|h|cc|cpp|cxx|hpp|cs|java|kt|scala|go|rs|py|rb|php|pl|pm|js|jsx|mjs|cjs|ts|tsx|vue|svelte|swift|m|mm|sh|bash|zsh|sql|html?|css|scss|less|md|rst|tex|r|jl|lua|ex|exs|erl|hs|ml|clj|dart|proto|graphql|tf|hcl|ipynb)$/i;

function natureByEnding(name: string, whole: string, text: string | undefined): Nature {
  if (sourceEnd.test(name)) return 'source';
  if (text === undefined && knownSuffixless(whole)) return 'plain';
  return name.includes('.') && !name.startsWith('.') ? 'plain' : 'folder';
}

const knownSuffixless = (whole: string): boolean => whole.endsWith('*');

