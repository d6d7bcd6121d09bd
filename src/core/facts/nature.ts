// Natures: what a file or folder is by its name: can it be made again, is it data, a secret, somebody's source?
import type { Nature } from '../model/fact.ts';

const set = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/).filter((word) => word !== ''));

const buildFolders =
  set(`node_modules bower_components dist build target out _build .next .nuxt .output .svelte-kit .turbo .parcel-cache .vite .angular
  __pycache__ .pytest_cache .mypy_cache .ruff_cache .tox .nox .eggs htmlcov coverage .nyc_output .gradle obj CMakeFiles DerivedData Pods .terraform
  .serverless .aws-sam cdk.out storybook-static elm-stuff .sass-cache .ipynb_checkpoints .hypothesis .stack-work zig-out zig-cache .zig-cache .dart_tool
  bazel-bin bazel-out bazel-testlogs venv .venv env virtualenv .bundle _site .docusaurus .expo .metro site-packages autom4te.cache .vitepress
  .webpack .rollup.cache .swc .wrangler .vercel .netlify .build .swiftpm`);
const buildFiles = set(
  'a.out core Thumbs.db CMakeCache.txt cmake_install.cmake .coverage nohup.out desktop.ini .eslintcache .stylelintcache',
);
const buildEndings = [
  '.o',
  '.obj',
  '.pyc',
  '.pyo',
  '.pyd',
  '.class',
  '.gch',
  '.lo',
  '.la',
  '.dSYM',
  '.egg-info',
  '.tsbuildinfo',
  '.aux',
  '.fls',
  '.fdb_latexmk',
  '.synctex.gz',
  '.gcda',
  '.gcno',
  '.gcov',
  '.stackdump',
  '.dist-info',
  '.whl',
  '.d.ts.map',
  '.js.map',
  '.css.map',
];
const scratchStart =
  /^(tmp(?!l)\w*|temp([-_.\d]|$|file|dir|orary)|debug|repro(duce)?([-_.\d]|$)|verify|scratch|dummy|test[-_.\d]|playground)/i;
const scratchEnd =
  /([-_.](te?mp|test|debug|scratch)|\.(tmp|temp|sw[a-p]|orig|rej|bak|part|crdownload|pid|lock|sock|fifo|done|lck|cache|trace|prof))\d*$|.~$/i;
const logEnd = /\.(log|out|err|stdout|stderr)(\.\d+)?(\.gz)?$/i;
const dataEnd =
  /\.(tar|tgz|gz|bz2|xz|zst|zip|7z|rar|iso|img|qcow2|vmdk|vdi|csv|tsv|parquet|feather|arrow|xlsx?|ods|docx?|odt|pptx?|pdf|jpe?g|png|gif|tiff?|webp|svg|heic|raw|mp[34]|m4a|mpe?g|wma|wmv|wav|flac|ogg|mkv|avi|mov|webm|npy|npz|pt|pth|ckpt|h5|hdf5|pkl|pickle|safetensors|onnx|gguf|dat|eml|mbox|epub|pst)$/i;
const dataFolders = set(
  'data dataset datasets uploads media photos pictures documents downloads desktop movies music mail maildir',
);
const databaseEnd = /\.(db|db3|sqlite3?|sqlitedb|mdb|accdb|rdb|aof|frm|ibd|ldf|mdf|duckdb|realm|wt)$/i;
const databaseFolders = set(
  'pgdata postgresql postgres mysql mariadb mongodb redis influxdb elasticsearch clickhouse cassandra couchdb neo4j rabbitmq prometheus grafana',
);
const backupName = /(^|[-_.])(backups?|dumps?|snapshots?)([-_.\d]|$)|\.(dump|backup|bkp|sql)(\.(gz|bz2|xz|zst))?$/i;
const secretName =
  /^(\.env(\..+)?|id_(rsa|dsa|ecdsa|ed25519)(\.pub)?|adbkey(\.pub)?|authorized_keys|credentials|\.netrc|\.pgpass|\.npmrc|\.pypirc|\.git-credentials|\.htpasswd|\.vault-token|kubeconfig|shadow|passwd)$|\.(pem|key|p12|pfx|gpg|kdbx?|jks|keystore|crt|cer|ppk)$|(^|[-_.])(secrets?|passwords?|credentials)([-_.]|$)/i;
const exampleSecret = /\.(example|sample|template|dist)$/i;
const secretFolders = set('.ssh .gnupg .aws .kube .azure .gcloud .password-store');
const guardFile =
  /(^|\/)(\.guardrc(\.(json|ya?ml))?|guard\/config\.(ya?ml|json)|\.config\/guard|\.local\/state\/guard|\.local\/share\/guard|etc\/guard|guard-(sh|bash|zsh)|bin\/guard|\.claude\/settings(\.local)?\.json|\.codex\/(config\.toml|hooks\.json)|\.cursor\/hooks\.json|\.gemini\/settings\.json|\.copilot\/hooks)(\/|$)/;
const cachePath =
  /(^|\/)(\.cache|\.npm|\.yarn\/cache|\.pnpm-store|\.cargo\/registry|\.gradle\/caches|\.m2\/repository|Library\/Caches|var\/cache|var\/lib\/apt\/lists|apt\/archives|__pycache__|\.?caches?|\.huggingface|go\/pkg\/mod|\.node-gyp|_cacache)(\/|$)/i;
/** Programs, and the libraries without which none of them starts. */
const programPath =
  /^\/(usr\/)?(s?bin\/[^/*]+$|lib(32|64)?\/(.*\/)?(libc|ld-linux|ld-musl|libm|libdl|libpthread|libcrypto|libssl|libsystemd)[-.\w]*\.so)/;
/** Files without which nobody logs in and nothing is mounted. */
const accountPath = /^\/etc\/(passwd|shadow|group|gshadow|sudoers|fstab)$/;
const repositories = set('.git .svn .hg CVS .bzr .jj _darcs');
/** `.git.bak`: a repository that was put aside is one still. */
const repositoryCopy = /^\.(git|svn|hg|bzr|jj)[-_.](bak|backup|old|orig|original|save|saved|copy|tmp)\d*$/i;
const sourceEnd =
  /\.(c|h|cc|cpp|cxx|hpp|cs|java|kt|scala|go|rs|py|rb|php|pl|pm|js|jsx|mjs|cjs|ts|tsx|vue|svelte|swift|m|mm|sh|bash|zsh|sql|html?|css|scss|less|md|rst|tex|bib|r|jl|lua|ex|exs|erl|hs|ml|clj|dart|proto|graphql|tf|hcl|ipynb|ps1|bat)$/i;

/** What a path's name says. `known` is false where pieces of it are not known; `*` then stands for them. */
export function natureOfName(path: string, known: boolean): Nature {
  const clean = path.replace(/\/+$/, '').replace(/(\/\*+)+$/, '');
  const segments = clean.split('/').filter((segment) => segment !== '' && segment !== '.');
  const name = segments.at(-1) ?? '';
  if (guardFile.test(clean)) return 'guard';
  if (segments.some((segment) => repositories.has(segment) || repositoryCopy.test(segment)))
    return natureInRepository(name);
  return (
    natureOfLeftovers(name, segments, clean) ??
    natureOfValue(name, segments, clean) ??
    (sourceEnd.test(name)
      ? 'source'
      : !known && clean.endsWith('*')
        ? 'plain'
        : looksLikeFile(name)
          ? 'plain'
          : 'folder')
  );
}

/** Locks and messages come and go by themselves. */
const natureInRepository = (name: string): Nature =>
  /\.lock$/.test(name) ||
  /^(COMMIT_EDITMSG|ORIG_HEAD|MERGE_HEAD|MERGE_MSG|gc\.log)$/.test(name) ||
  /^rebase-(merge|apply)$/.test(name)
    ? 'scratch'
    : 'vcs';

/** What can be made again, or was never meant to stay. */
function natureOfLeftovers(name: string, segments: readonly string[], clean: string): Nature | undefined {
  if (segments.some((segment) => buildFolders.has(segment) || /^(cmake-build-|build[-_.]|\.?venv)/.test(segment)))
    return 'build';
  if (
    buildFiles.has(name) ||
    /^core\.\d+$/.test(name) ||
    name.startsWith('._') ||
    /\.ds_store$/i.test(name) ||
    buildEndings.some((ending) => name.endsWith(ending))
  )
    return 'build';
  if (cachePath.test(clean)) return 'cache';
  return undefined;
}

/** What somebody would miss. */
function natureOfValue(name: string, segments: readonly string[], clean: string): Nature | undefined {
  if (accountPath.test(clean)) return 'program';
  if (/(^terraform\.tfstate|\.tfstate$)/.test(name)) return 'state';
  const secret = secretName.test(name) && !sourceEnd.test(name) && !exampleSecret.test(name);
  if (segments.some((segment) => secretFolders.has(segment)) || (secret && !scratchStart.test(name))) return 'secret';
  if (programPath.test(clean)) return 'program';
  if (logEnd.test(name) || clean === '/var/log' || clean.startsWith('/var/log/')) return 'log';
  if (
    databaseEnd.test(name) ||
    (clean.startsWith('/var/lib/') && segments.some((segment) => databaseFolders.has(segment))) ||
    segments.includes('pgdata')
  ) {
    return scratchStart.test(name) ? 'scratch' : 'database';
  }
  if (scratchEnd.test(name) || scratchStart.test(name) || segments.some((segment) => /^\.?te?mp$/i.test(segment)))
    return 'scratch';
  if (backupName.test(name) || segments.some((segment) => /^backups?$/i.test(segment))) return 'backup';
  return dataEnd.test(name) || dataFolders.has(name.toLowerCase()) ? 'data' : undefined;
}

const looksLikeFile = (name: string): boolean => name.includes('.') && !name.startsWith('.');
