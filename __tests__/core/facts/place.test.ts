// Places: zone and nature of a path, by its text alone.
import { describe, expect, test } from '@jest/globals';
import { natureOf, zoneOf } from '../../../src/core/facts/place.ts';
import { dynamicWord, staticWord, type Word } from '../../../src/core/model/word.ts';

const nowhere = { cwd: dynamicWord('.', [null]), home: undefined };
const project = { cwd: staticWord('/home/ada/acme'), home: '/home/ada' };
const word = (text: string): Word => staticWord(text, /[*?[]/.test(text));

describe('zones without a known folder', () => {
  test.each([
    ['/', 'root'],
    ['/*', 'root'],
    ['/*/*', 'root'],
    ['/etc', 'system'],
    ['/usr/local/lib/*', 'system'],
    ['/opt', 'system'],
    ['/opt/orders/app', 'elsewhere'],
    ['/srv/orders', 'elsewhere'],
    ['/mnt/share', 'elsewhere'],
    ['~', 'home'],
    ['~/', 'home'],
    ['~/*', 'home'],
    ['~/.*', 'home'],
    ['~bob', 'home'],
    ['/root', 'home'],
    ['/home/ada', 'home'],
    ['/Users/ada/*', 'home'],
    ['~/notes', 'home-entry'],
    ['/root/orders', 'home-entry'],
    ['.', 'workdir'],
    ['*', 'workdir'],
    ['./*', 'workdir'],
    ['.[!.]*', 'workdir'],
    ['..', 'parent'],
    ['../*', 'parent'],
    ['../orders', 'parent'],
    ['src', 'project'],
    ['./src/*', 'project'],
    ['src/*.ts', 'project'],
    ['/tmp', 'temp'],
    ['/tmp/orders', 'temp'],
    ['/var/tmp/x', 'temp'],
    ['/dev/shm/x', 'temp'],
    ['/dev/null', 'temp'],
    ['/dev/tcp/acme.com/80', 'temp'],
    ['/dev/ttyUSB0', 'temp'],
    ['/dev/sda', 'device'],
    ['/dev/mapper/acme-orders', 'device'],
    ['/proc/sysrq-trigger', 'device'],
    ['C:\\', 'root'],
    ['C:\\Windows\\System32', 'system'],
    ['C:\\Users\\ada', 'home'],
    ['/tmp/../etc', 'system'],
  ])('%s is %s', (path, zone) => expect(zoneOf(word(path), nowhere)).toBe(zone));
});

describe('zones from a project folder', () => {
  test.each([
    ['.', 'workdir'],
    ['/home/ada/acme', 'workdir'],
    ['..', 'home'],
    ['../orders', 'home-entry'],
    ['src', 'project'],
    ['/home/ada', 'home'],
    ['/home', 'home'],
    ['/home/ada/acme/src', 'project'],
    ['/home/ada/notes', 'home-entry'],
    ['/', 'root'],
  ])('%s is %s', (path, zone) => expect(zoneOf(word(path), project)).toBe(zone));
});

describe('zones of words that are partly known', () => {
  test.each<[string, Word, string]>([
    ['a variable', dynamicWord('$DIR'), 'unknown'],
    ['below a variable', dynamicWord('$DIR/x', [null, '/x']), 'unknown'],
    ['a variable for temporary files', dynamicWord('$TMPDIR/x', [null, '/x']), 'temp'],
    ['mktemp', dynamicWord('$(mktemp -d)', ['/tmp/', null]), 'temp'],
    ['found below the folder', dynamicWord('(found in .)', ['./', null]), 'project'],
    ['found below home', dynamicWord('(found in ~)', ['~/', null]), 'home-entry'],
    ['found below /etc', dynamicWord('(found in /etc)', ['/etc/', null]), 'system'],
    ['right behind the root', dynamicWord('/$DIR', ['/', null]), 'unknown'],
  ])('%s', (_name, path, zone) => expect(zoneOf(path, nowhere)).toBe(zone));
  test('behind cd into a fresh folder', () =>
    expect(zoneOf(word('*'), { cwd: dynamicWord('$work', ['/tmp/', null]), home: undefined })).toBe('temp'));
});

describe('natures', () => {
  test.each([
    ['node_modules', 'build'],
    ['web/dist/app.js', 'build'],
    ['src/main.o', 'build'],
    ['.DS_Store', 'build'],
    ['a.out', 'build'],
    ['.cache/pip', 'cache'],
    ['/var/cache/apt', 'cache'],
    ['tmp', 'scratch'],
    ['tmp/orders.csv', 'scratch'],
    ['tmp_orders.py', 'scratch'],
    ['test_orders.py', 'scratch'],
    ['debug_cart.js', 'scratch'],
    ['orders.bak', 'scratch'],
    ['orders.txt~', 'scratch'],
    ['app.pid', 'scratch'],
    ['app.log', 'log'],
    ['/var/log/nginx', 'log'],
    ['.git', 'vcs'],
    ['.git/hooks', 'vcs'],
    ['.git/index.lock', 'scratch'],
    ['backups', 'backup'],
    ['backups/monday.tar.gz', 'backup'],
    ['orders.dump', 'backup'],
    ['orders.sql', 'backup'],
    ['shop.sqlite3', 'database'],
    ['/var/lib/postgresql/16/main', 'database'],
    ['orders.csv', 'data'],
    ['photos', 'data'],
    ['model.safetensors', 'data'],
    ['.env', 'secret'],
    ['.env.production', 'secret'],
    ['.env.example', 'folder'],
    ['/home/ada/.ssh/config', 'secret'],
    ['user_secrets.txt', 'secret'],
    ['scan_secrets.py', 'source'],
    ['terraform.tfstate', 'state'],
    ['/usr/bin/curl', 'program'],
    ['/lib/x86_64-linux-gnu/libc.so.6', 'program'],
    ['/usr/lib/python3', 'folder'],
    ['src/orders.ts', 'source'],
    ['tests', 'folder'],
    ['test', 'folder'],
    ['template.html', 'source'],
    ['temperature.cfg', 'plain'],
    ['orders.cfg', 'plain'],
    ['services', 'folder'],
    ['.guardrc', 'guard'],
    ['/home/ada/.config/guard/config.yaml', 'guard'],
    ['/home/ada/.claude/settings.json', 'guard'],
    ['guardrails', 'folder'],
    ['/tmp/../srv/orders', 'folder'],
  ])('%s is %s', (path, nature) => expect(natureOf(word(path), nowhere)).toBe(nature));
  test.each<[string, Word, string]>([
    ['$BUILD_DIR', dynamicWord('$BUILD_DIR'), 'build'],
    ['$cache', dynamicWord('$cache'), 'cache'],
    ['$tmp_out', dynamicWord('$tmp_out'), 'scratch'],
    ['$DIR', dynamicWord('$DIR'), 'plain'],
    ['$DIR/*.pyc', dynamicWord('$DIR/*.pyc', [null, '/', null, '.pyc']), 'build'],
    ['$DIR/orders.csv', dynamicWord('$DIR/orders.csv', [null, '/orders.csv']), 'data'],
  ])('%s', (_name, path, nature) => expect(natureOf(path, nowhere)).toBe(nature));
});
