// guard check: rows in, rows out, in order, and exit codes that a script can rely upon.
import { once } from 'node:events';
import { afterAll, describe, expect, test } from '@jest/globals';
import { Place, rowsOf } from './guard.ts';

const place = new Place();
afterAll(() => place.remove());

const check = (...rows: unknown[]) =>
  place.guard(['check'], {
    input: rows.map((row) => (typeof row === 'string' ? row : JSON.stringify(row))).join('\n'),
  });

const volumeDelete = 'railway volume delete --yes';

describe('rows', () => {
  const cases: readonly (readonly [name: string, row: Record<string, unknown>, verdict: string])[] = [
    ['a harmless command', { command: 'ls -la' }, 'run'],
    ['a destructive one', { command: volumeDelete }, 'ask'],
    ['the same as a text', { command: `echo '${volumeDelete}'` }, 'run'],
    ['a script that is given', { command: 'sh a.sh', cwd: '/w', files: { '/w/a.sh': volumeDelete } }, 'ask'],
    ['a harmless script that is given', { command: 'sh a.sh', cwd: '/w', files: { '/w/a.sh': 'ls' } }, 'run'],
    ['files without a folder stand at the root', { command: 'sh a.sh', files: { '/a.sh': volumeDelete } }, 'ask'],
    ['a variable that is given', { command: '$TOOL volume delete', env: { TOOL: 'railway' } }, 'ask'],
    ['a key that nobody knows', { command: 'ls', error: 'mine', verdict: 'deny' }, 'run'],
    ['an empty command', { command: '' }, 'run'],
  ];
  const { stdout, stderr, status } = check(...cases.map(([, row], index) => ({ ...row, id: index })));
  const answers = rowsOf(stdout);

  test('each row has its answer, in order, and nothing is on stderr', () => {
    expect(answers.map(({ id }) => id)).toEqual(cases.map((_, index) => index));
    expect([status, stderr]).toEqual([0, '']);
  });

  test.each(cases.map(([name, , verdict], index) => [name, index, verdict] as const))('%s', (_, index, verdict) => {
    expect(answers[index]?.verdict).toBe(verdict);
  });

  test('a held row says why, where and how hard', () => {
    expect(answers[1]).toMatchObject({
      severity: 'critical',
      rules: ['railway/volume-delete'],
      environment: { name: 'unknown' },
      challenge: 'typed+factor',
    });
    expect(answers[0]).toEqual({
      id: 0,
      verdict: 'run',
      rules: [],
      environment: { name: 'unknown', evidence: [] },
      challenge: 'none',
      ms: expect.any(Number),
    });
  });
});

describe('bad rows', () => {
  const cases: readonly (readonly [row: string, error: string])[] = [
    ['{"id":"1"', 'not JSON'],
    ['[]', 'expected a JSON object'],
    ['null', 'expected a JSON object'],
    ['{"id":"1"}', '"command"'],
    ['{"command":7}', '"command"'],
    ['{"command":"ls","cwd":"w"}', '"cwd"'],
    ['{"command":"ls","env":{"X":1}}', '"env"'],
    ['{"command":"ls","env":["X"]}', '"env"'],
    ['{"command":"ls","files":"a"}', '"files"'],
    ['{"command":"ls","id":{}}', '"id"'],
  ];
  const { stdout, status } = check(...cases.map(([row]) => row), '', { command: 'ls', id: 'last' });
  const answers = rowsOf(stdout);

  test.each(cases.map(([row, error], index) => [row, error, index] as const))('%s', (_, error, index) => {
    expect(answers[index]).toMatchObject({ line: index + 1, error: expect.stringContaining(error) });
  });

  test('the rows behind them are judged, and the exit code is 2', () => {
    expect(answers.at(-1)).toMatchObject({ id: 'last', verdict: 'run' });
    expect([answers.length, status]).toEqual([cases.length + 1, 2]);
  });

  test('an error keeps the id of its row', () => {
    expect(answers[3]).toMatchObject({ id: '1' });
  });
});

describe('one command line', () => {
  test.each([
    ['ls -la', 0, 'run'],
    [volumeDelete, 1, 'ask'],
  ])('%s ends with %i', (line, code, verdict) => {
    const { status, stdout } = place.guard(['check', line]);
    expect([status, rowsOf(stdout)[0]?.verdict]).toEqual([code, verdict]);
  });

  test('nothing of this machine is read', () => {
    place.put('wipe.sh', volumeDelete);
    expect(place.guard(['check', 'sh wipe.sh']).status).toBe(place.guard(['check', 'sh not-there.sh']).status);
  });
});

describe('a stream', () => {
  test('a row is answered before the next one is written', async () => {
    const child = place.start(['check']);
    const seen: string[] = [];
    for (const id of ['first', 'second']) {
      child.stdin.write(`${JSON.stringify({ id, command: 'ls' })}\n`);
      const [data] = (await once(child.stdout, 'data')) as [Buffer];
      seen.push(String(rowsOf(data.toString())[0]?.id));
    }
    child.stdin.end();
    await once(child, 'close');
    expect(seen).toEqual(['first', 'second']);
  });

  test('more than a pipe holds arrives whole at a reader that starts late', async () => {
    const child = place.start(['check']);
    const rows = Array.from({ length: 2_000 }, (_, id) => `${JSON.stringify({ id, command: `echo ${id}` })}\n`);
    child.stdin.end(rows.join(''));
    await new Promise((resolve) => setTimeout(resolve, 300));
    const answers = rowsOf(Buffer.concat(await child.stdout.toArray()).toString());
    expect(answers.map(({ id }) => id)).toEqual(rows.map((_, index) => index));
  });

  test('a reader that goes away ends it without a word', async () => {
    const child = place.start(['check']);
    let said = '';
    child.stderr.on('data', (data: Buffer) => {
      said += data.toString();
    });
    child.stdin.on('error', () => undefined);
    child.stdout.destroy();
    child.stdin.end(`${JSON.stringify({ command: 'ls' })}\n`.repeat(500));
    const [code] = (await once(child, 'close')) as [number];
    expect([code, said]).toEqual([0, '']);
  });
});
