// task: commands, dependencies, variables and includes of Taskfiles.
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Taskfiles, not JavaScript templates
import { describe, expect, test } from '@jest/globals';
import { type Files, inScene, unread, wayTo } from '../packages/scene.ts';
import { behind } from './running.ts';

type Case = readonly [command: string, commands: readonly string[]];

const files: Files = {
  'Taskfile.yml': `version: '3'
dotenv: ['.env']
includes:
  infra: ./infra.yml
  sub:
    taskfile: ./sub
    dir: ./sub
    vars: { NAME: given }
vars:
  ENV: '{{.ENV | default "dev"}}'
  SHA:
    sh: git rev-parse HEAD
env:
  DATABASE_URL: postgres://{{.ENV}}/orders
tasks:
  default: task --list
  build:
    deps: [lint]
    cmds:
      - go build ./... {{.CLI_ARGS}}
      - echo {{.SHA}}
  lint: golangci-lint run
  reset:
    aliases: [r]
    cmds:
      - task: drop
        vars: { DB: '{{.ENV}}-orders' }
      - for: [a, b]
        cmd: echo {{.ITEM}}
      - defer: echo end
  drop:
    internal: true
    dir: db
    cmds:
      - |
        set -e
        dropdb {{.DB}}
  wait:
    preconditions: [test -f x, { sh: c1 }]
    status: [c2]
    cmd: c3
  'start:*':
    cmds: ['echo {{.MATCH}}']
  loop:
    cmds: [task: loop, echo x]
`,
  'infra.yml': `version: '3'
includes: { root: ./Taskfile.yml }
tasks:
  down:
    cmds:
      - terraform destroy {{if .YES}}-auto-approve{{end}}
      - task: :lint
`,
  'sub/Taskfile.yml': `version: '3'
tasks:
  default:
    - echo {{.NAME}}
`,
  '.env': 'TOKEN=abc\n',
};

describe('tasks', () => {
  test.each<Case>([
    ['task', ['task --list']],
    ['task build -- -race', ['golangci-lint run', 'go build ./... -race', 'git rev-parse HEAD', 'echo …']],
    ['task reset', ['db$ set -e', 'db$ dropdb dev-orders', 'echo a', 'echo b', 'echo end']],
    ['task r ENV=prod', ['db$ set -e', 'db$ dropdb prod-orders', 'echo a', 'echo b', 'echo end']],
    ['ENV=prod task drop DB=x', ['db$ set -e', 'db$ dropdb x']],
    ['task infra:down', ['terraform destroy -auto-approve', 'golangci-lint run']],
    ['task sub', ['sub$ echo given']],
    ['task wait', ['test -f x', 'c1', 'c2', 'c3']],
    ['task start:web', ['echo web']],
    ['task loop', ['echo x']],
    ['task lint build', ['golangci-lint run', 'go build ./...', 'git rev-parse HEAD', 'echo …']],
    ['task nothing', []],
    ['task --dry reset', []],
    ['task -n reset', []],
    ['task --list-all', []],
    ['task --summary reset', []],
    ['task -t Taskfile.yml lint', ['golangci-lint run']],
    ['task -d sub', ['sub$ echo']],
  ])('%s', (command, commands) => {
    expect(behind(command, files)).toEqual(commands);
  });

  test('the name is that of other programs where there is no Taskfile', () => {
    expect(behind('task 12 done', { 'README.md': '' })).toEqual([]);
  });

  test('where a command comes from', () => {
    expect(wayTo('dropdb', 'task reset', files)).toEqual(['Taskfile.yml "drop":36']);
    expect(wayTo('terraform', 'task infra:down', files)).toEqual(['infra.yml "infra:down":6']);
  });

  test('variables of .env and of the file', () => {
    const call = inScene('task lint ENV=prod', files).invocations.find(({ name }) => name === 'golangci-lint');
    expect(call?.env.get('TOKEN')).toMatchObject({ value: 'abc' });
    expect(call?.env.get('DATABASE_URL')).toMatchObject({ value: 'postgres://prod/orders' });
  });

  test('a file that is no YAML is said so', () => {
    expect(unread('task reset', { 'Taskfile.yml': 'tasks: [\n  a: {' })).toEqual([
      'unread-program: task: /home/ada/acme/Taskfile.yml is not valid YAML',
    ]);
  });
});
