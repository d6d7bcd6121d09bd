// The rulebook: what stops a rule from being used, and what rules of a user may and may not change.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { defaultPolicy } from '../../src/core/model/policy.ts';
import type { RuleSet } from '../../src/core/model/rule.ts';
import { judge } from '../../src/judge.ts';
import { memoryObserver } from '../../src/observe/index.ts';
import { extendedRules, RulebookError } from '../../src/rulebook/extended.ts';
import { loadRulebook } from '../../src/rulebook/index.ts';
import { shippedRules } from '../../src/standards.ts';

const scratch = mkdtempSync(join(tmpdir(), 'guard-rules-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

let folders = 0;

/** A folder with one rule file. */
function ruleFolder(text: string, id = 'acme/orders-reset'): string {
  folders += 1;
  const folder = join(scratch, String(folders));
  const path = join(folder, `${id}.yaml`);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, text);
  return folder;
}

const rule = ({
  match = 'command: { name: orders, subcommand: reset }',
  yes = 'orders reset',
  no = 'orders list',
  more = '',
}) => `title: Resets the order book
severity: high
undo: Only from a dump
why: All open orders are lost.
target: machine
match:
  ${match}
examples:
  match:
    - ${yes}
  skip:
    - ${no}
${more}`;

const problemsOf = async (text: string, id?: string) =>
  (await loadRulebook([ruleFolder(text, id)])).problems.map(({ line, message }) => `${line}: ${message}`);

test('a rule whose examples hold every condition is taken', async () => {
  expect(await problemsOf(rule({}))).toEqual([]);
});

test.each([
  ['an unknown key', rule({ more: 'colour: red' }), /colour/],
  ['an unknown fact', rule({ match: 'kubernetes: { name: orders }' }), /kubernetes/],
  ['an unknown condition', rule({ match: 'command: { name: orders, regex: x }' }), /regex/],
  ['text that is not YAML', 'title: [', /./],
  ['a target that no resolver knows', rule({}).replace('machine', 'spaceship'), /target spaceship/],
  [
    'an example that does not match',
    rule({ yes: 'orders list all', no: 'orders show' }),
    /does not match its example: orders list all/,
  ],
  [
    'an example that should be skipped and is not',
    rule({ no: 'orders reset --now' }),
    /should skip: orders reset --now/,
  ],
  ['a condition that no example notices', rule({ no: 'shop list' }), /without subcommand/],
])('%s stops a rule', async (_name, text, expected) => {
  const problems = await problemsOf(text);
  expect(problems.join('\n')).toMatch(expected);
});

test('a problem names its line', async () => {
  expect((await problemsOf(rule({}).replace('severity: high', 'severity: awful')))[0]).toMatch(/^2: /);
});

test('a path that is no id stops a rule', async () => {
  expect((await problemsOf(rule({}), 'Acme/Orders')).join()).toMatch(/<pack>\/<name>/);
});

describe('rules of a user', () => {
  const verdictOf = async (command: string, ruleSet: RuleSet) => {
    const request = {
      command,
      shell: 'bash' as const,
      name: undefined,
      positionals: [],
      cwd: undefined,
      env: undefined,
    };
    const from = { kind: 'command-line' as const, label: 'test' };
    const { verdict } = await judge(
      { ...request, from },
      { ruleSet, policy: defaultPolicy },
      memoryObserver(undefined),
    );
    return verdict.kind;
  };

  test('hold what the shipped ones let run', async () => {
    const shipped = shippedRules();
    expect(await verdictOf('orders reset', shipped)).toBe('run');
    expect(await verdictOf('orders reset', await extendedRules(shipped, [ruleFolder(rule({}))]))).toBe('ask');
  });

  test('silence no shipped rule, however low they are', async () => {
    const shipped = shippedRules();
    const low = rule({
      match: 'command: { name: acmectl, subcommand: destroy }',
      yes: 'acmectl destroy',
      no: 'acmectl list',
    });
    const extended = await extendedRules(shipped, [ruleFolder(low.replace('severity: high', 'severity: low'))]);
    expect(await verdictOf('acmectl destroy orders', shipped)).toBe('ask');
    expect(await verdictOf('acmectl destroy orders', extended)).toBe('ask');
  });

  test('may not take a shipped id', async () => {
    const folder = ruleFolder(rule({}), 'railway/volume-delete');
    await expect(extendedRules(shippedRules(), [folder])).rejects.toThrow(RulebookError);
  });
});
