// composer, cargo, mise, Procfiles, compose, rake, and runners whose files are not read.
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: task files, not JavaScript templates
import { describe, expect, test } from '@jest/globals';
import { type Files, inScene, unread, wayTo } from '../packages/scene.ts';
import { behind } from './running.ts';

type Case = readonly [command: string, commands: readonly string[]];

const files: Files = {
  'composer.json': `{
  "scripts": {
    "post-install-cmd": ["@clear", "@php artisan optimize"],
    "clear": "rm -rf storage/logs",
    "fresh": ["@putenv APP_ENV=prod", "@php artisan migrate:fresh"],
    "loop": "@loop",
    "test": "phpunit",
    "hook": "Acme\\\\Hooks::post"
  }
}
`,
  '.cargo/config.toml': '[alias]\nwipe = "run --bin wipe --"\nb = ["build", "--release"]\nself = "self x"\n',
  'Makefile.toml': `[env]
STAGE = "dev"
[tasks.build]
command = "cargo"
args = ["build", "\${@}"]
dependencies = ["clean"]
[tasks.clean]
script = '''
rm -rf data
echo \${STAGE}
'''
[tasks.flow]
run_task = { name = ["clean", "drop"] }
[tasks.drop]
command = "dropdb"
args = ["\${DB}"]
[tasks.again]
extend = "drop"
args = ["orders"]
[tasks.rust]
script_runner = "@rust"
script = "fn main() {}"
`,
  'mise.toml': `[env]
DATABASE_URL = "postgres://prod/orders"
[tasks.build]
run = "go build"
depends = ["lint"]
[tasks]
lint = "golangci-lint run"
[tasks.reset]
dir = "db"
run = ["dropdb orders", { task = "build" }]
`,
  'mise-tasks/db/wipe': '#!/bin/bash\ndropdb orders\n',
  Procfile: 'web: bin/rails s -p $PORT\nrelease: rails db:drop\n# note\n',
  'Procfile.dev': 'css: tailwindcss\n',
  '.env': 'PORT=3000\n',
};

describe('composer', () => {
  test.each<Case>([
    ['composer install', ['rm -rf storage/logs', 'php artisan optimize']],
    ['composer i --no-dev', ['rm -rf storage/logs', 'php artisan optimize']],
    ['composer fresh --seed', ['php artisan migrate:fresh --seed']],
    ['composer run-script test -- --filter=x', ['phpunit --filter=x']],
    ['composer run test', ['phpunit']],
    ['composer require acme/orders', []],
    ['composer install --no-scripts', []],
    ['composer run --list', []],
    ['composer show', []],
    ['composer loop', []],
    ['composer nothing', []],
  ])('%s', (command, commands) => {
    expect(behind(command, files)).toEqual(commands);
  });

  test('where a command comes from, and what is not read', () => {
    expect(wayTo('rm', 'composer install', files)).toEqual(['composer.json "clear":4']);
    expect(unread('composer hook', files)).toEqual(['unread-program: composer: Acme\\Hooks::post is a PHP callback']);
    expect(unread('composer test', { 'composer.json': '{' })).toEqual([
      'unread-program: composer: composer.json is not valid JSON',
    ]);
  });
});

describe('cargo', () => {
  test.each<Case>([
    ['cargo wipe x', ['cargo run --bin wipe -- x']],
    ['cargo +nightly b', ['cargo build --release']],
    ['cargo self', []],
    ['cargo test', []],
    ['cargo run -- delete', []],
    ['cargo make build --release', ['rm -rf data', 'echo dev', 'cargo build --release']],
    ['cargo make flow', ['rm -rf data', 'echo dev', 'dropdb …']],
    ['makers again', ['dropdb orders']],
    ['cargo make', []],
    ['cargo make --list-all-steps', []],
  ])('%s', (command, commands) => {
    expect(behind(command, files)).toEqual(commands);
  });

  test('where a command comes from, and what is not read', () => {
    expect(wayTo('rm', 'cargo make clean', files)).toEqual(['Makefile.toml "clean":7']);
    expect(unread('cargo make rust', files)).toEqual(['unread-program: cargo make: rust is written for @rust']);
  });
});

describe('mise', () => {
  test.each<Case>([
    ['mise run build', ['golangci-lint run', 'go build']],
    ['mise r reset', ['db$ dropdb orders', 'golangci-lint run', 'go build']],
    ['mise lint', ['golangci-lint run']],
    ['mise run lint -- --fast', ['golangci-lint run --fast']],
    ['mise run lint ::: build', ['golangci-lint run', 'go build']],
    ['mise run db:wipe', ['dropdb orders']],
    ['mise run --dry-run reset', []],
    ['mise exec node@20 -- npm ls', ['npm ls']],
    ["mise x -c 'rm x'", ['rm x']],
    ['mise install', []],
    ['mise tasks ls', []],
  ])('%s', (command, commands) => {
    expect(behind(command, files)).toEqual(commands);
  });

  test('variables of the file', () => {
    const call = inScene('mise reset', files).invocations.find(({ name }) => name === 'dropdb');
    expect(call?.env.get('DATABASE_URL')).toMatchObject({ value: 'postgres://prod/orders' });
  });
});

describe('Procfiles', () => {
  test.each<Case>([
    ['foreman start web', ['bin/rails s -p 3000']],
    ['foreman start', ['bin/rails s -p 3000', 'rails db:drop']],
    ['foreman start -f Procfile.dev', ['tailwindcss']],
    ['honcho start release', ['rails db:drop']],
    ['overmind s -l web', ['bin/rails s -p 3000']],
    ['hivemind Procfile.dev', ['tailwindcss']],
    ['heroku local web', ['bin/rails s -p 3000']],
    ['foreman run rails db:drop', ['rails db:drop']],
    ['heroku run -a acme rails db:drop', ['rails db:drop']],
    ['foreman check', []],
    ['heroku logs', []],
  ])('%s', (command, commands) => {
    expect(behind(command, files)).toEqual(commands);
  });
});

describe('compose', () => {
  const compose: Files = {
    'docker-compose.yml': `services:
  db:
    image: postgres
    command: postgres -c max_connections=200
  web:
    depends_on: [db]
    working_dir: /app
    volumes:
      - .:/app
      - data:/data
    command: bash -c "rm -f tmp/server.pid && rails s"
    environment:
      DATABASE_URL: postgres://db/\${DB:-orders}
  migrate:
    profiles: [tools]
    entrypoint: ["prisma"]
    command: migrate reset --force \${EXTRA:---skip-seed}
`,
    'docker-compose.override.yml': 'services:\n  db:\n    command: postgres\n',
  };
  test.each<Case>([
    ['docker compose up -d db', ['postgres']],
    [
      'docker compose up',
      ['postgres', '/app$ bash -c "rm -f tmp/server.pid && rails s"', '/app$ rm -f tmp/server.pid', '/app$ rails s'],
    ],
    ['docker-compose run --rm migrate', ['prisma migrate reset --force --skip-seed']],
    ['docker compose run --rm migrate status', ['prisma status']],
    ['docker compose -f docker-compose.yml up db', ['postgres -c max_connections=200']],
    ['docker compose exec web rm -rf /app/src', ['/app$ rm -rf /app/src']],
    ['docker compose run --no-deps web rails db:drop', ['/app$ rails db:drop']],
    ['docker compose exec other ls', ['ls']],
    ['docker compose down', []],
    ['docker compose ps', []],
  ])('%s', (command, commands) => {
    expect(behind(command, compose)).toEqual(commands);
  });

  test('what a volume shows, and what the service sees', () => {
    const call = inScene('docker compose exec web rm -rf /app/src', compose).invocations.find(
      ({ name }) => name === 'rm',
    );
    expect(call?.host).toMatchObject({
      kind: 'container',
      mounts: { points: [{ source: { value: '/home/ada/acme' }, target: '/app' }] },
    });
    expect(call?.env.get('DATABASE_URL')).toMatchObject({ value: 'postgres://db/orders' });
    expect(wayTo('rails', 'docker compose up web', compose)).toEqual(['docker-compose.yml "web":11']);
  });
});

describe('runners whose files are programs', () => {
  test.each<readonly [string, Files, readonly string[]]>([
    ['invoke clean', { 'tasks.py': '' }, ['unread-program: invoke: what tasks.py runs is not read']],
    ['snakemake -j 4', { Snakefile: '' }, ['unread-program: snakemake: what Snakefile runs is not read']],
    ['dvc repro', { 'dvc.yaml': '' }, ['unread-program: dvc: what dvc.yaml runs is not read']],
    ['tilt up', { Tiltfile: '' }, ['unread-program: tilt: what Tiltfile runs is not read']],
    ['invoke clean', {}, []],
    ['snakemake -n', { Snakefile: '' }, []],
    ['dvc status', { 'dvc.yaml': '' }, []],
    ['nox --list', { 'noxfile.py': '' }, []],
  ])('%s', (command, own, details) => {
    expect(unread(command, own)).toEqual(details);
  });

  test('rake reads the Rakefile as the Ruby that it is', () => {
    expect(unread('rake db:drop', { Rakefile: '' })).toEqual([
      'unread-program: the ruby program is not read: not in this scene',
    ]);
    expect(unread('rake -T', { Rakefile: '' })).toEqual([]);
    expect(unread('rake db:drop', {})).toEqual([]);
  });
});
