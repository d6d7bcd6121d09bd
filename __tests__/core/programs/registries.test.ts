// A program has one grammar and one launcher: of two entries with one name, one would never be read.
import { describe, expect, test } from '@jest/globals';
import { clients } from '../../../src/core/generated/clients.ts';
import { launchers } from '../../../src/core/generated/launchers.ts';
import { programs } from '../../../src/core/generated/programs.ts';
import { lazyRegistry, type Registry, registryOf } from '../../../src/core/model/registry.ts';

const repeated = (names: readonly string[]): string[] => names.filter((name, index) => names.indexOf(name) !== index);
const shared = (registry: Registry<unknown>): readonly string[] =>
  registry.names.filter((name) => registry.get(name).length > 1);

describe('no name stands in two entries of one registry', () => {
  test('grammars', () => expect(repeated(programs.flatMap((entry) => [...entry.names]))).toEqual([]));
  test('launchers', () => expect(shared(launchers)).toEqual([]));
  test('HTTP clients', () => expect(shared(clients)).toEqual([]));
});

describe('a registry', () => {
  const sudo = { names: ['sudo', 'doas'] };
  const xargs = { names: ['xargs'] };
  const evaluated: string[] = [];
  const load = (label: string, parts: readonly { names: string[] }[]) => () => {
    evaluated.push(label);
    return parts;
  };
  const lazy = () =>
    lazyRegistry(
      { sudo: [0], doas: [0], xargs: [1] },
      [load('sudo', [sudo]), load('xargs', [xargs])],
      (part) => part.names,
    );

  test.each(['sudo', 'doas', 'xargs', 'ls', 'constructor', '__proto__'])(
    'finds the same for %s, lazy or not',
    (name) => {
      expect(lazy().get(name)).toEqual(registryOf([sudo, xargs], (part) => part.names).get(name));
    },
  );
  test('that is lazy evaluates what is asked for, once', () => {
    evaluated.length = 0;
    const registry = lazy();
    registry.get('doas');
    registry.get('sudo');
    expect(evaluated).toEqual(['sudo']);
  });
});
