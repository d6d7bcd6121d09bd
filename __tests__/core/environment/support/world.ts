// A frozen world for target resolvers: a command line, its variables, the files and listeners that are there, and nothing else.
import { locate } from '../../../../src/core/environment/locate.ts';
import { commandFact } from '../../../../src/core/facts/command.ts';
import type { Fact } from '../../../../src/core/model/fact.ts';
import type { Invocation } from '../../../../src/core/model/invocation.ts';
import { type Answer, PlannedWorld, type Query, queryKey } from '../../../../src/core/model/observation.ts';
import { defaultPolicy, type Policy } from '../../../../src/core/model/policy.ts';
import type { Request } from '../../../../src/core/model/request.ts';
import type { Rule } from '../../../../src/core/model/rule.ts';
import type { Located } from '../../../../src/core/model/verdict.ts';
import { reader as ini } from '../../../../src/core/payloads/ini.ts';
import { resolve } from '../../../../src/core/resolve/index.ts';
import { reader as yaml } from '../../../../src/observe/yaml.ts';

export interface Setting {
  readonly files?: Readonly<Record<string, string>>;
  /** Undefined: an empty environment but for HOME. `unknown`: nothing is known of it, as with `guard check`. */
  readonly env?: Readonly<Record<string, string>> | 'unknown';
  /** Program names or whole commands by port; a port that is not here is free. */
  readonly listeners?: Readonly<Record<number, string>> | 'off' | 'foreign';
  readonly hostname?: string;
  readonly policy?: Partial<Policy>;
  readonly cwd?: string;
  /** Facts other than the command itself. */
  readonly fact?: (call: Invocation) => Fact;
  readonly asked?: Query[];
}

const home = '/home/ada';

/** What guard would say of the last call of a command line that works on a target of this kind. */
export function locateLast(kind: string, command: string, setting: Setting = {}): Located {
  const answers = new Map<string, Answer>();
  const env = setting.env === 'unknown' ? undefined : { HOME: home, ...setting.env };
  const cwd = setting.cwd ?? `${home}/acme`;
  const request: Request = {
    command,
    shell: 'bash',
    name: undefined,
    positionals: [],
    cwd,
    env,
    from: { kind: 'command-line', label: 'command' },
  };
  for (let round = 0; round < 20; round += 1) {
    const world = new PlannedWorld(answers);
    const { invocations } = resolve(request, world);
    const call = invocations.at(-1);
    if (call?.name === undefined) throw new Error(`no call in ${command}`);
    const fact = setting.fact?.(call) ?? commandFact(call, call.name);
    const [located] = locate(
      [{ rule: ruleFor(kind), fact }],
      request,
      { ...defaultPolicy, ...setting.policy },
      world,
      invocations,
    );
    if (located === undefined) throw new Error('nothing was located');
    if (world.open.length === 0) return located;
    for (const query of world.open) {
      setting.asked?.push(query);
      answers.set(queryKey(query), answerTo(query, setting));
    }
  }
  throw new Error(`still open after 20 rounds: ${command}`);
}

const ruleFor = (target: string): Rule => ({
  id: 'test/rule',
  title: 'Deletes something',
  severity: 'high',
  why: '',
  undo: '',
  safer: undefined,
  target,
  matchers: [],
  references: [],
});

function answerTo(query: Query, { files = {}, listeners = {}, hostname = 'ada-laptop' }: Setting): Answer {
  switch (query.kind) {
    case 'file':
      return Object.hasOwn(files, query.path) ? { kind: 'text', text: files[query.path] ?? '' } : { kind: 'absent' };
    case 'folder':
      return namesIn(query.path, Object.keys(files));
    case 'hostname':
      return { kind: 'text', text: hostname };
    case 'reader':
      return { kind: 'reader', reader: query.language === 'yaml' ? yaml : ini };
    case 'listener':
      return listenerOn(query.port, listeners);
    default:
      return { kind: 'absent' };
  }
}

function namesIn(folder: string, paths: readonly string[]): Answer {
  const below = paths.filter((path) => path.startsWith(`${folder}/`));
  const names = [...new Set(below.map((path) => path.slice(folder.length + 1).split('/')[0] ?? ''))];
  return names.length === 0 ? { kind: 'absent' } : { kind: 'names', names, complete: true };
}

function listenerOn(port: number, listeners: Setting['listeners']): Answer {
  if (listeners === 'off') return { kind: 'failed', reason: 'off', detail: 'nothing of this machine is read' };
  if (listeners === 'foreign') return { kind: 'failed', reason: 'unreadable', detail: 'it belongs to another user' };
  const command = listeners?.[port];
  return command === undefined ? { kind: 'absent' } : { kind: 'process', name: command.split(' ')[0] ?? '', command };
}

/** `production: claim (source); ...` in one line, for tables. */
export const evidenceOf = ({ environment }: Located): string =>
  environment.evidence.map(({ claim, source }) => `${claim} (${source})`).join('; ');
