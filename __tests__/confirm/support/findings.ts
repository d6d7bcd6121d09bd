// Findings as the tests judge them, built from what differs between them.
import type { Invocation, OriginStep } from '../../../src/core/model/invocation.ts';
import type { Request } from '../../../src/core/model/request.ts';
import type { Rule } from '../../../src/core/model/rule.ts';
import type { Finding } from '../../../src/core/model/verdict.ts';
import { staticWord } from '../../../src/core/model/word.ts';

const commandLine: OriginStep = { kind: 'command-line', label: 'command line', line: undefined };

export const invocation = (source: string, ...steps: OriginStep[]): Invocation => ({
  name: source.split(' ')[0],
  program: staticWord(source.split(' ')[0] ?? ''),
  args: source
    .split(' ')
    .slice(1)
    .map((text) => staticWord(text)),
  assignments: [],
  redirections: [],
  stdin: { kind: 'inherited' },
  cwd: staticWord('/home/ada/acme'),
  user: 'self',
  host: { kind: 'local' },
  env: { get: () => undefined, names: () => [] },
  origin: [commandLine, ...steps],
  span: { start: 0, end: source.length },
  source,
});

const rule = (id: string, severity: Rule['severity']): Rule => ({
  id,
  title: `Rule ${id}`,
  severity,
  why: 'The data lives there.',
  undo: 'Only from a backup',
  safer: undefined,
  target: 'path',
  matchers: [],
  references: [],
});

interface Parts extends Partial<Omit<Finding, 'rule' | 'target'>> {
  readonly id?: string;
  readonly severity?: Rule['severity'];
  readonly kind?: string;
  readonly name?: string;
  readonly source?: string;
}

export function finding({ id, severity, kind, name, source, ...rest }: Parts): Finding {
  const inner = invocation(source ?? 'railway volume delete --yes');
  return {
    rule: rule(id ?? 'railway/volume-delete', severity ?? 'high'),
    fact: {
      kind: 'command',
      invocation: inner,
      name: 'railway',
      subcommand: [],
      flags: new Map(),
      positionals: [],
      inert: false,
    },
    target: { kind: kind ?? 'volume', name: name ?? 'acme-db-data', details: [] },
    environment: { name: 'staging', evidence: [] },
    credential: undefined,
    escalations: [],
    challenge: 'typed',
    ...rest,
  };
}

export const request = (command: string): Request => ({
  command,
  shell: 'bash',
  name: undefined,
  positionals: [],
  cwd: '/home/ada/acme',
  env: {},
  from: { kind: 'command-line', label: 'command line' },
});
