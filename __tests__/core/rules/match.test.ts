// Matching: which commands a rule for a program, for a verb, or for any program meets.
import { describe, expect, test } from '@jest/globals';
import type { CommandMatcher, Rule } from '../../../src/core/model/rule.ts';
import { ruleSetOf } from '../../../src/core/rules/document.ts';
import { isLocalHost, matches, matchingRules } from '../../../src/core/rules/match.ts';
import { dynamicWord, staticWord } from '../../../src/core/model/word.ts';
import { factOf } from '../programs/fact.ts';

const matcher = (conditions: CommandMatcher) => ({ kind: 'command', ...conditions }) as const;
const rule = (id: string, conditions: CommandMatcher): Rule => ({ id, title: id, severity: 'medium', why: '', undo: '', safer: undefined, target: 'machine', matchers: [matcher(conditions)], references: [] });

describe('verbs', () => {
  const destructive = matcher({ name: ['gcloud', 'aws', 'doctl', 'heroku'], verb: ['delete', 'reset'] });
  test.each(['gcloud compute instances delete web', 'aws lambda delete-function', 'aws ecr batch-delete-image', 'doctl compute droplet rm web', 'heroku pg:reset'])('%s', (line) =>
    expect(matches(factOf(line), destructive)).toBe(true),
  );
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
  test.each(['az lock delete', 'az network nsg rule delete'])('%s is excepted', (line) => expect(matches(factOf(line), generic)).toBe(false));
});

describe('rules for any program', () => {
  const set = ruleSetOf([rule('any', { name: ['*'], verb: ['delete'] }), rule('gh', { name: ['gh'], subcommand: ['cache delete'] })], 'test');
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
  ])('%s', (line, expected) => expect(matchingRules(factOf(line), set).map(({ id }) => id).join()).toBe(expected));
  test('their verbs are words of the lexical scan', () => expect(set.words).toEqual(['delete', 'gh']));
});

describe('local hosts', () => {
  test.each(['localhost', 'api.localhost', '127.0.0.1', '127.8.9.1', '[::1]', '0.0.0.0', 'host.docker.internal'])('%s', (host) => expect(isLocalHost(staticWord(host))).toBe(true));
  test.each(['api.acme.com', 'localhost.acme.com', '10.0.0.4', ''])('%s is none', (host) => expect(isLocalHost(staticWord(host))).toBe(false));
  test('a host that is not known is none', () => expect(isLocalHost(dynamicWord('$HOST'))).toBe(false));
});
