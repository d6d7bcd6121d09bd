// Workspaces: what one command runs in which packages of a repository, by package managers and by task runners.
import { describe, expect, test } from '@jest/globals';
import { type Files, inScene, project, runs, unread, wayTo } from './scene.ts';

const json = (value: unknown): string => JSON.stringify(value, undefined, 2);

const members: Files = {
  'packages/api/package.json': json({
    name: '@acme/api',
    scripts: { build: 'tsc', clean: 'rimraf dist', 'db:wipe': 'dropdb orders', codegen: 'graphql-codegen' },
  }),
  'packages/web/package.json': json({ name: '@acme/web', scripts: { build: 'vite build', clean: 'rimraf .next' } }),
  'packages/README.md': '# Packages',
  'tools/cli/package.json': json({ name: 'acme-tools', scripts: { build: 'esbuild' } }),
};
const root = { name: 'acme', scripts: { build: 'turbo run build', clean: 'rimraf .turbo', lint: 'biome check' } };
const npm: Files = { ...members, 'package.json': json({ ...root, workspaces: ['packages/*', 'tools/*'] }) };
const pnpm: Files = {
  ...members,
  'package.json': json(root),
  'pnpm-workspace.yaml': "packages:\n  - 'packages/**'\n  - '!packages/web'\n",
};
const api = 'packages/api$ ';
const web = 'packages/web$ ';

describe('package managers', () => {
  test.each<readonly [string, Files, readonly string[]]>([
    ['npm run clean -w @acme/api', npm, [`${api}rimraf dist`]],
    ['npm run clean --workspace=packages/web', npm, [`${web}rimraf .next`]],
    ['npm run clean -w packages', npm, [`${api}rimraf dist`, `${web}rimraf .next`]],
    ['npm -w @acme/api -w @acme/web run clean', npm, [`${api}rimraf dist`, `${web}rimraf .next`]],
    ['npm run clean --workspaces --if-present', npm, [`${api}rimraf dist`, `${web}rimraf .next`]],
    ['npm run clean -ws --include-workspace-root', npm, [`${api}rimraf dist`, `${web}rimraf .next`, 'rimraf .turbo']],
    ['npm run clean -w nobody', npm, []],
    ['npm run lint', npm, ['biome check']],
    ['pnpm -r clean', pnpm, [`${api}rimraf dist`]],
    ['pnpm -r run clean', pnpm, [`${api}rimraf dist`]],
    ['pnpm recursive run clean', pnpm, [`${api}rimraf dist`]],
    ['pnpm --filter @acme/api clean', pnpm, [`${api}rimraf dist`]],
    ['pnpm --filter api db:wipe', pnpm, [`${api}dropdb orders`]],
    ['pnpm --filter=./packages/api run clean', pnpm, [`${api}rimraf dist`]],
    ["pnpm -F '@acme/*' clean", pnpm, [`${api}rimraf dist`]],
    ["pnpm --filter '!@acme/api' clean", pnpm, []],
    ['pnpm -r exec rimraf node_modules', pnpm, [`${api}rimraf node_modules`]],
    ['pnpm -w lint', pnpm, ['biome check']],
    ['pnpm --filter web clean', pnpm, []],
    ['yarn workspace @acme/api clean', npm, [`${api}rimraf dist`]],
    ['yarn workspace @acme/api run db:wipe', npm, [`${api}dropdb orders`]],
    ['yarn workspaces run clean', npm, [`${api}rimraf dist`, `${web}rimraf .next`]],
    ['yarn workspaces foreach -A run clean', npm, [`${api}rimraf dist`, `${web}rimraf .next`, 'rimraf .turbo']],
    ["yarn workspaces foreach -Apt --include '@acme/web' run clean", npm, [`${web}rimraf .next`]],
    [
      "yarn workspaces foreach -A --exclude acme --exclude 'tools/*' exec rimraf dist",
      npm,
      [`${api}rimraf dist`, `${web}rimraf dist`],
    ],
    ['yarn workspaces foreach -A --dry-run run clean', npm, []],
    ['yarn packages/api clean', npm, [`${api}rimraf dist`]],
    ["bun --filter '@acme/*' clean", npm, [`${api}rimraf dist`, `${web}rimraf .next`]],
    ["bun run --filter './packages/api' db:wipe", npm, [`${api}dropdb orders`]],
    ['yarn workspaces list', npm, []],
  ])('%s', (command, files, expected) => {
    expect(runs(command, files)).toEqual(expected);
  });

  test('the packages are found from within one of them', () => {
    expect(runs('pnpm -w lint', pnpm, `${project}/packages/api`)).toEqual(['/home/ada/acme$ biome check']);
  });
});

describe('turbo', () => {
  const turbo: Files = {
    ...npm,
    'turbo.json': `{
  // what runs before what
  "tasks": { "build": { "dependsOn": ["^build", "codegen"] }, "clean": { "cache": false }, "//#lint": {}, }
}`,
  };
  test.each<readonly [string, readonly string[]]>([
    ['turbo run clean', [`${api}rimraf dist`, `${web}rimraf .next`]],
    ['turbo clean --filter=@acme/api', [`${api}rimraf dist`]],
    ['npx turbo clean --filter @acme/web', [`${web}rimraf .next`]],
    ['turbo run @acme/api#clean', [`${api}rimraf dist`]],
    ['turbo run //#lint', ['biome check']],
    ['turbo run clean -- --verbose', [`${api}rimraf dist --verbose`, `${web}rimraf .next --verbose`]],
    [
      'turbo run build --filter=@acme/web',
      [`${api}tsc`, `${web}vite build`, 'tools/cli$ esbuild', `${api}graphql-codegen`, `${web}vite build`],
    ],
    ['turbo run clean --dry=json', []],
    ['turbo run clean --dry', []],
    ['turbo prune @acme/api', []],
    ['turbo login', []],
  ])('%s', (command, expected) => {
    expect(runs(command, turbo)).toEqual(expected);
  });

  test('a script that calls turbo for all packages does not run itself', () => {
    expect(unread('npm run build', turbo)).toEqual([]);
    expect(unread('npm run build', { 'package.json': json(root) })).toEqual([]);
  });
});

describe('nx', () => {
  const nx: Files = {
    'nx.json': '{ "targetDefaults": { "deploy": { "dependsOn": ["^build"] } } }',
    'package.json': json({ name: 'acme' }),
    'apps/api/project.json': `{
  "name": "api",
  "targets": {
    "reset": {
      "executor": "nx:run-commands",
      "options": { "commands": ["dropdb orders", { "command": "createdb orders" }], "cwd": "apps/api" }
    },
    "serve": { "executor": "@nx/js:node" },
    "migrate": { "command": "prisma migrate deploy", "dependsOn": ["reset"] },
    "deploy": { "command": "fly deploy {projectRoot}" }
  }
}`,
    'libs/orders/package.json': json({ name: 'orders', scripts: { build: 'tsc', clean: 'rimraf dist' } }),
    'libs/orders/project.json':
      '{ "name": "orders", "targets": { "lint": { "executor": "nx:run-script", "options": { "script": "clean" } } } }',
  };
  test.each<readonly [string, readonly string[]]>([
    ['nx run api:reset', ['apps/api$ dropdb orders', 'apps/api$ createdb orders']],
    ['nx reset', []],
    ['nx migrate api', []],
    ['nx run api:migrate', ['apps/api$ dropdb orders', 'apps/api$ createdb orders', 'prisma migrate deploy']],
    ['npx nx run api:reset:production', ['apps/api$ dropdb orders', 'apps/api$ createdb orders']],
    ['nx deploy api', ['libs/orders$ tsc', 'fly deploy apps/api']],
    ['nx serve api', []],
    ['nx clean orders', ['libs/orders$ rimraf dist']],
    ['nx lint orders', ['libs/orders$ rimraf dist']],
    ['nx run-many -t clean', ['libs/orders$ rimraf dist']],
    ['nx run-many --target=clean --projects=api', []],
    ['nx affected -t clean lint', ['libs/orders$ rimraf dist', 'libs/orders$ rimraf dist']],
    ['nx affected:clean', ['libs/orders$ rimraf dist']],
    ['nx exec -- rimraf dist', ['rimraf dist']],
    ['nx graph', []],
    ['nx run-many -t clean --graph', []],
  ])('%s', (command, expected) => {
    expect(runs(command, nx)).toEqual(expected);
  });

  test('the line of a target is named', () => {
    expect(wayTo('dropdb', 'nx run api:reset', nx)).toEqual(['apps/api/project.json "reset":4']);
  });
});

describe('lerna', () => {
  const lerna: Files = { ...members, 'package.json': json(root), 'lerna.json': '{ "packages": ["packages/*"] }' };
  test.each<readonly [string, readonly string[]]>([
    ['lerna run clean', [`${api}rimraf dist`, `${web}rimraf .next`]],
    ['lerna run clean --scope @acme/api -- --verbose', [`${api}rimraf dist --verbose`]],
    ["lerna run clean --ignore '@acme/*'", []],
    ['lerna exec -- rimraf dist', [`${api}rimraf dist`, `${web}rimraf dist`]],
    ['lerna exec --scope=@acme/web rimraf dist', [`${web}rimraf dist`]],
    ['lerna changed', []],
  ])('%s', (command, expected) => {
    expect(runs(command, lerna)).toEqual(expected);
  });
});

describe('large repositories', () => {
  const many: Files = Object.fromEntries(
    Array.from({ length: 900 }, (_unused, at) => [
      `packages/p${at}/package.json`,
      json({ name: `p${at}`, scripts: { clean: 'rimraf dist' } }),
    ]),
  );
  test('a call that runs more than 800 scripts is not followed to its end, and that is said', () => {
    const files = { ...many, 'package.json': json({ workspaces: ['packages/*'] }) };
    expect(inScene('npm run clean -ws', files).invocations).toHaveLength(801);
    expect(unread('npm run clean -ws', files)).toEqual([
      'unread-program: npm runs more than 800 scripts; the others are not read',
    ]);
  });

  test('patterns of patterns end', () => {
    const files = { ...many, 'package.json': json({ workspaces: ['**/**/**/*', '../**', '{a,b}/{c,d}/**'] }) };
    expect(inScene('npm run clean -ws', files).invocations.length).toBeGreaterThan(1);
  });
});
