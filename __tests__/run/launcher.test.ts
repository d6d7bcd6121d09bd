// The evaluator's answer. That a question goes away with its launcher is shown with real processes in conformance/.
import { describe, expect, test } from '@jest/globals';
import { answerRun, watchLauncher } from '../../src/run/launcher.ts';

describe('the answer', () => {
  test('without and with a copy of stdin', () => {
    expect(answerRun('/bin/bash')).toBe('run\n/bin/bash\n');
    expect(answerRun('/bin/bash', '/state/a b')).toBe('run\n/bin/bash\n/state/a b\n');
  });

  test.each([
    ['a relative shell', 'bash', undefined],
    ['a newline in the shell', '/bin/ba\nsh', undefined],
    ['a NUL in the shell', '/bin/ba\0sh', undefined],
    ['a relative copy', '/bin/bash', 'spool'],
    ['a newline in the copy', '/bin/bash', '/state/a\nb'],
    ['an empty copy', '/bin/bash', ''],
  ])('%s is an error', (_, shell, spool) => {
    expect(() => answerRun(shell, spool)).toThrow();
  });
});

describe('watching', () => {
  const watch = (launcher: number) =>
    new Promise<string>((done) => {
      const stop = watchLauncher(() => done('gone'), launcher, 5);
      setTimeout(() => {
        stop();
        done('there');
      }, 60);
    });

  test('a parent that is there', async () => expect(await watch(process.ppid)).toBe('there'));
  test('a launcher that was gone before the first look', async () =>
    expect(await watch(process.ppid + 1)).toBe('gone'));
});
