// Zip archives: one entry is read, and what is damaged or no archive at all is an answer too.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { afterAll, describe, expect, test } from '@jest/globals';
import { readZipEntry } from '../../src/observe/zip.ts';

const folder = mkdtempSync(join(tmpdir(), 'guard-zip-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** An archive of entries, deflated or stored. Source: APPNOTE.TXT of PKWARE, 4.3. */
function zip(entries: Readonly<Record<string, string>>, method: 0 | 8, comment = ''): Buffer {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let offset = 0;
  for (const [name, text] of Object.entries(entries)) {
    const content = method === 0 ? Buffer.from(text, 'latin1') : deflateRawSync(Buffer.from(text, 'latin1'));
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(method, 8);
    local.writeUInt32LE(content.length, 18);
    local.writeUInt16LE(name.length, 26);
    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x02014b50, 0);
    central.writeUInt16LE(method, 10);
    central.writeUInt32LE(content.length, 20);
    central.writeUInt16LE(name.length, 28);
    central.writeUInt32LE(offset, 42);
    locals.push(local, Buffer.from(name), content);
    centrals.push(central, Buffer.from(name));
    offset += 30 + name.length + content.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt32LE(offset, 16);
  end.writeUInt16LE(comment.length, 20);
  return Buffer.concat([...locals, ...centrals, end, Buffer.from(comment)]);
}

const written = (name: string, bytes: Buffer | string): string => {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
};

describe('an entry is read', () => {
  test.each<[string, Buffer]>([
    ['deflated', zip({ tfstate: '{}', tfplan: '\x08\x03\xff' }, 8)],
    ['stored', zip({ tfplan: '\x08\x03\xff' }, 0)],
    ['commented', zip({ tfplan: '\x08\x03\xff' }, 8, 'made in june')],
  ])('%s', async (name, bytes) =>
    expect(await readZipEntry(written(name, bytes), 'tfplan')).toEqual({ kind: 'text', text: '\x08\x03\xff' }),
  );
});

describe('there is nothing to read', () => {
  const kindOf = async (path: string) => (await readZipEntry(path, 'tfplan')).kind;
  test('no such file', async () => expect(await kindOf(join(folder, 'gone'))).toBe('absent'));
  test('no such entry', async () => expect(await kindOf(written('other', zip({ a: 'b' }, 8)))).toBe('absent'));
  test('no archive', async () => expect(await kindOf(written('text', '{"resources":[]}'))).toBe('failed'));
  test('empty', async () => expect(await kindOf(written('empty', ''))).toBe('failed'));
  test('a folder', async () => expect(await kindOf(folder)).toBe('failed'));
  test('damaged', async () => {
    const bytes = zip({ tfplan: 'x'.repeat(500) }, 8);
    bytes.fill(0xff, 36, 44);
    expect(await kindOf(written('damaged', bytes))).toBe('failed');
  });
  test('larger than it says', async () =>
    expect(await kindOf(written('bomb', zip({ tfplan: '\0'.repeat(9 * 1024 * 1024) }, 8)))).toBe('failed'));
});
