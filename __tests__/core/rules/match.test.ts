// Matching: which commands a rule for a program, for a verb, or for any program meets.
import { describe, expect, test } from '@jest/globals';
import type { GraphqlFact } from '../../../src/core/model/fact.ts';
import type { CommandMatcher, Matcher, Rule } from '../../../src/core/model/rule.ts';
import { dynamicWord, staticWord } from '../../../src/core/model/word.ts';
import { ruleSetOf } from '../../../src/core/rules/document.ts';
import { isLocalHost, matches, matchingRules } from '../../../src/core/rules/match.ts';
import { factOf } from '../programs/fact.ts';

const matcher = (conditions: CommandMatcher) => ({ kind: 'command', ...conditions }) as const;
const rule = (id: string, conditions: CommandMatcher): Rule => ({
  id,
  title: id,
  severity: 'medium',
  why: '',
  undo: '',
  safer: undefined,
  target: 'machine',
  matchers: [matcher(conditions)],
  references: [],
});

describe('verbs', () => {
  const destructive = matcher({ name: ['gcloud', 'aws', 'doctl', 'heroku'], verb: ['delete', 'reset'] });
  test.each([
    'gcloud compute instances delete web',
    'aws lambda delete-function',
    'aws ecr batch-delete-image',
    'doctl compute droplet rm web',
    'heroku pg:reset',
  ])('%s', (line) => expect(matches(factOf(line), destructive)).toBe(true));
  test.each([
    'gcloud compute instances create delete-me',
    'gcloud compute instances list delete',
    'aws iam create-role delete-later',
    'aws lambda list-functions delete',
    'doctl compute droplet list rm',
    'gcloud compute instances delete web --help',
    'kubectl delete ns shop',
  ])('%s is none', (line) => expect(matches(factOf(line), destructive)).toBe(false));
});

describe('exceptions', () => {
  const generic = matcher({ name: ['az'], verb: ['delete'], notSubcommand: ['lock', 'network nsg rule'] });
  test('what is not excepted', () => expect(matches(factOf('az vm delete'), generic)).toBe(true));
  test.each(['az lock delete', 'az network nsg rule delete'])('%s is excepted', (line) =>
    expect(matches(factOf(line), generic)).toBe(false),
  );
});

describe('rules for any program', () => {
  const set = ruleSetOf(
    [rule('any', { name: ['*'], verb: ['delete'] }), rule('gh', { name: ['gh'], subcommand: ['cache delete'] })],
    'test',
  );
  test.each([
    ['shopctl delete tenant', 'any'],
    ['/usr/local/bin/shopctl delete tenant', 'any'],
    ['gh label delete bug', 'any'],
    ['gh cache delete', 'gh'],
    ['./shopctl delete tenant', ''],
    ['bin/shopctl delete tenant', ''],
    ['echo delete', ''],
    ['uv run delete', ''],
    ['shopctl create delete', ''],
    ['shopctl delete.sh', ''],
  ])('%s', (line, expected) =>
    expect(
      matchingRules(factOf(line), set)
        .map(({ id }) => id)
        .join(),
    ).toBe(expected),
  );
  test('their verbs are words of the lexical scan', () => expect(set.words).toEqual(['delete', 'gh']));
});

describe('rules for any service', () => {
  const graphql = (field: string, host: string) =>
    ({
      kind: 'graphql',
      operation: 'mutation',
      field,
      host: staticWord(host),
      arguments: {},
    }) as unknown as GraphqlFact;
  const general: Matcher = { kind: 'graphql', operation: ['mutation'], localHost: false, verb: ['delete'] };
  const special: Matcher = {
    kind: 'graphql',
    operation: ['mutation'],
    host: ['api.acme.com'],
    field: ['volumeDelete'],
  };
  const set = ruleSetOf(
    [
      { ...rule('general', { name: ['x'] }), matchers: [general] },
      { ...rule('special', { name: ['x'] }), matchers: [special] },
    ],
    'test',
  );
  test.each([
    ['volumeDelete', 'api.acme.com', 'special'],
    ['volumeDelete', 'api.shop.com', 'general'],
    ['softDeleteUser', 'api.shop.com', 'general'],
    ['delete_users_by_pk', 'api.shop.com', 'general'],
    ['volumeDelete', 'localhost', ''],
    ['projectScheduleDeleteCancel', 'api.shop.com', ''],
    ['volumeCreate', 'api.shop.com', ''],
    ['undeletedVolumes', 'api.shop.com', ''],
  ])('%s at %s', (field, host, expected) =>
    expect(
      matchingRules(graphql(field, host), set)
        .map(({ id }) => id)
        .join(),
    ).toBe(expected),
  );
});

describe('local hosts', () => {
  test.each(['localhost', 'api.localhost', '127.0.0.1', '127.8.9.1', '[::1]', '0.0.0.0', 'host.docker.internal'])(
    '%s',
    (host) => expect(isLocalHost(staticWord(host))).toBe(true),
  );
  test.each(['api.acme.com', 'localhost.acme.com', '10.0.0.4', ''])('%s is none', (host) =>
    expect(isLocalHost(staticWord(host))).toBe(false),
  );
  test('a host that is not known is none', () => expect(isLocalHost(dynamicWord('$HOST'))).toBe(false));
});
