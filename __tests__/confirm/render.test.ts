import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { widthOf } from '../../src/confirm/escape.ts';
import { renderQuestion, wantsColor } from '../../src/confirm/render.ts';
import { orders, volumeDelete, worst } from './support/questions.ts';

const plain = { columns: 80, rows: 24, color: false };
const text = (question: typeof orders, screen = plain) => renderQuestion(question, screen, 6).join('\n');

describe('a question fits on the screen', () => {
  test.each([
    ['worst', worst, 80, 24],
    ['incident', volumeDelete, 80, 24],
    ['ordinary', orders, 80, 24],
    ['worst, wide', worst, 200, 24],
    ['worst, high', worst, 80, 60],
    ['worst, long command alone', { ...orders, command: worst.command }, 80, 24],
    ['worst, hostile command', { ...worst, command: '\x1b\u202e\n'.repeat(4_000) }, 80, 24],
    ['worst, wide characters', { ...worst, undo: '\u6ce8\u6587'.repeat(200), command: '\u6ce8'.repeat(4_000) }, 80, 24],
    ['incident, small', volumeDelete, 60, 20],
  ])('%s', (_name, question, columns, rows) => {
    const lines = renderQuestion(question, { columns, rows, color: false }, 6);
    expect(lines.length + 6 + 1).toBeLessThanOrEqual(rows);
    expect(Math.max(...lines.map(widthOf))).toBeLessThan(columns);
  });
});

test('colours take no room', () => {
  const colored = renderQuestion(worst, { ...plain, color: true }, 6).map((line) => stripVTControlCharacters(line));
  expect(colored).toEqual(renderQuestion(worst, plain, 6));
});

describe('the banner says where by name and by colour', () => {
  test.each([
    ['production', '41'],
    ['staging', '43'],
    ['unknown', '45'],
    ['development', '7'],
    ['local', '7'],
  ] as const)('%s', (environment, code) => {
    const question = { ...orders, where: { ...orders.where, environment } };
    const banner = renderQuestion(question, { ...plain, color: true }, 6)[0] ?? '';
    expect(banner).toContain(` ${environment.toUpperCase()} `);
    expect(banner).toContain(`\x1b[${code}m`);
    expect(renderQuestion(question, plain, 6)[0]).not.toContain('\x1b');
  });
});

describe('the five lines', () => {
  test.each([
    ['what', 'volume acme-db-data'],
    ['its size', '50 GB, 14 backups stored inside it (Railway API'],
    ['where', 'production: the volume is attached to production (Railway API'],
    ['scope', 'this session is for staging; this command hits production'],
    ['with', 'Railway API token \u20269f2c, scripts/domains/.env:4'],
    ['foreign', 'not part of this task: registered for the domain registrar'],
    ['undo', 'Railway keeps it 48 h'],
    ['safer', 'railway volume backup create'],
  ])('%s', (_name, shown) => {
    expect(text(volumeDelete)).toContain(shown);
  });
  test('unknown is said as unknown', () => {
    const where = { environment: 'unknown', evidence: [], scope: undefined } as const;
    expect(text({ ...orders, where })).toContain('unknown: nothing found says where this goes');
  });
  test('the scope is still said where evidence fills the screen', () => {
    expect(text(worst)).toContain('this session is for staging');
  });
  test('no credential, no line', () => {
    expect(text(orders)).not.toMatch(/^ *with/m);
  });
});

test.each([
  ['title', { ...orders, what: { ...orders.what, title: 'Drops\x1b[2J' } }],
  ['target', { ...orders, what: { ...orders.what, target: { kind: 'table', name: 'or\x1b]0;x\x07ders' } } }],
  ['evidence', { ...orders, where: { ...orders.where, evidence: [{ claim: '\x1b[H', source: '\r' }] } }],
  ['folder', { ...orders, cwd: '/srv/\u202eacme' }],
  ['command', { ...orders, command: 'ls \x1b[8m; rm -rf /' }],
  ['agent', { ...orders, agent: 'a\x07' }],
  ['further', { ...orders, further: ['\x1b[31m'] }],
])('nothing hostile in the %s reaches the terminal', (_name, question) => {
  expect(text(question)).not.toMatch(/[\x00-\x09\x0b-\x1f\u202e]/);
});

test.each([
  [{ TERM: 'xterm-256color' }, true],
  [{ TERM: 'xterm', NO_COLOR: '1' }, false],
  [{ TERM: 'xterm', NO_COLOR: '' }, true],
  [{ TERM: 'dumb' }, false],
  [{}, false],
])('colour with %j', (env, color) => {
  expect(wantsColor(env)).toBe(color);
});
