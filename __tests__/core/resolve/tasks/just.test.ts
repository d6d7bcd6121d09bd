// just: recipes with their parameters, what they depend on, imports and modules, and the shells they are written for.
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: justfiles, not JavaScript templates
import { describe, expect, test } from '@jest/globals';
import { type Files, inScene, unread, wayTo } from '../packages/scene.ts';
import { behind } from './running.ts';

type Case = readonly [command: string, commands: readonly string[]];

const files: Files = {
  justfile: `set dotenv-load
import 'common.just'
mod infra
env := env_var_or_default('APP_ENV', 'dev')
db := "orders-" + env
export REGION := 'eu'
alias d := deploy

# builds
build target='app' *flags: lint
    cargo build --bin {{target}} {{flags}}

lint:
    @-ruff check .

[confirm("sure?")]
deploy stage $size="2": (build "api" "--release") && notify
    terraform -chdir=infra/{{stage}} destroy \\
      -auto-approve
    echo "{{{{stage}}" $size {{ if stage == 'prod' { 'P' } else { 'D' } }}

notify:
    echo done

reset:
    #!/usr/bin/env bash
    set -e
    dropdb {{db}}

[no-cd]
here:
    pwd

many +names:
    echo {{names}}

loop: loop2
loop2: loop
    echo x

quoted name:
    psql -c 'drop table {{name}}'
`,
  'common.just': 'import "justfile"\nwipe:\n  rm -rf data\nlint:\n  echo other\n',
  'infra/mod.just': 'down:\n  terraform destroy\n',
  'sub/x': '',
  '.env': 'TOKEN=abc\n',
};

describe('recipes', () => {
  test.each<Case>([
    ['just', ['ruff check .', 'cargo build --bin app']],
    ['just build web --locked', ['ruff check .', 'cargo build --bin web --locked']],
    ['just lint notify', ['ruff check .', 'echo done']],
    [
      'just deploy prod',
      [
        'ruff check .',
        'cargo build --bin api --release',
        'terraform -chdir=infra/prod destroy -auto-approve',
        'echo {{stage}} 2 P',
        'echo done',
      ],
    ],
    [
      'just d qa 3 | tail -1',
      [
        'ruff check .',
        'cargo build --bin api --release',
        'terraform -chdir=infra/qa destroy -auto-approve',
        'echo {{stage}} 3 D',
        'echo done',
        'tail -1',
      ],
    ],
    ['just reset', ['set -e', 'dropdb orders-dev']],
    ['just env=prod reset', ['set -e', 'dropdb orders-prod']],
    ['just --set env prod reset', ['set -e', 'dropdb orders-prod']],
    ['just many a b', ['echo a b']],
    ['just wipe', ['rm -rf data']],
    ['just infra::down', ['infra$ terraform destroy']],
    ['just infra down', ['infra$ terraform destroy']],
    ['just loop', ['echo x']],
    ['just quoted orders', ['psql -c "drop table orders"']],
    ['just -f justfile lint', ['ruff check .']],
    ['just nothing', []],
    ['just --dry-run deploy prod', []],
    ['just -n reset', []],
    ['just --list', []],
    ['just --show deploy', []],
    ['just --evaluate', []],
    ['just --command echo a', ['echo a']],
  ])('%s', (command, commands) => {
    expect(behind(command, files)).toEqual(commands);
  });

  test('without a justfile nothing runs', () => {
    expect(behind('just deploy', {})).toEqual([]);
  });

  test('from a folder below', () => {
    expect(behind('cd sub && just lint here', files)).toEqual(['sub$ just lint here', 'ruff check .', 'sub$ pwd']);
  });

  test('where a command comes from', () => {
    expect(wayTo('terraform', 'just deploy prod', files)).toEqual(['justfile "deploy":18']);
    expect(wayTo('rm', 'just wipe', files)).toEqual(['common.just "wipe":3']);
    expect(wayTo('dropdb', 'just reset', files)).toEqual(['justfile "reset":26']);
  });

  test('variables of .env, of the file and of parameters', () => {
    const call = inScene('just deploy prod 4', files).invocations.find(({ name }) => name === 'terraform');
    expect(call?.env.get('TOKEN')).toMatchObject({ value: 'abc' });
    expect(call?.env.get('REGION')).toMatchObject({ value: 'eu' });
    expect(call?.env.get('size')).toMatchObject({ value: '4' });
  });
});

describe('expressions', () => {
  test.each<readonly [expression: string, value: string]>([
    ["'a' + 'b'", 'c ab'],
    ["'a' / 'b'", 'c a/b'],
    ['("a" + ("b"))', 'c ab'],
    ['x', 'c orders'],
    ["if x == 'orders' { 'yes' } else { 'no' }", 'c yes'],
    ["if x != 'orders' { 'yes' } else if x == 'a' { 'b' } else { 'no' }", 'c no'],
    ['uppercase(x)', 'c ORDERS'],
    ["join('a', 'b')", 'c a/b'],
    ['justfile_directory()', 'c /home/ada/acme'],
    ["env('NOTHING', 'z')", 'c z'],
    ["env('HOME')", 'c /home/ada'],
    ['"a\\tb"', 'c a b'],
    ['`pwd`', 'c /home/ada/acme'],
    ['arch()', 'c …'],
    ['nothing', 'c …'],
    ['', 'c'],
    ["'a", 'c'],
  ])('%s', (expression, value) => {
    expect(behind('just a', { justfile: `x := 'orders'\na:\n  c {{${expression}}}\n` })).toContain(value);
  });

  test('backticks run when the file is read', () => {
    const own = { justfile: 'x := `dropdb orders`\na:\n  c1\n' };
    expect(behind('just a', own)).toEqual(['dropdb orders', 'c1']);
    expect(behind('just x=1 a', own)).toEqual(['c1']);
    expect(behind('just -n a', own)).toEqual([]);
  });
});

describe('shells', () => {
  test.each<readonly [string, string, readonly string[]]>([
    ['another shell', 'set shell := ["nu", "-c"]\na:\n  rm x\n', ['nu -c "rm x"']],
    ['a usual shell', 'set shell := ["bash", "-uc"]\na:\n  rm x\n', ['rm x']],
    ['a script of another language', "a:\n  #!/usr/bin/env perl\n  unlink 'x';\n", ['perl']],
    ['[script]', "[script('bash')]\na:\n  cd sub\n  rm x\n", ['cd sub', 'sub$ rm x']],
  ])('%s', (_name, justfile, commands) => {
    expect(behind('just a', { justfile }).slice(0, commands.length)).toEqual(commands);
  });
});

test('a recipe that runs itself is said so', () => {
  expect(unread('just a', { justfile: 'a:\n  just a\n' })).toEqual(['too-deep: justfile "a" runs itself']);
});
