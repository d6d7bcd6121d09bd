// Env facts: the variables that a command line sets, in front of a command or for what follows.
import { describe, expect, test } from '@jest/globals';
import { envFacts } from '../../../src/core/facts/env.ts';
import type { Invocation } from '../../../src/core/model/invocation.ts';
import { dynamicWord, showWord, staticWord } from '../../../src/core/model/word.ts';

const call = (name: string, args: readonly string[], assignments: Readonly<Record<string, string>> = {}): Invocation =>
  ({
    name,
    args: args.map((arg) =>
      arg.includes('$') ? dynamicWord(arg, [arg.slice(0, arg.indexOf('$')), null]) : staticWord(arg),
    ),
    assignments: Object.entries(assignments).map(([key, value]) => ({ name: key, value: staticWord(value) })),
  }) as unknown as Invocation;

const set = (invocation: Invocation): string[] =>
  envFacts(invocation).map(({ name, value }) => `${name}=${showWord(value)}`);

describe('variables that are set', () => {
  test.each<[string, Invocation, string]>([
    ['in front of a command', call('rails', ['db:version'], { RAILS_ENV: 'production' }), 'RAILS_ENV=production'],
    ['by export', call('export', ['RAILS_ENV=production', 'PORT=80']), 'RAILS_ENV=production PORT=80'],
    ['by env', call('env', ['-i', 'RAILS_ENV=production', 'rails']), 'RAILS_ENV=production'],
    ['to something unknown', call('export', ['RAILS_ENV=$STAGE']), 'RAILS_ENV=$RAILS_ENV'],
    ['with an equals sign inside', call('export', ['OPTS=a=b']), 'OPTS=a=b'],
  ])('%s', (_name, invocation, expected) => expect(set(invocation).join(' ')).toBe(expected));
});

describe('what sets nothing', () => {
  test.each<[string, Invocation]>([
    ['a bare name', call('export', ['RAILS_ENV'])],
    ['words of other programs', call('dd', ['if=a', 'of=b'])],
    ['options', call('export', ['-p', '-x=1'])],
    ['an unknown name', call('export', ['$NAME=1'])],
  ])('%s', (_name, invocation) => expect(set(invocation)).toEqual([]));
});
