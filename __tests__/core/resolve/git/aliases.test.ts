// Git aliases and settings: where they come from, and what they make git run.
import { describe, expect, test } from '@jest/globals';
import { readGitConfig } from '../../../../src/core/resolve/git/config.ts';
import { type Given, originOf, reasons, resolved, stubs } from '../listing.ts';

const cwd = '/home/ada/acme';
const user = '/home/ada/.gitconfig';
const repository = `${cwd}/.git/config`;
const alias = (text: string) => `[alias]\n\twipe = ${text}\n`;

describe('aliases run', () => {
  test.each<[string, Given['files'], readonly string[]]>([
    ['git wipe a', { [user]: alias('!c1 b') }, ['c1 b a']],
    ['git wipe a', { [repository]: alias('"!c1 b; c2"') }, ['c1 b', 'c2 a']],
    ['git WIPE', { [user]: alias('!c1') }, ['c1']],
    ['git wipe', { [user]: alias('!c1'), [repository]: alias('!c2') }, ['c2']],
    ['git wipe', { [user]: '[include]\n\tpath = ~/.git-more\n', '/home/ada/.git-more': alias('!c1') }, ['c1']],
    ['git wipe', { [user]: '[includeIf "gitdir:~/acme/"]\n\tpath = more\n', '/home/ada/more': alias('!c1') }, ['c1']],
    ['git wipe', { [user]: '[include]\n\tpath = .gitconfig\n[alias]\nwipe = !c1' }, ['c1']],
    ["git -c alias.wipe='!c1 b' wipe a", {}, ['c1 b a']],
    ["git -calias.wipe='!c1' wipe", {}, ['c1']],
    ["B='!c1' git --config-env=alias.wipe=B wipe", {}, ['c1']],
    ["GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=alias.wipe GIT_CONFIG_VALUE_0='!c1' git wipe", {}, ['c1']],
    [`GIT_CONFIG_PARAMETERS="'alias.wipe=!c1'" git wipe`, {}, ['c1']],
    [`GIT_CONFIG_PARAMETERS="'alias.wipe'='!c1'" git wipe`, {}, ['c1']],
    ["git config alias.wipe '!c1' && git wipe", {}, ['c1']],
    ["git config --global alias.wipe '!c1'; git wipe", {}, ['c1']],
    ["git -c alias.a=wipe -c alias.wipe='!c1' a", {}, ['c1']],
  ])('%s', (command, files = {}, expected) => expect(stubs(command, { files })).toEqual(expected));
});

describe('aliases do not run', () => {
  test.each<[string, Given['files']]>([
    ["git config alias.wipe '!c1'", {}],
    ['git status', { [user]: '[alias]\n\tstatus = !c1\n' }],
    ['git other', { [user]: alias('!c1') }],
    ["git -c alias.wipe='!c1' log", {}],
    ["git log --grep='alias.wipe=!c1'", {}],
    ['git wipe', { [user]: alias('wipe') }],
    ['git wipe', { [user]: `[alias]\n# wipe = !c1\n; wipe = !c1\n` }],
    ['git wipe', { [user]: alias('status -sb') }],
    ['ssh db1 git wipe', { [user]: alias('!c1') }],
    ['GIT_CONFIG_GLOBAL=/dev/null git wipe', { [user]: alias('!c1') }],
  ])('%s', (command, files = {}) => expect(stubs(command, { files })).toEqual([]));
});

test('an alias of git itself keeps the options in front of it', () => {
  const lines = resolved('git -C api wipe x', { files: { [user]: alias('reset --hard') } }).invocations;
  expect(lines.map(({ args }) => args.map((word) => ('value' in word ? word.value : '')).join(' '))).toContain(
    '-C api reset --hard x',
  );
});

test('the file that an alias stands in is part of its origin', () => {
  const found = resolved('git wipe', { files: { [user]: alias('!c1') } }).invocations.find(({ name }) => name === 'c1');
  expect(found === undefined ? '' : originOf(found)).toContain(`script:${user}`);
});

describe('programs that git is told to run', () => {
  test.each<[string, readonly string[]]>([
    ['git -c core.pager=c1 log', ['c1']],
    ['git -c core.editor="c1 a" commit', ['c1 a']],
    ['git -c core.sshCommand=c1 fetch', ['c1']],
    ['git -c core.fsmonitor=c1 status', ['c1']],
    ['git -c diff.external=c1 diff', ['c1']],
    ["git -c credential.helper='!c1 a' push", ['c1 a']],
    ['git -c filter.lfs.clean=c1 add .', ['c1']],
    ['git -c gpg.program=c1 commit -S', ['c1']],
    ['GIT_SSH_COMMAND=c1 git fetch', ['c1']],
    ['export GIT_SSH_COMMAND=c1; git ls-remote origin', ['c1']],
    ['GIT_PAGER=c1 git log', ['c1']],
    ['PAGER=c1 git diff', ['c1']],
    ['EDITOR=c1 git commit', ['c1']],
    ['GIT_SEQUENCE_EDITOR="c1 a" git rebase -i HEAD~2', ['c1 a']],
    ['GIT_EXTERNAL_DIFF=c1 git diff', ['c1']],
    ['GIT_ASKPASS=/tmp/c1 git fetch', ['/tmp/c1']],
    ["git clone 'ext::c1 a'", ['c1 a']],
    ['git clone -c core.sshCommand=c1 acme:shop', ['c1']],
    ['git fetch --upload-pack=c1 origin', ['c1']],
    ['git grep -Oc1 word', ['c1']],
    ['git difftool -x c1', ['c1']],
    ['git for-each-repo --config=x status', []],
    ["git filter-branch --tree-filter 'c1 a' --msg-filter c2", ['c1 a', 'c2']],
    ['git rebase -x c1 -x c2 main', ['c1', 'c2']],
  ])('%s', (command, expected) => expect(stubs(command)).toEqual(expected));
});

describe('programs that do not run', () => {
  test.each([
    'git -c core.pager=c1 fetch',
    'git -c core.sshCommand=c1 status',
    'git -c core.fsmonitor=true status',
    'git -c credential.helper=store push',
    'git -c user.name=c1 commit -m x',
    'EDITOR=c1 git log',
    'GIT_SSH_COMMAND=c1 true',
    'git config core.pager c1',
    "git commit -m 'core.pager=c1'",
  ])('%s', (command) => expect(stubs(command)).toEqual([]));
  test("what the caller's own environment names is the person's business", () =>
    expect(stubs('git log', { env: { HOME: '/home/ada', PAGER: 'c1' } })).toEqual([]));
});

describe('a helper by path that cannot be read', () => {
  const off = { kind: 'failed', reason: 'off', detail: 'nothing is read' } as const;
  const files = { '/home/ada/acme/sync.sh': off, '/home/ada/acme/less': off };
  test.each<[string, readonly string[]]>([
    ['GIT_SSH_COMMAND=./sync.sh git push', ['unreadable-script']],
    ['GIT_SSH=./sync.sh git push', ['unreadable-script']],
    ['git -c core.editor=./sync.sh commit', ['unreadable-script']],
    ['PAGER=./less git log', []],
    ['GIT_SSH_COMMAND=/usr/local/bin/tunnel git push', []],
    ['GIT_SSH_COMMAND="ssh -i ~/.ssh/key" git push', []],
    ['GIT_SSH_COMMAND=./gone.sh git push', []],
  ])('%s', (command, expected) => expect(reasons(command, { files })).toEqual(expected));
});

describe('configuration files', () => {
  test.each<[string, string, string]>([
    ['[alias]\nst = status', 'alias.st', 'status'],
    ['[Alias] ST = status', 'alias.st', 'status'],
    ['[filter "LFS"]\nclean = a', 'filter.LFS.clean', 'a'],
    ['[alias]\nx = "!a; b" # note', 'alias.x', '!a; b'],
    ['[alias]\nx = !a \\\n  b', 'alias.x', '!a   b'],
    ['[alias]\nx = !echo \\"a\\"', 'alias.x', '!echo "a"'],
    ['[core]\nbare', 'core.bare', 'true'],
  ])('%j', (text, key, value) => {
    const [entry] = readGitConfig(text);
    expect([entry?.key, entry?.value]).toEqual([key, value]);
  });
  test.each(['', 'garbage ===', '[', '[a\nb = c'])('%j is no error', (text) =>
    expect(() => readGitConfig(text)).not.toThrow(),
  );
});
