// Listeners: the process behind a port of this machine, by /proc and by lsof.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer, type Server } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { observer } from '../../src/observe/index.ts';
import { findWithLsof, socketsOn } from '../../src/observe/listener.ts';

let server: Server;
let port: number;

beforeAll(async () => {
  server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

const observe = observer({ lookups: false });
const onLinux = process.platform === 'linux' ? test : test.skip;

describe('by /proc', () => {
  onLinux('this process is found on its own port', async () => {
    const answer = await observe({ kind: 'listener', port });
    expect(answer).toMatchObject({ kind: 'process' });
    expect(answer.kind === 'process' && answer.command).toContain('jest');
  });

  onLinux('a port that nobody listens on is free', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const free = (other.address() as AddressInfo).port;
    await new Promise((resolve) => other.close(resolve));
    expect(await observe({ kind: 'listener', port: free })).toEqual({ kind: 'absent' });
  });

  onLinux('another process is found with its arguments', async () => {
    const script =
      "require('node:net').createServer().listen(0,'127.0.0.1',function(){console.log(this.address().port)})";
    const child = spawn(process.execPath, ['-e', script, 'db.acme-prod.com'], { stdio: ['ignore', 'pipe', 'ignore'] });
    const given = await new Promise<number>((resolve) =>
      child.stdout.once('data', (data) => resolve(Number(String(data)))),
    );
    const answer = await observe({ kind: 'listener', port: given });
    child.kill();
    expect(answer.kind === 'process' && answer.command).toContain('db.acme-prod.com');
  });
});

const table = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:1538 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 4242 1
   1: 0100007F:1538 0100007F:C350 01 00000000:00000000 00:00000000 00000000  1000        0 4243 1
   2: 00000000:0016 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 17 1`;

test.each<[number, string[]]>([
  [5432, ['socket:[4242]']],
  [22, ['socket:[17]']],
  [50000, []],
  [5, []],
])('sockets that listen on %i', (wanted, sockets) => {
  expect(socketsOn(table, wanted)).toEqual(sockets);
});

describe('by lsof', () => {
  const lsof = ['/usr/sbin/lsof', '/usr/bin/lsof'].find((path) => existsSync(path));
  (lsof === undefined ? test.skip : test)('this process is found on its own port', async () => {
    const answer = await findWithLsof(port, lsof ?? '');
    expect(answer.kind === 'process' && answer.command).toContain('jest');
  });

  test('without lsof the answer is a failure', async () => {
    expect(await findWithLsof(port, '/nonexistent/lsof')).toMatchObject({ kind: 'failed', reason: 'error' });
  });
});
