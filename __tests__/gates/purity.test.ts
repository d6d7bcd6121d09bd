// The gate that keeps core pure, and the planted violations that prove it can fail.
import { describe, expect, test } from '@jest/globals';
import { purityViolations } from './purity.ts';
import { show, sourcesBelow } from './sources.ts';

const found = (text: string, path = 'src/core/facts/planted.ts') => show(purityViolations(new Map([[path, text]])));

describe('core is pure', () => {
  test('no file of src/core reaches out of it', () => {
    const sources = sourcesBelow('src/core');
    expect(sources.size).toBeGreaterThan(5);
    expect(show(purityViolations(sources))).toEqual([]);
  });
});

describe('a planted violation is caught', () => {
  test.each([
    [`import { readFileSync } from 'node:fs';`],
    [`import 'node:fs';`],
    [`import type { Stats } from 'node:fs';`],
    [`type Stats = import('node:fs').Stats;`],
    [`export { readFile } from 'fs/promises';`],
    [`import fs = require('node:fs');`],
    [`export const load = () => import('./other.ts');`],
    [`export const load = (name: string) => import(name);`],
    [`import { observe } from '../../observe/observe.ts';`],
    [`import { z } from 'yaml';`],
    [`import { parse } from 'unbash';`],
    [`import { parse } from 'graphql';`],
    [`const home = process.env.HOME;`],
    [`const { env } = process;`],
    [`export { process };`],
    [`const kept = { process };`],
    [`const now = Date.now();`],
    [`const now = new Date();`],
    [`class Clock extends Date {}`],
    [`const dice = Math.random();`],
    [`const dice = Math['random']();`],
    [`const { random } = Math;`],
    [`const answer = await fetch('https://api.acme-prod.com');`],
    [`setTimeout(() => undefined, 1);`],
    [`const started = performance.now();`],
    [`const fs = require('node:fs');`],
    [`eval('1');`],
    [`const run = new Function('return 1');`],
    [`const world = globalThis;`],
    [`const here = import.meta.url;`],
    [`console.log('orders');`],
    [`function later() { const Date = 1; return Date; }\nconst now = Date.now();`],
  ])('%s', (text) => {
    expect(found(text)).toHaveLength(1);
  });

  test('a parser is allowed in its own place only', () => {
    expect(found(`import { parse } from 'unbash';`, 'src/core/parse/adapter.ts')).toEqual([]);
    expect(found(`import { parse } from 'graphql/language/parser.js';`, 'src/core/payloads/graphql.ts')).toEqual([]);
    expect(found(`import { parse } from 'graphql';`, 'src/core/payloads/http.ts')).toHaveLength(1);
  });
});

describe('harmless text is left alone', () => {
  test.each([
    [`// process.env and Date.now() in a comment`],
    [`const text = "import 'node:fs'; process.exit()";`],
    [`const part = { type: 'process', process: 1, Date: 2 };`],
    [`const direction = part.process;`],
    [`function name(process: string) { return process; }`],
    [`const process = 'orders'; export const kept = { process };`],
    [`import { process } from './other.ts'; process();`],
    [`const biggest = Math.max(1, 2);`],
    [`interface Call { fetch(url: string): void; performance: number }`],
    [`let since: Date;`],
    [`export { process } from './other.ts';`],
    [`const orders = 1; export { orders as process };`],
    [`import type { Fact } from '../model/fact.ts';`],
  ])('%s', (text) => {
    expect(found(text)).toEqual([]);
  });
});
