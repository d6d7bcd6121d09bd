// Hits on a real disk, with a real git: the questions that are asked are the right ones, and their answers are understood.
import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Query, queryKey } from '../../../src/core/model/observation.ts';
import { observer } from '../../../src/observe/index.ts';
import { judged } from './judging.ts';

let top: string;
const asked: Query[] = [];
const machine = observer({ lookups: false });
/** The machine, with no agent above it: whatever starts the tests is none. */
const observe = async (query: Query) => {
  asked.push(query);
  return query.kind === 'session' ? ({ kind: 'absent' } as const) : machine(query);
};

function write(files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(top, path, '..'), { recursive: true });
    writeFileSync(join(top, path), text);
  }
}

const git = (...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=Mia', '-c', 'user.email=mia@acme.com', ...args], {
    cwd: join(top, 'shop'),
    stdio: 'pipe',
    env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' },
  });

beforeAll(() => {
  // Not below the folder for temporary files: what is there is temporary.
  top = realpathSync(mkdtempSync(join(homedir(), '.guard-hit-')));
  write({
    'shop/package.json': '{}\n',
    'shop/.gitignore': 'node_modules\n.env\n',
    'shop/src/app.ts': 'export {};\n',
    'shop/lib/cart.ts': 'export {};\n',
  });
  git('init', '-q', '-b', 'main', '.');
  git('add', '-A');
  git('commit', '-qm', 'first');
  appendFileSync(join(top, 'shop/src/app.ts'), '// more\n');
  write({
    'shop/node_modules/left-pad/index.js': '1\n',
    'shop/.env': 'A=1\n',
    'shop/orders.csv': 'id\n',
    'shop/env/production.ini': 'a=1\n',
    'shop/.venv/pyvenv.cfg': 'home = /usr\n',
    'albums/a.txt': 'x\n',
  });
  mkdirSync(join(top, 'shop/empty'));
  symlinkSync('../albums', join(top, 'shop/shared'));
});
afterAll(() => rmSync(top, { recursive: true }));

test.each([
  ['rm -rf node_modules', 'run'],
  ['rm -rf .venv', 'run'],
  ['rm -rf env', 'ask filesystem/delete-folder'],
  ['rm -rf src', 'ask filesystem/delete-folder'],
  ['rm -rf lib', 'run filesystem/delete-committed'],
  ['rm lib/*.ts', 'run filesystem/delete-committed'],
  ['rm *.sqlite', 'run'],
  ['rm -rf empty', 'run'],
  ['rm -f totals.csv', 'run'],
  ['rm orders.csv', 'ask filesystem/delete-data'],
  ['rm -rf shared', 'run'],
  ['rm -rf shared/', 'ask filesystem/delete-outside'],
  ['rm shared/a.txt', 'ask filesystem/delete-file'],
  ['cd shared && rm -rf ../shop/lib', 'run filesystem/delete-committed'],
  ['rm -rf .git', 'ask filesystem/delete-data filesystem/delete-repository'],
  ['rm -rf ../shop', 'ask filesystem/delete-repository filesystem/delete-worktree'],
  ['echo A=2 > .env', 'ask filesystem/overwrite-data'],
  ['echo A=2 > lib/cart.ts', 'run'],
  ['echo A=2 > src/app.ts', 'run filesystem/overwrite-file'],
  ['git checkout lib/cart.ts', 'run'],
  ['git checkout src/app.ts', 'ask git/discard-changes'],
  ['mv orders.csv .env archive/', 'ask filesystem/move-onto-one'],
])('%s', async (command, expected) => {
  expect(await judged(command, observe, { cwd: join(top, 'shop') })).toBe(expected);
});

test.each([
  ['rm -f build/orders.o', []],
  ['rm -f /tmp/orders.log', []],
  ['ls > /tmp/list', []],
  ['sed -i s/a/b/ src/app.ts', []],
  ['rm -rf node_modules', ['entry', 'folder', 'folder']],
  ['./export > totals.csv', ['entry']],
])('%s asks no more than it must', async (command, kinds) => {
  asked.length = 0;
  await judged(command, observe, { cwd: join(top, 'shop') });
  const about = asked.filter(({ kind }) =>
    ['entry', 'folder', 'survey', 'git-paths', 'repository', 'session'].includes(kind),
  );
  expect([...new Map(about.map((query) => [queryKey(query), query.kind])).values()].sort()).toEqual(kinds);
});
