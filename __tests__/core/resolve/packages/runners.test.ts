// Helpers inside scripts: several scripts at once, variables in front of a command, files that are about to be committed.
import { describe, expect, test } from '@jest/globals';
import { type Files, inScene, runs, unread, wayTo } from './scene.ts';

const json = (value: unknown): string => JSON.stringify(value, undefined, 2);
const app: Files = {
  'package.json': json({
    name: 'acme',
    scripts: {
      'build:js': 'vite build',
      'build:css': 'postcss src',
      'build:css:min': 'csso dist',
      'db:drop': 'dropdb orders',
      'db:create': 'createdb',
      build: 'run-p "build:*"',
      reset: 'run-s db:drop "db:create {1}" --',
      dev: 'concurrently -n api,web "npm:db:create" "vite --port 3000"',
      'seed:prod': 'cross-env NODE_ENV=production prisma db seed',
      pack: 'wireit',
      start: 'node server.js',
      test: 'jest',
    },
    wireit: { pack: { command: 'esbuild src', dependencies: ['db:create', './lib:build'] } },
  }),
  '.env': 'DATABASE_URL=postgres://localhost/orders\n',
  '.env.production': 'DATABASE_URL=postgres://db.acme.com/orders\nREGION="eu"\n',
  '.env-cmdrc': '{ "production": { "REGION": "eu" } }',
};
const builds = ['vite build', 'postcss src'];

describe('several scripts', () => {
  test.each<readonly [string, readonly string[]]>([
    ['run-p "build:*"', builds],
    ["run-s 'build:**'", [...builds, 'csso dist']],
    ['npm-run-all db:drop --parallel "build:*"', ['dropdb orders', ...builds]],
    ['npm-run-all "db:create -- orders"', ['createdb orders']],
    ['npm run build', builds],
    ['npm run reset orders', ['dropdb orders', 'createdb orders']],
    ['npx npm-run-all2 db:drop', ['dropdb orders']],
    ['run-s nothing', []],
    ['concurrently "vite" "npm:db:create"', ['vite', 'createdb']],
    ['concurrently "npm:build:css*"', ['postcss src', 'csso dist']],
    ['concurrently -n api,web -c red,blue vite "tsc -w"', ['vite', 'tsc -w']],
    ["concurrently -P 'createdb {1}' -- orders", ['createdb orders']],
    ['concurrently "pnpm:db:drop -- --if-exists"', ['dropdb orders --if-exists']],
    ['npm run dev', ['createdb', 'vite --port 3000']],
    [
      'start-server-and-test start http://localhost:3000 test',
      ['start-server-and-test start http://localhost:3000 test', 'node server.js', 'jest'],
    ],
    ['npm run pack -- --minify', ['createdb', 'esbuild src --minify']],
  ])('%s', (command, expected) => {
    expect(runs(command, app)).toEqual(expected);
  });

  test('wireit names its own part of package.json', () => {
    expect(wayTo('esbuild', 'npm run pack', app)).toEqual(['package.json "pack":13', 'package.json wireit "pack":18']);
  });
});

describe('variables in front of a command', () => {
  test.each<readonly [string, string, string | undefined]>([
    ['cross-env REGION=us prisma db seed', 'REGION', 'us'],
    ['npm run seed:prod', 'NODE_ENV', 'production'],
    ["cross-env-shell REGION=us 'prisma db seed'", 'REGION', 'us'],
    ['dotenv -e .env.production -- prisma db seed', 'REGION', 'eu'],
    ['dotenv -e .env.production prisma db seed', 'DATABASE_URL', 'postgres://db.acme.com/orders'],
    ['dotenv -c production -- prisma db seed', 'DATABASE_URL', 'postgres://db.acme.com/orders'],
    ['dotenv prisma db seed', 'DATABASE_URL', 'postgres://localhost/orders'],
    ['dotenv -v REGION=us -- prisma db seed', 'REGION', 'us'],
    ['dotenv -f .env.production run -- prisma db seed', 'REGION', 'eu'],
    ['dotenvx run -f .env.production -- prisma db seed', 'REGION', 'eu'],
    ['REGION=us dotenv -e .env.production prisma db seed', 'REGION', 'us'],
    ['REGION=us dotenv -o -e .env.production prisma db seed', 'REGION', 'eu'],
    ['env-cmd -f .env.production prisma db seed', 'REGION', 'eu'],
    ['env-cmd ./.env.production prisma db seed', 'REGION', 'eu'],
    ['env-cmd -e production prisma db seed', 'REGION', 'eu'],
    ["env-cmd --use-shell -f .env.production 'prisma db seed'", 'REGION', 'eu'],
    ['prisma db seed', 'REGION', undefined],
    ['dotenv -e .env.missing prisma db seed', 'REGION', undefined],
  ])('%s', (command, name, value) => {
    const call = inScene(command, app).invocations.find((each) => each.name === 'prisma');
    expect(call?.args.map((word) => word.kind === 'static' && word.value)).toEqual(['db', 'seed']);
    expect(call?.env.get(name)).toEqual(value === undefined ? undefined : expect.objectContaining({ value }));
  });

  test.each<readonly [string, readonly string[]]>([
    ['shx rm -rf dist', ['rm -rf dist']],
    ['dotenvx encrypt', []],
    ['cross-env', []],
  ])('%s', (command, expected) => {
    expect(runs(command, app)).toEqual(expected);
  });
});

describe('tasks of the runtimes', () => {
  const deno: Files = {
    'package.json': json({ scripts: { prebuild: 'tsc', build: 'vite build' } }),
    'deno.jsonc': `{
  // tasks
  "tasks": {
    "wipe": "dropdb orders",
    "reset": { "command": "createdb orders", "dependencies": ["wipe"] },
  }
}`,
  };
  test.each<readonly [string, readonly string[]]>([
    ['node --run build', ['vite build']],
    ['node --run build -- --watch', ['vite build --watch']],
    ['node server.js --run build', []],
    ['deno task wipe --if-exists', ['dropdb orders --if-exists']],
    ['deno task --cwd . reset', ['dropdb orders', 'createdb orders']],
    ['deno task build', ['tsc', 'vite build']],
    ['deno run wipe.ts', []],
    ['deno task', []],
  ])('%s', (command, expected) => {
    expect(runs(command, deno).filter((line) => !/^(node|deno) /.test(line))).toEqual(expected);
  });

  test('the line of a task is named', () => {
    expect(wayTo('dropdb', 'deno task wipe', deno)).toEqual(['deno.jsonc "wipe":4']);
  });
});

describe('lint-staged', () => {
  test.each<readonly [string, Files, readonly string[]]>([
    [
      'npx lint-staged',
      { 'package.json': json({ 'lint-staged': { '*.ts': ['eslint --fix', 'rimraf'] } }) },
      ['eslint --fix ./…', 'rimraf ./…'],
    ],
    ['lint-staged', { 'package.json': '{}', '.lintstagedrc': '"*.ts": prettier --write\n' }, ['prettier --write ./…']],
    ['lint-staged', { '.lintstagedrc.json': '{"*.ts": "prettier --write"}' }, ['prettier --write ./…']],
    ['lint-staged --help', { '.lintstagedrc.json': '{"*.ts": "prettier --write"}' }, []],
    ['lint-staged', {}, []],
  ])('%s with %j', (command, files, expected) => {
    expect(runs(command, files)).toEqual(expected);
  });

  test('a configuration that is a program is said to be unread', () => {
    expect(unread('lint-staged', { 'lint-staged.config.js': 'export default {}' })).toEqual([
      'unread-program: lint-staged runs what lint-staged.config.js says; the program is not read',
    ]);
  });
});
