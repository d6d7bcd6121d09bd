// git: what it says of paths and repositories, and that looking runs nothing of a repository's.
import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readGitPaths, readRepository } from '../../src/observe/git.ts';

let top: string;
const at = (...names: string[]) => join(top, ...names);
const git = (folder: string, ...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=Mia', '-c', 'user.email=mia@acme.com', ...args], {
    cwd: at(folder),
    stdio: 'pipe',
    env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' },
  });

function repository(name: string): void {
  mkdirSync(at(name, 'src'), { recursive: true });
  git(name, 'init', '-q', '-b', 'main', '.');
  for (const file of ['app.ts', 'cart.ts', 'list.ts']) writeFileSync(at(name, 'src', file), `${file}\n`);
  writeFileSync(at(name, '.gitignore'), '.env\nnode_modules\n');
  git(name, 'add', '-A');
  git(name, 'commit', '-qm', 'first');
}

beforeAll(() => {
  top = realpathSync(mkdtempSync(join(tmpdir(), 'guard-git-')));
  repository('shop');
  appendFileSync(at('shop/src/app.ts'), 'more\n');
  writeFileSync(at('shop/notes.txt'), 'x\n');
  writeFileSync(at('shop/.env'), 'A=1\n');
  rmSync(at('shop/src/list.ts'));
  mkdirSync(at('shop/node_modules/left-pad'), { recursive: true });
  writeFileSync(at('shop/node_modules/left-pad/index.js'), '1\n');
  mkdirSync(at('plain'));
  writeFileSync(at('plain/a.txt'), 'x\n');
});
afterAll(() => rmSync(top, { recursive: true }));

describe('paths', () => {
  test.each<[string[], object]>([
    [['shop/src'], { tracked: 3, modified: 1, untracked: [], ignored: [] }],
    [['shop/src/cart.ts'], { tracked: 1, modified: 0 }],
    [['shop/src/app.ts', 'shop/src/cart.ts'], { tracked: 2, modified: 1 }],
    [['shop/src/list.ts'], { tracked: 1, modified: 0 }],
    [['shop/node_modules'], { tracked: 0, modified: 0 }],
  ])('%j', async (names, expected) => {
    expect(await readGitPaths(names.map((name) => at(name)))).toMatchObject({ kind: 'git-paths', ...expected });
  });
  test('a whole tree, with what git does not keep by name', async () => {
    expect(await readGitPaths([at('shop')])).toMatchObject({
      root: at('shop'),
      tracked: 4,
      modified: 1,
      untracked: [at('shop/notes.txt')],
      ignored: [at('shop/.env'), at('shop/node_modules')],
    });
  });
  test('no repository', async () => expect(await readGitPaths([at('plain/a.txt')])).toEqual({ kind: 'absent' }));
  test('a folder that is gone', async () =>
    expect(await readGitPaths([at('gone/a.txt')])).toMatchObject({ kind: 'failed' }));
  test('two repositories are no answer', async () =>
    expect(await readGitPaths([at('shop/src'), at('plain')])).toMatchObject({ kind: 'failed' }));
});

describe('repositories', () => {
  test('work that is nowhere else', async () => {
    expect(await readRepository(at('shop'))).toMatchObject({ uncommitted: 3, unpushed: 1, stashed: false });
  });
  test('all of it pushed, and a stash', async () => {
    git('.', 'clone', '-q', '--bare', at('shop'), at('shop.git'));
    git('.', 'clone', '-q', at('shop.git'), at('clone'));
    expect(await readRepository(at('clone'))).toMatchObject({ uncommitted: 0, unpushed: 0, stashed: false });
    appendFileSync(at('clone/src/app.ts'), 'more\n');
    git('clone', 'stash');
    expect(await readRepository(at('clone'))).toMatchObject({ uncommitted: 0, stashed: true });
  });
});

test('looking runs nothing that the repository names, and writes nothing', async () => {
  repository('trap');
  const ran = at('ran');
  const trap = `sh -c 'echo ran >> ${ran}; cat'`;
  for (const key of [
    'core.fsmonitor',
    'filter.trap.clean',
    'filter.trap.smudge',
    'core.sshCommand',
    'core.pager',
    'core.alternateRefsCommand',
    'gpg.program',
  ])
    git('trap', 'config', key, trap);
  git('trap', 'config', 'filter.trap.required', 'true');
  git('trap', 'config', 'log.showSignature', 'true');
  mkdirSync(at('trap/.git/hooks'), { recursive: true });
  writeFileSync(at('trap/.git/hooks/post-index-change'), `#!/bin/sh\necho ran >> ${ran}\n`, { mode: 0o755 });
  writeFileSync(at('trap/.gitattributes'), '* filter=trap\n');
  // Same size, other times: git has to compare the contents.
  writeFileSync(at('trap/src/app.ts'), 'APP.TS\n');
  utimesSync(at('trap/src/app.ts'), 1, 1);
  const index = statSync(at('trap/.git/index')).mtimeMs;
  expect(await readGitPaths([at('trap/src')])).toMatchObject({ tracked: 3, modified: 1 });
  expect(await readRepository(at('trap'))).toMatchObject({ kind: 'repository' });
  expect(existsSync(ran)).toBe(false);
  expect(statSync(at('trap/.git/index')).mtimeMs).toBe(index);
  // The trap is one: git itself, asked plainly, falls into it.
  git('trap', 'status');
  expect(existsSync(ran)).toBe(true);
});
