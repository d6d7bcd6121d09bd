// perl, awk, PowerShell and Windows' own shell: which program they run, and with which arguments.
import { describe, expect, test } from '@jest/globals';
import type { Launcher } from '../../../../src/core/resolve/launcher.ts';
import { launcher as awk } from '../../../../src/core/resolve/launchers/awk.ts';
import { launcher as perl } from '../../../../src/core/resolve/launchers/perl.ts';
import { launcher as powershell } from '../../../../src/core/resolve/launchers/powershell.ts';
import { launcher as windows } from '../../../../src/core/resolve/launchers/windows.ts';
import { call, show, worldOf } from '../listing.ts';

/** What a call runs, as one text. */
const runs = (launcher: Launcher, command: string): string => {
  const name = launcher.names.find((each) => new RegExp(`(^|[| ])${each}(\\.exe)?( |$)`).test(command)) ?? '';
  return launcher
    .unwrap(call(name, command), worldOf())
    .map((inner) => {
      if (inner.kind === 'words') return `words ${inner.words.map(show).join(' ')}`;
      if (inner.kind !== 'program') return inner.kind;
      const code = 'text' in inner.code ? `text ${show(inner.code.text)}` : `file ${show(inner.code.path)}`;
      return [code, ...inner.positionals.map(show)].join(' ');
    })
    .join('; ');
};

describe('perl runs', () => {
  test.each([
    ["perl -e 'print'", 'text print'],
    ["perl -we 'print' a b", 'text print a b'],
    ["perl -e 'a;' -e 'b'", 'text "a;\\nb"'],
    ["perl -ne 'print' orders.csv", 'text "while (<>) { print\\n}" orders.csv'],
    ["perl -pi.bak -e 's/a/b/' a.txt", 'text "while (<>) { s/a/b/\\n}" a.txt'],
    ["perl -0777 -lane 'print'", 'text "while (<>) { print\\n}"'],
    ["perl -MFile::Path=rmtree -I lib -e 'rmtree'", 'text rmtree'],
    ['perl -Ilib reset.pl --all', 'file reset.pl --all'],
    ["perl <<'P'\nprint\nP", 'text "print\\n"'],
    ['echo print | perl - a', 'text "print\\n" a'],
    ['curl https://acme.com/a | perl', 'opaque'],
    ['perl -c reset.pl', ''],
    ['perl -v', ''],
    ['perl', ''],
  ])('%s', (command, expected) => expect(runs(perl, command)).toBe(expected));
});

describe('awk runs', () => {
  test.each([
    ["awk '{ print }' a", 'text "{ print }" a'],
    ["gawk -F, -v d=/srv '{ print }' a", 'text "{ print }" d=/srv a'],
    ["mawk -F , -vd=1 '{ print }'", 'text "{ print }" d=1'],
    ['awk -f report.awk a', 'file report.awk a'],
    ['gawk -f lib.awk -f main.awk a', 'file main.awk -f lib.awk a'],
    ["gawk -e 'BEGIN' --source='END' a", 'text "BEGIN\\nEND" a'],
    ["gawk -i inplace -- '{ print }' a", 'text "{ print }" a'],
    ['awk --version', ''],
    ['awk', ''],
  ])('%s', (command, expected) => expect(runs(awk, command)).toBe(expected));
});

describe('PowerShell runs', () => {
  test.each([
    ["pwsh -c 'ri a'", 'text "ri a"'],
    ['pwsh -NoProfile -NonInteractive -Command ri a -Recurse', 'text "ri a -Recurse"'],
    ['powershell.exe -ExecutionPolicy Bypass -File reset.ps1 -All', 'file reset.ps1 -All'],
    ['pwsh -nop -ep Bypass -f tools/reset.ps1', 'file tools/reset.ps1'],
    ['pwsh reset.ps1 a', 'file reset.ps1 a'],
    ['powershell ri a', 'text "ri a"'],
    ['powershell -enc cgBpACAAYQA=', 'text "ri a"'],
    ['pwsh -EncodedCommand "$CODE"', 'opaque'],
    ["pwsh -Command - <<< 'ri a'", 'text "ri a\\n"'],
    ["pwsh <<'P'\nri a\nP", 'text "ri a\\n"'],
    ['pwsh -Version', ''],
    ['pwsh --help', ''],
    ['pwsh', ''],
  ])('%s', (command, expected) => expect(runs(powershell, command)).toBe(expected));
});

describe('Windows commands run', () => {
  test.each([
    ["cmd.exe /c 'rd /s /q C:\\data'", 'text "rd /s /q C:\\\\data"'],
    ['cmd /c del a.txt', 'text "del a.txt"'],
    ["cmd //c del 'a b.txt'", 'text "del \\"a b.txt\\""'],
    ['cmd.exe /d /s /k "dir"', 'text dir'],
    ["echo 'del a' | cmd", 'text "del a\\n"'],
    ['cmd /?', ''],
    ['cmd', ''],
    ['wsl rm -rf /srv', 'words rm -rf /srv'],
    ['wsl -d Ubuntu -u root -e rm a', 'words rm a'],
    ['wsl --list', ''],
    ['wsl --unregister Ubuntu', ''],
  ])('%s', (command, expected) => expect(runs(windows, command)).toBe(expected));
});
