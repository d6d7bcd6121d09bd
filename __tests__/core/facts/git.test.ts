// Git facts: what a git command would lose.
import { describe, expect, test } from '@jest/globals';
import { factsOf } from '../../../src/core/facts/index.ts';
import type { Answer, Query } from '../../../src/core/model/observation.ts';
import { resolved } from '../resolve/listing.ts';
import { gitIn } from './listing.ts';

describe('losses', () => {
  test.each<[string, string]>([
    ['git reset --hard', 'discard-worktree'],
    ['git reset --har HEAD~1', 'discard-worktree'],
    ['git -C api reset --hard', 'discard-worktree'],
    ['git checkout -- src/app.ts', 'discard-worktree src/app.ts'],
    ['git checkout .', 'discard-worktree .'],
    ['git checkout main src/app', 'discard-worktree src/app'],
    ['git checkout app.ts', 'discard-worktree app.ts'],
    ['git checkout --forc main', 'discard-worktree forced'],
    ['git restore src/', 'discard-worktree src/'],
    ['git restore --staged --worktree src/', 'discard-worktree src/'],
    ['git switch --discard-changes main', 'discard-worktree'],
    ['git clean -xdf', 'clean forced'],
    ['git push -f origin main', 'force-push main forced'],
    ['git push origin -- +main', 'force-push +main'],
    ['git push --force-with-lease', 'force-push'],
    ['git push origin :old', 'delete-remote-ref :old'],
    ['git push origin --delete old', 'delete-remote-ref old'],
    ['git push --mirror backup', 'mirror-push'],
    ['git branch -D old', 'delete-branch old'],
    ['git branch --del --forc old', 'delete-branch old forced'],
    ['git tag -d v1', 'delete-tag v1'],
    ['git stash clear', 'drop-stash'],
    ['git filter-repo --path src', 'rewrite-history'],
    ['git reflog expire --expire=now --all', 'expire-reflog'],
    ['git gc --prune=now', 'expire-reflog'],
    ['git update-ref -d refs/heads/main', 'delete-ref refs/heads/main'],
    ['git rm -rf services', 'remove-files services forced'],
    ['git rm -f app.ts', 'remove-files app.ts forced'],
    ['git rm --cached --no-cached -f app.ts', 'remove-files app.ts forced'],
    ['git restore --unified 3 app.ts', 'discard-worktree app.ts'],
    ['git checkout HEAD~2 -- app.ts', 'discard-worktree app.ts'],
    ['git restore --source main --worktree app.ts', 'discard-worktree app.ts'],
    ['git push origin main:+main', 'force-push main:+main'],
    ['git branch -f main HEAD~3', 'delete-ref main forced'],
    ['git lfs prune', 'expire-reflog'],
    ["git update-ref --stdin <<< 'delete refs/heads/main'", 'delete-ref refs/heads/main'],
    ['git worktree remove --force ../fix', 'remove-worktree ../fix forced'],
    ["git -c alias.wipe='reset --hard' wipe", 'discard-worktree'],
    ['git submodule foreach git clean -fd', 'clean forced'],
    ['git rebase -x "git clean -fd" main', 'clean forced'],
    ['git bisect run git reset --hard', 'discard-worktree'],
  ])('%s', (command, expected) => expect(gitIn(command)).toEqual([expected]));
});

describe('nothing is lost', () => {
  test.each([
    'git status',
    'git reset HEAD~1',
    'git reset --soft HEAD~1',
    'git checkout main',
    'git checkout feature/login',
    'git checkout v1.2',
    'git checkout -b fix/app.ts',
    'git checkout --theirs src/app.ts',
    'git checkout -p src/app.ts',
    'git restore --staged src/',
    'git clean -n',
    'git clean -fdn',
    'git push origin main',
    'git push --dry-run --force',
    'git branch -d old',
    'git stash pop',
    'git gc',
    'git rm README.md',
    'git rm -f --cached app.ts',
    'git rm -f --no-force app.ts',
    'git branch -M main',
    'git branch -f --set-upstream-to origin/main main',
    'git lfs prune --dry-run',
    'git lfs pull',
    "git update-ref --stdin <<< 'create refs/heads/main HEAD'",
    'git rebase --abort',
    'git push origin main:main',
    'git rm -r --cached services',
    'git --help reset --hard',
    'git reset --help',
    'git --work-tree=/srv/shop checkout -f',
    'git filter-repo --analyze',
    'git constructor',
  ])('%s', (command) => expect(gitIn(command)).toEqual([]));
});

describe('a name that may be a file or a branch', () => {
  const checkout = (type: 'file' | 'absent') => {
    const resolution = resolved('git checkout docs/plan', { cwd: '/srv/acme', env: {} });
    const there: Answer = { kind: 'path', type: 'file', real: '/srv/acme/docs/plan', executable: false };
    const world = {
      ask: (query: Query): Answer => (query.kind === 'path' && type === 'file' ? there : { kind: 'absent' }),
    };
    return factsOf(resolution, world, new Set(), {}).filter(({ kind }) => kind === 'git').length;
  };
  test('is a file where one is there', () => expect(checkout('file')).toBe(1));
  test('is a branch where none is there', () => expect(checkout('absent')).toBe(0));
});
