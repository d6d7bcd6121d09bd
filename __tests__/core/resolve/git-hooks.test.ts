// Git hooks: what a git command fires, from the hooks' folder, husky, lefthook and pre-commit.
import { describe, expect, test } from '@jest/globals';
import { type Files, inScene, runs, wayTo } from './packages/scene.ts';

const repository: Files = { '.git/config': '[core]\n\tbare = false\n', '.git/HEAD': 'ref: refs/heads/main\n' };
const hook = (name: string, text: string): Files => ({ ...repository, [`.git/hooks/${name}`]: text });
const husky = (name: string, text: string): Files => ({
  '.git/config': '[core]\n\thooksPath = .husky/_\n',
  '.git/HEAD': '',
  [`.husky/_/${name}`]: '#!/usr/bin/env sh\n. "$(dirname "$0")/h"\n',
  [`.husky/${name}`]: text,
});

describe('hooks in .git/hooks', () => {
  test.each<readonly [string, string, readonly string[]]>([
    ['git commit -m x', 'pre-commit', ['c1']],
    ['git commit -am "x"', 'pre-commit', ['c1']],
    ['git -C . commit -m x', 'pre-commit', ['c1']],
    ['git commit --no-verify -m x', 'pre-commit', []],
    ['git commit -n -m x', 'pre-commit', []],
    ['git commit -nm x', 'pre-commit', []],
    ['git commit -m -n', 'pre-commit', ['c1']],
    ['git commit -m --no-verify', 'pre-commit', ['c1']],
    ['git commit --dry-run', 'pre-commit', []],
    ['git commit -m x', 'commit-msg', ['c1']],
    ['git commit -n -m x', 'prepare-commit-msg', ['c1']],
    ['git commit -n -m x', 'post-commit', ['c1']],
    ['git commit -m x', 'post-rewrite', []],
    ['git commit --amend --no-edit', 'post-rewrite', ['c1']],
    ['git commit -m x', 'pre-push', []],
    ['git push', 'pre-push', ['c1']],
    ['git push -n origin main', 'pre-push', ['c1']],
    ['git push --no-verify', 'pre-push', []],
    ['git merge main', 'post-merge', ['c1']],
    ['git merge --abort', 'post-merge', []],
    ['git pull', 'post-merge', ['c1']],
    ['git checkout main', 'post-checkout', ['c1']],
    ['git switch main', 'post-checkout', ['c1']],
    ['git worktree add ../x', 'post-checkout', ['c1']],
    ['git worktree list', 'post-checkout', []],
    ['git rebase main', 'pre-rebase', ['c1']],
    ['git rebase --abort', 'pre-rebase', []],
    ['git status', 'pre-commit', []],
    ['git log', 'post-checkout', []],
    ['git -c core.hooksPath=/dev/null commit -m x', 'pre-commit', []],
    ['git commit -m x', 'pre-commit.sample', []],
  ])('%s with %s', (command, name, expected) => {
    expect(runs(command, hook(name, '#!/bin/sh\nc1\n'))).toEqual(expected);
  });

  test('a hook is called in the top folder, by its path', () => {
    const files = { ...hook('pre-commit', '#!/bin/sh\nc1\n'), 'src/index.ts': '' };
    expect(runs('git commit -m x', files, '/home/ada/acme/src')).toEqual(['/home/ada/acme$ c1']);
    expect(wayTo('c1', 'git commit -m x', files)).toEqual(['/home/ada/acme/.git/hooks/pre-commit:2']);
  });

  test('a hook that commits does not go on for ever', () => {
    const found = inScene('git commit -m x', hook('pre-commit', 'git commit -m y\nc1\n'));
    expect(found.opaque).toEqual([]);
    expect(found.invocations.map(({ name }) => name)).toEqual(['git', 'git', 'c1']);
  });
});

describe('hooks elsewhere', () => {
  test.each<readonly [string, Files, readonly string[]]>([
    ['git commit -m x', husky('pre-commit', 'npx lint-staged\nc1\n'), ['c1']],
    ['git commit -m x', { ...repository, '.husky/pre-commit': 'c1\n' }, ['c1']],
    ['HUSKY=0 git commit -m x', husky('pre-commit', 'c1\n'), []],
    ['git push', husky('pre-push', 'npm test\n'), []],
    [
      'git commit -m x',
      {
        ...husky('pre-commit', '#!/usr/bin/env sh\n. "$(dirname -- "$0")/_/husky.sh"\n\nc1\n'),
        '.husky/_/husky.sh': 'sh -e "$0" "$@"\n',
      },
      ['dirname -- /home/ada/acme/.husky/pre-commit', '. /home/ada/acme/.husky/_/husky.sh', 'c1'],
    ],
    ['git commit -m x', { '.git/config': '[core]\nhooksPath = .githooks\n', '.githooks/pre-commit': 'c1\n' }, ['c1']],
    ['git commit -m x', { ...repository, '.githooks/pre-commit': 'c1\n' }, []],
    ['git -c core.hooksPath=tools/hooks commit -m x', { ...repository, 'tools/hooks/pre-commit': 'c1\n' }, ['c1']],
    ['git commit -m x', { ...repository, 'package.json': '{"husky":{"hooks":{"pre-commit":"c1"}}}' }, ['c1']],
    ['git commit -m x', { ...repository, 'package.json': '{"simple-git-hooks":{"pre-commit":"c1"}}' }, ['c1']],
  ])('%s with %j', (command, files, expected) => {
    expect(runs(command, files)).toEqual(expected);
  });
});

const lefthook = `pre-commit:
  commands:
    lint:
      run: c1 {staged_files}
    web:
      root: web/
      run: c2
  scripts:
    check.sh:
      runner: bash
commit-msg:
  jobs:
    - run: c3 {1}
    - group:
        jobs:
          - run: c4
`;
const preCommit = `repos:
  - repo: https://github.com/pre-commit/pre-commit-hooks
    hooks: [{ id: trailing-whitespace }]
  - repo: local
    hooks:
      - { id: wipe, entry: c1 --all, language: system, pass_filenames: false }
      - { id: push, entry: c2, language: system, stages: [pre-push] }
      - { id: words, entry: 'rm -rf', language: pygrep }
`;

describe('lefthook and pre-commit', () => {
  const withLefthook: Files = { ...repository, 'lefthook.yml': lefthook, '.lefthook/pre-commit/check.sh': 'c5\n' };
  const withPreCommit: Files = { ...repository, '.pre-commit-config.yaml': preCommit };
  test.each<readonly [string, Files, readonly string[]]>([
    ['lefthook run pre-commit', withLefthook, ['c1 ./…', 'web$ c2', 'c5']],
    ['npx lefthook run commit-msg msg.txt', withLefthook, ['c3 msg.txt', 'c4']],
    ['lefthook install', withLefthook, []],
    ['git commit -m x', withLefthook, ['c1 ./…', 'web$ c2', 'c5', 'c3', 'c4']],
    ['LEFTHOOK=0 git commit -m x', withLefthook, []],
    ['lefthook run pre-push', { 'lefthook.toml': '[pre-push.commands.test]\nrun = "c1"\n' }, ['c1']],
    [
      'git push',
      {
        ...repository,
        '.git/hooks/pre-push': 'lefthook run "pre-push" "$@"\n',
        'lefthook.yml': 'pre-push: { commands: { t: { run: c1 } } }',
      },
      ['c1'],
    ],
    ['pre-commit run --all-files', withPreCommit, ['c1 --all']],
    ['pre-commit run wipe', withPreCommit, ['c1 --all']],
    ['pre-commit run lint', withPreCommit, []],
    ['pre-commit run --hook-stage pre-push', withPreCommit, ['c1 --all', 'c2 ./…']],
    ['pre-commit install', withPreCommit, []],
    ['git commit -m x', withPreCommit, ['c1 --all']],
    ['git commit -m x --no-verify', withPreCommit, []],
    ['git commit -m x', { ...repository, '.pre-commit-config.yaml': 'repos: [' }, []],
  ])('%s with %j', (command, files, expected) => {
    expect(runs(command, files)).toEqual(expected);
  });
});
