// Whole batch files by all shipped rules: ordinary ones run, and of destructive ones the right lines are held.
import { describe, expect, test } from '@jest/globals';
import { held } from '../held.ts';

const files = {
  '/srv/orders/src/Orders.cs': 'return;',
  '/srv/orders/docs/guide.md': '# Guide',
  '/srv/shop/uploads/a.pdf': 'a',
};
const run = (lines: readonly string[]): Promise<string> =>
  held('cmd.exe /c job.bat Release', { ...files, '/srv/orders/job.bat': lines.join('\r\n') });

describe('ordinary lines run', () => {
  test.each([
    `cmd.exe /c 'dir /b /s *.cs | findstr /i order'`,
    `cmd.exe /c 'for /f "tokens=1,2 delims=," %a in (orders.csv) do @echo %a %b'`,
    `cmd.exe /c 'set NODE_ENV=test&& npm test'`,
    `cmd.exe /c 'if exist dist rd /s /q dist'`,
    `cmd.exe /c 'type package.json > NUL 2>&1 && echo yes || echo no'`,
    `cmd.exe /c 'for /d /r . %d in (bin,obj) do @if exist "%d" rd /s /q "%d"'`,
    `cmd.exe /c 'del /q %TEMP%\\acme-*.log'`,
    `cmd.exe /c 'xcopy /e /i /y docs build\\docs'`,
    `cmd.exe /c 'where node & node --version'`,
    `cmd.exe /c 'echo del /s /q C:\\shop >> notes.txt'`,
    `cmd.exe /c 'git log --oneline -5 ^| head'`,
    `cmd.exe /c 'format /?'`,
    `cmd.exe /c 'tasklist | find "node.exe"'`,
  ])('%s', async (command) => expect(await held(command, files)).toBe('run'));
});

describe('ordinary batch files run', () => {
  test.each([
    [
      'a build with a configuration',
      [
        '@echo off',
        'setlocal enabledelayedexpansion',
        'set CONFIG=%1',
        'if "%CONFIG%"=="" set CONFIG=Debug',
        'for %%d in (bin obj dist) do (',
        '  if exist %%d rmdir /s /q %%d',
        ')',
        'msbuild Orders.sln /p:Configuration=%CONFIG% /m',
        'if errorlevel 1 goto :failed',
        'echo Built %CONFIG%',
        'exit /b 0',
        ':failed',
        'echo Failed 1>&2',
        'exit /b 1',
      ],
    ],
    [
      'copies in a loop',
      [
        '@echo off',
        'pushd "%~dp0"',
        'if not exist build mkdir build',
        'for %%f in (docs\\*.md) do copy /y "%%f" build\\ >nul',
        'for /r src %%f in (*.cs) do echo %%~nxf',
        'robocopy docs build\\docs /e /njh /njs',
        'popd',
      ],
    ],
    [
      'labels as functions',
      [
        '@echo off',
        'call :say "building"',
        'call :say "rd /s /q C:\\shop"',
        'goto :eof',
        ':say',
        'echo %~1',
        'exit /b',
        ':never',
        'rd /s /q C:\\shop',
      ],
    ],
    [
      'comments and text',
      ['rem rd /s /q C:\\', ':: del /s /q C:\\shop', 'echo rd /s /q C:\\ ^& del *', 'echo.', 'title format D:'],
    ],
    [
      'a counter and a temporary file',
      [
        '@echo off',
        'setlocal',
        'set /a n=0',
        'set "out=%TEMP%\\orders-%RANDOM%.txt"',
        'for /f "usebackq delims=" %%l in (`git status --short`) do set /a n+=1',
        'echo %n% > "%out%"',
        'type "%out%"',
        'del "%out%"',
        'endlocal & exit /b %n%',
      ],
    ],
    [
      'npm steps',
      ['call npm ci || exit /b 1', 'call npm run build && call npm test', 'if %errorlevel% neq 0 exit /b %errorlevel%'],
    ],
    [
      'starts a program',
      [
        '@if "%DEBUG%"=="" @echo off',
        'start "" /b node server.js',
        'timeout /t 2 /nobreak >nul',
        'curl -s http://localhost:3000/health',
      ],
    ],
    [
      'a choice',
      ['set /p answer=Continue? ', 'if /i "%answer%"=="y" (', '  dotnet test', ') else (', '  echo skipped', ')'],
    ],
    [
      'a wrapper of Gradle',
      [
        'set DIRNAME=%~dp0',
        'if "%DIRNAME%"=="" set DIRNAME=.',
        'set CLASSPATH=%DIRNAME%\\gradle\\wrapper\\gradle-wrapper.jar',
        '"%JAVA_HOME%/bin/java.exe" -classpath "%CLASSPATH%" org.gradle.wrapper.GradleWrapperMain %*',
      ],
    ],
    [
      'a make.bat for docs',
      [
        'pushd %~dp0',
        'set BUILDDIR=_build',
        'if "%1" == "clean" (',
        'rmdir /q /s %BUILDDIR%',
        'goto end',
        ')',
        'sphinx-build -M %1 . %BUILDDIR%',
        ':end',
        'popd',
      ],
    ],
  ])('%s', async (_what, lines) => expect(await run(lines)).toBe('run'));
});

describe('destructive batch files are held', () => {
  test.each([
    ['3', ['@echo off', 'set ROOT=C:\\shop', 'rd /s /q "%ROOT%\\uploads"']],
    ['3', ['@echo off', 'for %%d in (uploads exports) do (', '  rmdir /s /q D:\\shop\\%%d', ')']],
    ['1', ['del /f /s /q C:\\shop\\*.*']],
    ['5', ['@echo off', 'call :wipe C:\\shop', 'exit /b', ':wipe', 'rd /s /q %1']],
    ['1', ['for /f "delims=" %%f in (list.txt) do del /f /q "C:\\shop\\%%f"']],
    ['2', ['if not defined KEEP (', '  format E: /fs:ntfs /q /y', ')']],
    ['1', ['powershell -NoProfile -Command "Remove-Item C:\\shop -Recurse -Force"']],
    ['2', ['cd /d C:\\shop || exit /b', 'git clean -fdx && git reset --hard']],
    ['1', ['sqlcmd -S db1 -Q "DROP DATABASE orders"']],
    ['1', ['reg delete HKLM\\Software\\Acme /f']],
    ['1', ['robocopy C:\\empty C:\\shop /mir']],
    ['2', ['set CMD=rd /s /q', '%CMD% C:\\shop']],
    ['1', ['vssadmin delete shadows /all /quiet']],
    ['3', ['setlocal enabledelayedexpansion', 'set T=C:\\shop', 'if exist !T! rd /s /q !T!']],
    ['1', ['curl -X DELETE https://api.acme.com/v1/volumes/7']],
    ['2', ['pushd C:\\shop', 'for /d %%d in (*) do rd /s /q "%%d"', 'popd']],
  ])('line %s of %j', async (expected, lines) => expect(await run(lines)).toBe(expected));
});
