// Scripts of Python projects: pdm, hatch, rye, pipenv, poe, taskipy, entry points, and tox.
import { describe, expect, test } from '@jest/globals';
import { type Files, inScene, wayTo } from '../packages/scene.ts';
import { behind } from './running.ts';

type Case = readonly [command: string, commands: readonly string[]];

const files: Files = {
  'pyproject.toml': `[project]
name = "acme"
[project.scripts]
acme = "acme.cli:main"
[tool.pdm.scripts]
_.env = { STAGE = "qa" }
test = "pytest -q"
pre_test = "ruff check ."
reset = { shell = "dropdb orders && createdb orders" }
all = { composite = ["test -x", "reset", "echo x"] }
list = { cmd = ["rm", "-rf", "my data"] }
[tool.hatch.envs.default.scripts]
test = "pytest {args:tests}"
all = ["test", "- reset"]
reset = "dropdb orders"
[tool.hatch.envs.docs.scripts]
build = "mkdocs build"
[tool.rye.scripts]
x = { chain = ["y", "z"] }
y = "echo y"
z = ["rm", "-rf", "data"]
[tool.poe.tasks]
clean.shell = "rm -rf data"
test = "pytest -q"
all = ["test", "clean"]
seq.sequence = [{ cmd = "echo 1" }, "clean"]
twice = { ref = "test -v" }
loop = ["loop"]
[tool.taskipy.tasks]
wipe = "rm -rf data"
post_wipe = "echo gone"
`,
  Pipfile: '[scripts]\nflush = "python manage.py flush"\n',
  '.env': 'TOKEN=abc\n',
};

describe('scripts of pyproject.toml and Pipfile', () => {
  test.each<Case>([
    ['pdm run test -x', ['ruff check .', 'pytest -q -x']],
    ['pdm test', ['ruff check .', 'pytest -q']],
    ['pdm run all', ['ruff check .', 'pytest -q -x', 'dropdb orders', 'createdb orders', 'echo x']],
    ['pdm run list', ['rm -rf "my data"']],
    ['pdm run pytest -x', ['pytest -x']],
    ['pdm install', []],
    ['hatch run test', ['pytest tests']],
    ['hatch run test a', ['pytest a']],
    ['hatch run all', ['pytest tests', 'dropdb orders']],
    ['hatch run docs:build', ['mkdocs build']],
    ['hatch run docs:reset', ['dropdb orders']],
    ['hatch -e docs run build', ['mkdocs build']],
    ['hatch run pytest', ['pytest']],
    ['rye run x', ['echo y', 'rm -rf data']],
    ['rye run pytest', ['pytest']],
    ['poe clean', ['rm -rf data']],
    ['poe all', ['pytest -q', 'rm -rf data']],
    ['poetry poe seq', ['echo 1', 'rm -rf data']],
    ['poe twice -x', ['pytest -q -v -x']],
    ['poe loop', []],
    ['poe -d clean', []],
    ['task wipe', ['rm -rf data', 'echo gone']],
    ['pipenv run flush --no-input', ['python manage.py flush --no-input']],
    ['pipenv run pytest', ['pytest']],
    ['pipenv install', []],
    ['poetry run pytest -q', ['pytest -q']],
    ['poetry run acme', []],
    ['poetry install', []],
    ['uv run pytest', ['pytest']],
    ['uv run acme --all', []],
    ['uv run app.py a', ['python3 app.py a']],
    ['uv run --script app.py', ['python3 app.py']],
    ['uv run -m acme.reset', ['python3 -m acme.reset']],
    ['uv run --with rich -- rm -rf data', ['rm -rf data']],
    ['uv run --directory sub rm x', ['sub$ rm x']],
    ['uv sync', []],
  ])('%s', (command, commands) => {
    expect(behind(command, files)).toEqual(commands);
  });

  test.each<readonly [string, string, readonly string[]]>([
    ['pdm run reset', 'dropdb', ['pyproject.toml "reset":9']],
    ['hatch run all', 'dropdb', ['pyproject.toml "reset":15']],
    ['poe clean', 'rm', ['pyproject.toml "clean":23']],
    ['pipenv run flush', 'python', ['Pipfile "flush":2']],
  ])('where a command of %s comes from', (command, program, way) => {
    expect(wayTo(program, command, files)).toEqual(way);
  });

  test('variables of .env and of the table', () => {
    const call = (command: string, name: string) =>
      inScene(command, files).invocations.find((each) => each.name === name);
    expect(call('pipenv run flush', 'python')?.env.get('TOKEN')).toMatchObject({ value: 'abc' });
    expect(call('pdm run reset', 'dropdb')?.env.get('STAGE')).toMatchObject({ value: 'qa' });
    expect(call('poetry run pytest', 'pytest')?.env.get('TOKEN')).toBeUndefined();
  });

  test('a table that cannot be read changes nothing', () => {
    expect(behind('pdm run pytest', { 'pyproject.toml': '[tool.pdm.scripts\npytest = 1' })).toEqual(['pytest']);
  });
});

describe('tox', () => {
  const ini: Files = {
    'tox.ini': `[tox]
envlist = py,lint
[testenv]
deps = pytest
commands =
    pytest {posargs:tests}
[testenv:lint]
changedir = src
commands =
    ruff check .
    - rm -rf build \\
        dist
`,
  };
  test.each<Case>([
    ['tox', ['pytest tests', 'src$ ruff check .', 'src$ rm -rf build dist']],
    ['tox -e lint', ['src$ ruff check .', 'src$ rm -rf build dist']],
    ['tox run -e py -- -k orders', ['pytest -k orders']],
    ['tox -l', []],
    ['tox --version', []],
    ['tox list', []],
  ])('%s', (command, commands) => {
    expect(behind(command, ini)).toEqual(commands);
  });

  test('in TOML', () => {
    const toml = `[tool.tox]\n[tool.tox.env_run_base]\ncommands = [["pytest", { replace = "posargs", default = [] }]]\n[tool.tox.env.drop]\ncommands = [["dropdb", "orders"]]\n`;
    expect(behind('tox -e drop', { 'pyproject.toml': toml })).toEqual(['dropdb orders']);
    expect(behind('tox -e py', { 'pyproject.toml': toml })).toEqual(['pytest']);
  });
});
