// Mounts: what happens under a mounted folder happens to the folder of this machine.
import { describe, expect, test } from '@jest/globals';
import { filesIn } from '../facts/listing.ts';
import { type Given, stubs } from './listing.ts';

const given: Given = { cwd: '/home/ada/acme', env: { HOME: '/home/ada' } };

describe('file facts', () => {
  test.each<[string, readonly string[]]>([
    ['docker run -v /:/host alpine rm -rf /host/etc', ['delete system folder recursive']],
    ['docker run -v /:/host alpine rm -rf /host', ['delete root folder recursive']],
    ["docker run --volume=/srv/shop:/data alpine sh -c 'rm -rf /data/orders'", ['delete elsewhere folder recursive']],
    ['docker run -v "$PWD":/w -w /w node rm -rf src', ['delete project folder recursive']],
    ['docker run -v .:/w node rm -rf /w/dist', ['delete project build recursive']],
    ['docker run --mount type=bind,src=/home/ada,dst=/tmp/h alpine rm -rf /tmp/h', ['delete home folder recursive']],
    ['podman run -v /home/ada/acme:/w:z alpine rm /w/app.ts', ['delete project source']],
    ['chroot /mnt/old rm -rf /home', ['delete elsewhere folder recursive']],
    ['docker run --rm alpine rm -rf /tmp/x', []],
    ['docker run -v pgdata:/tmp/x alpine rm -rf /tmp/x/a', ['delete temp scratch recursive']],
    ['docker run -v /etc:/tmp/etc:ro alpine rm -rf /tmp/etc', ['delete temp scratch recursive']],
    ['docker run -v /etc:/conf alpine cat /conf/hosts', []],
  ])('%s', (command, expected) => expect(filesIn(command, given)).toEqual(expected));
});

test('a script of this machine is read through its mount', () =>
  expect(
    stubs('docker run -v "$PWD":/w -w /w alpine sh job.sh', { files: { '/home/ada/acme/job.sh': 'c1 own\n' } }),
  ).toEqual(['c1 own']));

test('a script inside of the image is not looked for on this machine', () =>
  expect(stubs('docker run alpine sh job.sh', { files: { '/home/ada/acme/job.sh': 'c1 own\n' } })).toEqual([]));
