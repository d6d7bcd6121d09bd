// Rules to judge fuzzed texts by: one for a command, one for a file effect, one for code that cannot be read.
import type { Standards } from '../../src/core/analyze.ts';
import { defaultPolicy } from '../../src/core/model/policy.ts';
import type { Matcher, Rule } from '../../src/core/model/rule.ts';

const rule = (id: string, target: string, matcher: Matcher): Rule => ({
  ...{ id, target, title: id, severity: 'critical', why: 'It is gone.', undo: 'nothing', safer: undefined },
  ...{ matchers: [matcher], references: [] },
});

const reasons = [
  ...(['dynamic-program', 'dynamic-code', 'unreadable-script', 'missing-script', 'syntax', 'too-deep'] as const),
  ...(['unread-stdin', 'unread-body', 'error'] as const),
] as const;

export const standards: Standards = {
  policy: { ...defaultPolicy, lookups: false },
  ruleSet: {
    id: 'fuzz',
    shipped: 3,
    rules: [
      rule('railway/volume-delete', 'railway.volume', {
        kind: 'command',
        name: ['railway'],
        subcommand: ['volume delete'],
      }),
      rule('filesystem/delete', 'path', { kind: 'file', op: ['delete'] }),
      rule('code/unreadable', 'code', { kind: 'opaque', reason: reasons }),
    ],
    index: { 'command:railway': [0], file: [1], opaque: [2] },
    words: ['railway', 'volume', 'delete', 'rm'],
  },
};
