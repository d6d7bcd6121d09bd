// python and its kin: which program they run, and with which arguments.
import { describe, expect, test } from '@jest/globals';
import { launcher } from '../../../../src/core/resolve/launchers/python.ts';
import { call, show, worldOf } from '../listing.ts';

const files: Readonly<Record<string, string>> = {
  '/home/ada/acme/shop/reset.py': 'print(1)',
  '/home/ada/acme/tools/__main__.py': 'print(1)',
};

/** What a call runs, as one text. */
function runs(command: string): string {
  const name = /(?:^|\| )((?:python|pypy|ipython)[\d.]*)/.exec(command)?.[1] ?? '';
  return launcher
    .unwrap(call(name, command, { files }), worldOf(files))
    .map((inner) => {
      if (inner.kind === 'words') return `words ${inner.words.map(show).join(' ')}`;
      if (inner.kind !== 'program') return inner.kind;
      const code = 'text' in inner.code ? `text ${show(inner.code.text)}` : `file ${show(inner.code.path)}`;
      return [code, ...inner.positionals.map(show)].join(' ');
    })
    .join('; ');
}

describe('python runs', () => {
  test.each([
    ["python -c 'print(1)'", 'text print(1)'],
    ["python3 -c'print(1)' a b", 'text print(1) a b'],
    ["python3.12 -uIc 'print(1)' -v", 'text print(1) -v'],
    ["python3 -W ignore -X dev -c 'print(1)'", 'text print(1)'],
    ["ipython -c 'print(1)'", 'text print(1)'],
    ['python3 reset.py --all', 'file reset.py --all'],
    ['python3 -u -- reset.py', 'file reset.py'],
    ['pypy3 tools', 'file tools/__main__.py'],
    ['python3 -m shop.reset --all', 'file shop/reset.py --all'],
    ['python3 -m tools', 'file tools/__main__.py'],
    ['python -m alembic downgrade base', 'words alembic downgrade base'],
    ['python3 -m pytest -x', 'words pytest -x'],
    ["python3 <<'PY'\nprint(1)\nPY", 'text "print(1)\\n"'],
    ["python3 - a <<< 'print(1)'", 'text "print(1)\\n" a'],
    ["echo 'print(1)' | python3", 'text "print(1)\\n"'],
    ['python3 --version', ''],
    ['python3 -V', ''],
    ['python3', ''],
    ['python3 -m http.server', ''],
    ['python3 -c', ''],
    ['python3 /usr/lib/python3/dist-packages/acme.py', ''],
  ])('%s', (command, expected) => expect(runs(command)).toBe(expected));
});
