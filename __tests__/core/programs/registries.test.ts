// A program has one grammar and one launcher: of two entries with one name, one would never be read.
import { describe, expect, test } from '@jest/globals';
import { clients } from '../../../src/core/generated/clients.ts';
import { launchers } from '../../../src/core/generated/launchers.ts';
import { programs } from '../../../src/core/generated/programs.ts';

const repeated = (entries: readonly { names: readonly string[] }[]): string[] => {
  const names = entries.flatMap((entry) => [...entry.names]);
  return names.filter((name, index) => names.indexOf(name) !== index);
};

describe('no name stands in two entries of one registry', () => {
  test('grammars', () => expect(repeated(programs)).toEqual([]));
  test('launchers', () => expect(repeated(launchers)).toEqual([]));
  test('HTTP clients', () => expect(repeated(clients)).toEqual([]));
});
