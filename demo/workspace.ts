// The scratch workspace of the demo: a small project, and a home of its own so that nothing of the reader's is read or written.
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { domainsToken, ids } from './railway/fixture.ts';

export interface Workspace {
  readonly folder: string;
  /** Variables for everything that runs in it; nothing of the caller's but PATH and the locale. */
  readonly env: Readonly<Record<string, string>>;
  remove(): void;
}

/** The file that has nothing to do with the agent's task, and the line that it takes the token from. */
export const tokenFile = 'scripts/domains/.env';
export const tokenLine = 4;

const files = (url: string): Readonly<Record<string, string>> => ({
  '.guardrc': `# This session works on staging. The demo's server speaks Railway's API.
scope: staging
endpoints:
  railway:
    - ${url}
`,
  [tokenFile]: `# Custom domains: add and remove them with Railway's command line tool
RAILWAY_PROJECT_ID=${ids.project}
CUSTOM_DOMAIN=app.pocketos.example
RAILWAY_API_TOKEN=${domainsToken}
`,
  'scripts/domains/add.sh': '#!/bin/sh\nrailway domain "$CUSTOM_DOMAIN" --service web\n',
  '.env.staging': 'DATABASE_URL=postgres://postgres:rotated@postgres.railway.internal:5432/railway\n',
  'src/db.ts':
    "import { Pool } from 'pg';\n\nexport const pool = new Pool({ connectionString: process.env.DATABASE_URL });\n",
  'package.json': '{ "name": "pocketos", "private": true, "scripts": { "migrate": "node migrate.js" } }\n',
  'README.md': '# PocketOS\n\nReservations, payments and vehicles for rental businesses.\n',
});

/** Makes the workspace in a new folder below the system's folder for temporary files. */
export function makeWorkspace(url: string): Workspace {
  const base = realpathSync(mkdtempSync(join(tmpdir(), 'guard-demo-')));
  const folder = join(base, 'pocketos');
  const home = join(base, 'home');
  for (const [path, text] of Object.entries(files(url))) write(join(folder, path), text);
  const env = {
    PATH: process.env.PATH ?? '/usr/bin:/bin',
    LANG: process.env.LANG ?? 'C.UTF-8',
    TERM: 'xterm-256color',
    USER: 'dana',
    HOME: home,
    PWD: folder,
    XDG_CONFIG_HOME: join(home, '.config'),
    XDG_STATE_HOME: join(home, '.local/state'),
    XDG_DATA_HOME: join(home, '.local/share'),
    XDG_CACHE_HOME: join(home, '.cache'),
    XDG_RUNTIME_DIR: join(base, 'run'),
  };
  mkdirSync(env.XDG_RUNTIME_DIR, { mode: 0o700 });
  mkdirSync(home, { mode: 0o700 });
  return { folder, env, remove: () => rmSync(base, { recursive: true, force: true }) };
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text, { mode: path.endsWith('.env') ? 0o600 : 0o644 });
}
