// Identifiers: their words, and the verbs of subcommands.
import { describe, expect, test } from '@jest/globals';
import { identifierWords, isHarmlessVerb, verbsOf } from '../../../src/core/rules/identifier.ts';

describe('words of an identifier', () => {
  test.each([
    ['volumeDelete', 'volume delete'],
    ['delete-bucket', 'delete bucket'],
    ['sites:delete', 'sites delete'],
    ['DELETE_ALL', 'delete all'],
    ['deleteDBInstance', 'delete db instance'],
    ['ecto.drop', 'ecto drop'],
    ['undeleted', 'undeleted'],
    ['', ''],
  ])('%s', (text, expected) => expect(identifierWords(text).join(' ')).toBe(expected));
});

describe('verbs of a subcommand', () => {
  test.each([
    ['delete', 'delete'],
    ['delete-bucket', 'delete'],
    ['DeleteInstance', 'delete'],
    ['batch-delete-image', 'delete'],
    ['admin-delete-user', 'delete'],
    ['pg:backups:delete', 'pg delete'],
    ['ecto.drop', 'drop'],
    ['delete.sh', 'sh'],
    ['soft-delete', 'soft'],
    ['./delete', ''],
    ['42', ''],
    ['a=delete', ''],
  ])('%s', (word, expected) => expect(verbsOf(word).join(' ')).toBe(expected));
});

describe('harmless verbs', () => {
  test.each(['list', 'describe-instances', 'create', 'getItem', 'batch-get-item', 'ls'])('%s', (word) =>
    expect(isHarmlessVerb(word)).toBe(true),
  );
  test.each(['delete', 'run', 'instances', 'batch-delete-image', 'settings'])('%s is none', (word) =>
    expect(isHarmlessVerb(word)).toBe(false),
  );
});
