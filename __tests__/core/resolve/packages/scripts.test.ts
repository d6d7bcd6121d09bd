// Scripts of package.json: which of them a call of npm, pnpm, yarn and bun runs, where, with which words.
import { describe, expect, test } from '@jest/globals';
import { type Files, inScene, runs, unread, wayTo } from './scene.ts';

const manifest = (scripts: Readonly<Record<string, string>>, more: object = {}): string =>
  JSON.stringify({ name: 'acme', version: '1.2.3', scripts, ...more }, undefined, 2);

const app: Files = {
  'package.json': manifest({
    test: 'jest',
    prebuild: 'tsc --noEmit',
    build: 'vite build',
    postbuild: 'cp -r public dist',
    start: 'node dist/server.js',
    'db:reset': 'prisma migrate reset --force',
    'db:seed': 'tsx prisma/seed.ts',
    prepare: 'husky',
    postinstall: 'prisma generate',
    prepublishOnly: 'vitest run',
    all: 'npm run build && npm test',
    version: 'echo $npm_package_version $npm_lifecycle_event',
  }),
  'scripts/reset.sh': '#!/bin/bash\nset -e\ndropdb orders\n',
};
const build = ['tsc --noEmit', 'vite build', 'cp -r public dist'];

describe('npm', () => {
  test.each<readonly [string, readonly string[]]>([
    ['npm test', ['jest']],
    ['npm t', ['jest']],
    ['npm tst -- --watch', ['jest --watch']],
    ['npm run test', ['jest']],
    ['npm run-script test', ['jest']],
    ['npm rum test', ['jest']],
    ['npm run test orders', ['jest orders']],
    ['npm run test --silent', ['jest']],
    ['npm run test -- -t "drop all"', ['jest -t "drop all"']],
    ['npm run -s build', build],
    ['npm run build --ignore-scripts', ['vite build']],
    ['npm run db:reset', ['prisma migrate reset --force']],
    ['npm run db:re"set"', ['prisma migrate reset --force']],
    ['npm run all', [...build, 'jest']],
    ['npm start', ['node dist/server.js']],
    ['npm run', []],
    ['npm run nothing', []],
    ['npm run nothing --if-present', []],
    ['npm ls', []],
    ['npm run version', ['echo 1.2.3 version']],
    ['npm install', ['prisma generate', 'husky']],
    ['npm ci', ['prisma generate', 'husky']],
    ['npm i lodash', []],
    ['npm install --ignore-scripts', []],
    ['npm publish', ['vitest run', 'husky']],
    ['npm publish --dry-run', []],
    ['npm it', ['prisma generate', 'husky', 'jest']],
    ['npm --loglevel silent run test', ['jest']],
    ['npm run test --script-shell bash', ['jest']],
    ['npm run "$SCRIPT"', []],
    ['npm run "db:$(cat task)"', ['cat task', 'prisma migrate reset --force', 'tsx prisma/seed.ts']],
    ['npm exec prisma migrate reset', ['prisma migrate reset']],
    ['npm x -- rimraf dist', ['rimraf dist']],
    ['npm exec -c "rimraf dist && tsc"', ['rimraf dist', 'tsc']],
    ['npm explore orders -- ls', ['ls']],
    ['corepack npm test', ['jest']],
    ['for task in test build; do npm run $task; done', ['jest', ...build]],
  ])('%s', (command, expected) => {
    expect(runs(command, app)).toEqual(expected);
  });
});

describe('pnpm', () => {
  test.each<readonly [string, readonly string[]]>([
    ['pnpm test', ['jest']],
    ['pnpm run test --watch', ['jest --watch']],
    ['pnpm run build', build],
    ['pnpm build', build],
    ['pnpm build --mode staging', ['tsc --noEmit', 'vite build --mode staging', 'cp -r public dist']],
    ['pnpm --silent db:reset', ['prisma migrate reset --force']],
    ['pnpm prisma migrate reset', ['prisma migrate reset']],
    ['pnpm exec prisma migrate reset', ['prisma migrate reset']],
    ['pnpm -c exec "rimraf dist; tsc"', ['rimraf dist', 'tsc']],
    ['pnpm dlx prisma@5 migrate reset', ['prisma migrate reset']],
    ['pnpm dlx --package=prisma prisma studio', ['prisma studio']],
    ['pnpm run "/^db:.*/"', ['prisma migrate reset --force', 'tsx prisma/seed.ts']],
    ['pnpm install', ['prisma generate', 'husky']],
    ['pnpm add lodash', []],
    ['pnpm remove lodash', []],
    ['pnpm rm lodash', []],
    ['nr test', ['jest']],
  ])('%s', (command, expected) => {
    expect(runs(command, app)).toEqual(expected);
  });

  test.each([
    ['.npmrc', 'enable-pre-post-scripts=false\n'],
    ['pnpm-workspace.yaml', 'enablePrePostScripts: false\n'],
  ])('%s switches pre and post scripts off', (path, text) => {
    expect(runs('pnpm build', { ...app, [path]: text })).toEqual(['vite build']);
  });
});

describe('yarn', () => {
  test.each<readonly [string, readonly string[]]>([
    ['yarn test', ['jest']],
    ['yarn run test --watch', ['jest --watch']],
    ['yarn test -- --watch', ['jest --watch']],
    ['yarn build', build],
    ['yarn db:reset', ['prisma migrate reset --force']],
    ['yarn prisma migrate reset', ['prisma migrate reset']],
    ['yarn run prisma migrate reset', ['prisma migrate reset']],
    ['yarn exec "rimraf dist && tsc"', ['rimraf dist', 'tsc']],
    ['yarn dlx -p typescript tsc', ['tsc']],
    ['yarn node dist/server.js', ['node dist/server.js']],
    ['yarn', ['prisma generate', 'husky']],
    ['yarn install --frozen-lockfile', ['prisma generate', 'husky']],
    ['yarn add lodash', []],
    ['yarn remove lodash', []],
    ['yarn why lodash', []],
    ['yarn --version', []],
    ['yarnpkg test', ['jest']],
  ])('%s', (command, expected) => {
    expect(runs(command, app)).toEqual(expected);
  });

  test('modern yarn runs no pre and post scripts', () => {
    const modern = {
      'package.json': manifest({ prebuild: 'tsc', build: 'vite build' }, { packageManager: 'yarn@4.1.0' }),
    };
    expect(runs('yarn build', modern)).toEqual(['vite build']);
  });
});

describe('bun', () => {
  test.each<readonly [string, readonly string[]]>([
    ['bun run test', ['jest']],
    ['bun test', []],
    ['bun build src/index.ts', []],
    ['bun run build', build],
    ['bun db:reset', ['prisma migrate reset --force']],
    ['bun --silent run db:reset --skip-seed', ['prisma migrate reset --force --skip-seed']],
    ['bun prisma migrate reset', ['prisma migrate reset']],
    ['bun x prisma@5 migrate reset', ['prisma migrate reset']],
    ['bunx --bun prisma migrate reset', ['prisma migrate reset']],
    ['bun run scripts/reset.sh', ['set -e', 'dropdb orders']],
    ['bun exec "rimraf dist && tsc"', ['rimraf dist', 'tsc']],
    ['bun install', ['prisma generate', 'husky']],
    ['bun add lodash', []],
    ['bun rm lodash', []],
  ])('%s', (command, expected) => {
    expect(runs(command, app)).toEqual(expected);
  });
});

describe('npx and its kin', () => {
  test.each<readonly [string, readonly string[]]>([
    ['npx prisma@5.1.0 migrate reset', ['prisma migrate reset']],
    ['npx --yes @railway/cli@latest down', ['railway down']],
    ['npx @angular/cli build', ['ng build']],
    ['npx -p firebase-tools firebase deploy', ['firebase deploy']],
    ['npx firebase-tools deploy', ['firebase deploy']],
    ['npx -c "prisma migrate reset"', ['prisma migrate reset']],
    ['npx -- rimraf dist', ['rimraf dist']],
    ['npx', []],
    ['pnpx eslint .', ['eslint .']],
  ])('%s', (command, expected) => {
    expect(runs(command, app)).toEqual(expected);
  });
});

describe('folders', () => {
  const nested: Files = { ...app, 'web/package.json': manifest({ clean: 'rimraf dist' }), 'web/src/index.ts': '' };
  test.each<readonly [string, string, readonly string[]]>([
    ['npm --prefix web run clean', '/home/ada/acme', ['web$ rimraf dist']],
    ['npm run clean -C web', '/home/ada/acme', ['web$ rimraf dist']],
    ['pnpm -C web clean', '/home/ada/acme', ['web$ rimraf dist']],
    ['pnpm --dir=web run clean', '/home/ada/acme', ['web$ rimraf dist']],
    ['yarn --cwd web clean', '/home/ada/acme', ['web$ rimraf dist']],
    ['bun --cwd=web run clean', '/home/ada/acme', ['web$ rimraf dist']],
    ['cd web && npm run clean', '/home/ada/acme', ['cd web', 'web$ rimraf dist']],
    ['npm run clean', '/home/ada/acme/web/src', ['web$ rimraf dist']],
    ['npm run clean', '/home/ada/acme', []],
    ['npm run clean', '/srv', []],
  ])('%s in %s', (command, cwd, expected) => {
    expect(runs(command, nested, cwd)).toEqual(expected);
  });
});

describe('the way to a command', () => {
  test.each<readonly [string, string, readonly string[]]>([
    ['prisma', 'npm run db:reset', ['package.json "db:reset":10']],
    ['jest', 'npm run all', ['package.json "all":15', 'package.json "test":5']],
    ['tsc', 'yarn build', ['package.json "prebuild":6']],
  ])('%s by %s', (program, command, expected) => {
    expect(wayTo(program, command, app)).toEqual(expected);
  });
});

describe('what cannot be followed', () => {
  test.each<readonly [string, Files, readonly string[]]>([
    ['npm test', { 'package.json': '{"scripts": {"test": jest}}' }, ['unread-program: package.json is no valid JSON']],
    ['npm test', { 'package.json': '[]' }, ['unread-program: package.json is no valid JSON']],
    ['npm test', {}, []],
    ['npm test', { 'package.json': '{"scripts": null}' }, []],
    ['npm test', { 'package.json': '{"scripts": {"test": 1}}' }, []],
    ['npm test', { 'package.json': '\uFEFF{"scripts": {"test": "jest"}}' }, []],
    ['npm run a', { 'package.json': manifest({ a: 'npm run a' }) }, ['too-deep: package.json "a" runs itself']],
    [
      'npm run a',
      { 'package.json': manifest({ a: 'npm run b', b: 'yarn a' }) },
      ['too-deep: package.json "a" runs itself'],
    ],
  ])('%s with %j', (command, files, expected) => {
    expect(unread(command, files)).toEqual(expected);
  });

  test('scripts that call each other twice end early', () => {
    const files = {
      'package.json': manifest({ a: 'npm run b && npm run b', b: 'npm run c; npm run c', c: 'npm run a; npm run b' }),
    };
    expect(inScene('npm run a', files).invocations.length).toBeLessThan(30);
  });

  test('a package.json that the command line writes is the one that runs', () => {
    const written = `cat > package.json <<'EOF'\n{"scripts":{"wipe":"dropdb orders"}}\nEOF\nnpm run wipe`;
    expect(runs(written, app)).toContain('dropdb orders');
  });
});
