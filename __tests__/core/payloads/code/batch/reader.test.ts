// What Windows command lines and batch files would do, as their reader sees it.
import { describe, expect, test } from '@jest/globals';
import { reader } from '../../../../../src/core/payloads/code/batch/reader.ts';
import { linesOf } from '../lines.ts';

const effectsOf = linesOf(reader);
type Case = readonly [code: string, effects: readonly string[]];

const groups: Readonly<Record<string, readonly Case[]>> = {
  files: [
    ['rd /s /q C:\\data', ['delete tree C:/data']],
    ['rmdir/s/q build && echo done > log.txt', ['delete tree build', 'write log.txt']],
    ['del /s /q C:\\data\\*.*', ['delete tree many C:/data/*.*']],
    [
      'del/f/q "%USERPROFILE%\\x y.txt" "%TEMP%\\y"',
      ['delete C:/Users/…/x y.txt', 'delete C:/Users/…/AppData/Local/Temp/y'],
    ],
    ['d^el x.txt & erase y.txt', ['delete x.txt', 'delete y.txt']],
    ['format D: /q', ['format D:']],
    ['move a b & copy c d', ['run mv -- a b', 'run cp -- c d']],
    ['cd C:\\data && del a.txt', ['delete C:/data/a.txt']],
  ],
  'values and flow': [
    ['set D=C:\\srv\r\nset "E=%D%\\old"\r\nrd /s /q "%E%"', ['delete tree C:/srv/old']],
    ['for %%i in (a b) do del %%i', ['delete a', 'delete b']],
    ['for %i in (*.log) do del "%i"', ['delete many *.log']],
    ['for /d %%d in (C:\\t\\*) do rd /s /q "%%d"', ['delete tree C:/t/*']],
    ['for /r C:\\src %%f in (*.log) do del "%%f"', ['delete many C:/src/….log']],
    ['for /f "tokens=*" %a in (\'git branch\') do git branch -D %a', ['run git branch', 'run git branch -D …']],
    ['if exist C:\\x (rd /s /q C:\\x) else (rd /s /q C:\\y)', ['delete tree C:/x', 'delete tree C:/y']],
    ['if not "%A%"=="b" del c', ['delete c']],
    ['call :wipe C:\\z\nexit /b\n:wipe\nrd /s /q %1', ['delete tree C:/z']],
    ['echo y| git push --force', ['run git push --force < y']],
    ['start "title" /wait cmd /c "rd /s /q C:\\q"', ['run cmd /c rd /s /q C:\\q']],
    ['powershell -Command "Remove-Item x" & npm test', ['run powershell -Command Remove-Item x', 'run npm test']],
  ],
  'data and ordinary work': [
    ['echo rd /s /q C:\\', []],
    ['rem del x\n:: rd /s /q y\n@echo off\nsetlocal', []],
    ['rd empty', []],
    ['del /p a.txt', []],
    ['npm run build 2>nul', ['run npm run build']],
    ['dir /s & type a.txt | find "x"', []],
    ['exit /b 0\ndel a', []],
    ['((((', []],
  ],
};

describe.each(Object.entries(groups))('%s', (_group, cases) => {
  test.each(cases)('%s', (code, expected) => expect(effectsOf(code)).toEqual(expected));
});

test('another batch file is followed with its arguments', () => {
  const files = { '/srv/acme/shop/wipe.bat': 'rd /s /q %1' };
  expect(effectsOf('call wipe.bat C:\\srv', { files })).toEqual(['delete tree C:/srv']);
});

test('what nests too deeply is said so', () => {
  expect(effectsOf('('.repeat(5_000))).toEqual(['opaque']);
});
