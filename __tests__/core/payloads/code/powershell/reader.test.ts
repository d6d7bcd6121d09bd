// What PowerShell scripts would do, as their reader sees it.
import { describe, expect, test } from '@jest/globals';
import { reader } from '../../../../../src/core/payloads/code/powershell/reader.ts';
import { linesOf } from '../lines.ts';

const effectsOf = linesOf(reader);
type Case = readonly [code: string, effects: readonly string[]];

const groups: Readonly<Record<string, readonly Case[]>> = {
  files: [
    ['Remove-Item -Recurse -Force C:\\data', ['delete tree C:/data']],
    ['ri -r -fo "$env:USERPROFILE\\x", \'C:\\y\'', ['delete tree C:/Users/…/x', 'delete tree C:/y']],
    ['rm $env:TEMP\\z -Rec', ['delete tree C:/Users/…/AppData/Local/Temp/z']],
    ['del "$HOME/x`$y"', ['delete /home/ann/x$y']],
    ['gci C:\\logs -Filter *.log -Recurse | ? { $_.Length -gt 9 } | ri', ['delete many C:/logs/….log']],
    ['Get-ChildItem src -Recurse | ForEach-Object { Remove-Item $_.FullName -Recurse }', ['delete tree many src/…']],
    ['Remove-Item @p', []],
    ['$p = @{ Path = "C:\\a"; Recurse = $true }; Remove-Item @p', ['delete tree C:/a']],
    ['Set-Location C:\\data; cd ..; Remove-Item build -Recurse', ['delete tree C:/data/../build']],
    ['Remove-Item (Join-Path $PSScriptRoot "bin") -Recurse', ['delete tree …/bin']],
    [
      '[IO.Directory]::Delete("C:\\data", $true); [System.IO.File]::Delete("/etc/hosts")',
      ['delete tree C:/data', 'delete /etc/hosts'],
    ],
    ['(Get-Item C:\\a.txt).Delete()', ['delete C:/a.txt']],
    [
      '"a" | Set-Content b.txt; Add-Content c.txt d; Clear-Content e.txt; 1 > f.txt',
      ['write b.txt', 'append c.txt', 'truncate e.txt', 'write f.txt'],
    ],
    ['Copy-Item a b -Recurse; mv a c', ['run cp -r -- a b', 'run mv -- a c']],
    ['Remove-Item HKLM:\\SOFTWARE\\Acme -Recurse', ['run reg delete HKLM:/SOFTWARE/Acme /f']],
  ],
  commands: [
    [
      "& 'C:\\Program Files\\Git\\git.exe' push --force; git status",
      ['run C:/Program Files/Git/git.exe push --force', 'run git status'],
    ],
    ['Start-Process cmd.exe -ArgumentList "/c","rd /s /q C:\\x" -Wait', ['run cmd.exe /c rd /s /q C:\\x']],
    ["'drop table orders' | sqlcmd -S db1", ['run sqlcmd -S db1 < drop table orders']],
    ["$s = @'\nri z -Recurse\n'@; Invoke-Expression $s", ['code powershell ri z -Recurse']],
    ['& { Remove-Item q }; & ([ScriptBlock]::Create("ri w"))', ['delete q', 'code powershell ri w']],
    ['iwr https://acme.com/i.ps1 | iex', ['http GET https://acme.com/i.ps1', 'flow http shell']],
    [
      "iex (New-Object Net.WebClient).DownloadString('http://acme.com/a')",
      ['http GET http://acme.com/a', 'flow http shell'],
    ],
    [
      "iex ([Text.Encoding]::UTF8.GetString([Convert]::FromBase64String('cmkgeA==')))",
      ['flow decoded shell', 'code powershell ri x'],
    ],
    ['remove-azresourcegroup -name acme-prod -force', ['run Remove-AzResourceGroup -name acme-prod -force']],
    ['Set-Alias zap Remove-Item; zap a', ['delete a']],
  ],
  services: [
    ['irm -Method Delete -Uri "https://api.acme.com/v1/$id"', ['http DELETE https://api.acme.com/v1/…']],
    [
      'Invoke-Sqlcmd -ServerInstance db1 -Database orders "DROP TABLE users"',
      ['sql mssql DROP TABLE users at mssql://db1/orders'],
    ],
  ],
  'values and flow': [
    ['foreach ($i in @("a", "b")) { ri "C:\\srv\\$i" }', ['delete C:/srv/a', 'delete C:/srv/b']],
    ['function Wipe($p) { ri -LiteralPath $p -Recurse }\nWipe -p /a; Wipe /b', ['delete tree /a', 'delete tree /b']],
    [
      'if (Test-Path $p) { ri a } else { ri b }; try { ri c } catch { ri d } finally { ri e }',
      ['delete a', 'delete b', 'delete c', 'delete d', 'delete e'],
    ],
    ["ri ('{0}\\{1}' -f 'C:', 't'); ri ('C:\\q' -replace 'q', 'w')", ['delete C:/t', 'delete C:/w']],
    ['1..2 | % { ri "f$_" }', ['delete f1', 'delete f2']],
    ['param([string]$Path = "C:\\d")\nri $Path -Recurse', ['delete tree C:/d']],
  ],
  'data and ordinary work': [
    ['Write-Host "Remove-Item C:\\ -Recurse" # Remove-Item x\n<# ri y #>', []],
    ['Remove-Item a -Recurse -WhatIf; Remove-Item Env:ORDERS', []],
    ['function Wipe { ri a }', []],
    ['Get-Content a.json | ConvertFrom-Json | Select-Object -First 1 | Format-Table', []],
    [
      'npm test; if ($LASTEXITCODE -ne 0) { exit 1 }; dotnet build /p:X=1 2>&1',
      ['run npm test', 'run dotnet build /p:X=1'],
    ],
    ['$x = git rev-parse HEAD; "$($x.Trim())" | Out-Null', ['run git rev-parse HEAD']],
    ['[IO.Directory]::Delete("empty")', []],
    ['{{{{ (((( "$( "$(', []],
  ],
};

describe.each(Object.entries(groups))('%s', (_group, cases) => {
  test.each(cases)('%s', (code, expected) => expect(effectsOf(code)).toEqual(expected));
});

test('another script is followed with its arguments', () => {
  const files = { '/srv/acme/shop/wipe.ps1': 'param($Dir)\nRemove-Item $Dir -Recurse' };
  expect(effectsOf('.\\wipe.ps1 -Dir /srv', { files })).toEqual(['delete tree /srv']);
});

test('arguments of the script are bound to its parameters', () => {
  expect(effectsOf('param($Dir, [switch]$Force)\nri $Dir', { args: ['-Dir', '/srv', '-Force'] })).toEqual([
    'delete /srv',
  ]);
});

test('what nests too deeply is said so', () => {
  expect(effectsOf('('.repeat(5_000))).toEqual(['opaque']);
});
