// Scripts on standard input: what is read, what is left as it stood, and the copies.
import {
  closeSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { readStdinScript, removeOldSpools, writeSpool } from '../../src/run/stdin-script.ts';

const folder = mkdtempSync(join(tmpdir(), 'guard-stdin-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Opens a file with these bytes, read up to `offset`, for as long as `use` needs it. */
function withFile<T>(bytes: Buffer | string, offset: number, use: (descriptor: number) => T): T {
  const path = join(folder, 'script');
  writeFileSync(path, bytes);
  const descriptor = openSync(path, 'r');
  try {
    if (offset > 0) readSync(descriptor, Buffer.alloc(offset), 0, offset, null);
    return use(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

describe('reading', () => {
  const files: [string, Buffer | string, number, string][] = [
    ['a file', 'echo one\n', 0, 'echo one\n'],
    ['from where it stands', 'skipped\necho one\n', 8, 'echo one\n'],
    ['an empty file', '', 0, ''],
    ['a file at its end', 'echo one\n', 9, ''],
    ['no last newline', 'echo one', 0, 'echo one'],
    ['more than one chunk', 'x'.repeat(200_000), 0, 'x'.repeat(200_000)],
  ];
  test.each(files)('%s', (_, bytes, offset, text) => {
    const script = withFile(bytes, offset, (descriptor) => readStdinScript(1_000_000, descriptor));
    expect(script).toEqual({ kind: 'read', bytes: Buffer.from(text), consumed: false });
  });

  test('the offset of a file stays', () => {
    const next = withFile('echo one\n', 5, (descriptor) => {
      readStdinScript(1000, descriptor);
      const rest = Buffer.alloc(10);
      return rest.toString('utf8', 0, readSync(descriptor, rest, 0, 10, null));
    });
    expect(next).toBe('one\n');
  });

  test('bytes that are no text', () => {
    const bytes = Buffer.from([0, 255, 254, 10]);
    expect(withFile(bytes, 0, (descriptor) => readStdinScript(10, descriptor))).toMatchObject({ bytes });
  });

  test('what is no file is used up', () => {
    const descriptor = openSync('/dev/null', 'r');
    expect(readStdinScript(10, descriptor)).toEqual({ kind: 'read', bytes: Buffer.alloc(0), consumed: true });
    closeSync(descriptor);
  });

  test('a file at the limit is read, one byte more is too large', () => {
    const read = (bytes: number) =>
      withFile('x'.repeat(bytes), 0, (descriptor) => readStdinScript(100_000, descriptor).kind);
    expect([read(100_000), read(100_001)]).toEqual(['read', 'too-large']);
  });

  test('an endless input ends at the limit', () => {
    const descriptor = openSync('/dev/zero', 'r');
    expect(readStdinScript(200_000, descriptor)).toEqual({ kind: 'too-large', limit: 200_000 });
    closeSync(descriptor);
  });

  test('a folder, and nothing at all', () => {
    const descriptor = openSync(folder, 'r');
    expect(readStdinScript(10, descriptor).kind).toBe('unreadable');
    closeSync(descriptor);
    expect(readStdinScript(10, descriptor).kind).toBe('unreadable');
  });
});

describe('copies', () => {
  const spools = join(folder, 'spools');

  test('only their owner can read them, and they hold the very bytes', () => {
    const bytes = Buffer.from([0, 255, 10]);
    const path = writeSpool(spools, bytes);
    expect([statSync(spools).mode & 0o777, statSync(path).mode & 0o777]).toEqual([0o700, 0o600]);
    expect(readFileSync(path).equals(bytes)).toBe(true);
  });

  test('two copies do not meet', () => {
    expect(writeSpool(spools, Buffer.from('a'))).not.toBe(writeSpool(spools, Buffer.from('a')));
  });

  test('old copies go, young ones and other files stay', () => {
    const place = join(folder, 'old');
    const now = Date.now();
    const [old, young] = [writeSpool(place, Buffer.from('old')), writeSpool(place, Buffer.from('young'))];
    utimesSync(old, new Date(now - 7_200_000), new Date(now - 7_200_000));
    writeFileSync(join(place, 'note'), '');
    utimesSync(join(place, 'note'), 0, 0);
    removeOldSpools(place, now);
    expect(readdirSync(place).sort()).toEqual([young.slice(place.length + 1), 'note'].sort());
  });

  test('no folder is nothing to remove', () => {
    expect(() => removeOldSpools(join(folder, 'nothing'), Date.now())).not.toThrow();
  });
});
