// guard check: judges commands without running them. JSON lines in, JSON lines out, in order, streaming.
import { createInterface } from 'node:readline';
import { InvalidArgumentError } from 'commander';
import { loadConfig } from '../../config/index.ts';
import type { Analysis, Standards } from '../../core/analyze.ts';
import type { Policy } from '../../core/model/policy.ts';
import type { Request } from '../../core/model/request.ts';
import { judge, type Observe } from '../../judge.ts';
import { memoryObserver, observer } from '../../observe/index.ts';
import { loadStandards } from '../../standards.ts';
import { type CliCommand, examples } from '../command.ts';

interface CheckInput {
  readonly id?: string;
  readonly command: string;
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly files?: Readonly<Record<string, string>>;
}

interface CheckOutput {
  readonly id: string | undefined;
  readonly verdict: string;
  readonly severity?: string;
  readonly rules: readonly string[];
  readonly environment: { readonly name: string; readonly evidence: readonly unknown[] };
  readonly challenge: string;
  readonly ms: number;
}

export const command: CliCommand = {
  register(program, context) {
    program
      .command('check')
      .description('judge commands without running them: JSON lines in, JSON lines out; or one command line as argument')
      .argument('[command line]', 'judge this one and exit with 1 where it would be held')
      .option('--live', 'allow read-only lookups over the network')
      .option('--scope <environment>', 'the environment that the session is for', scopeArgument)
      .addHelpText('after', examples(`guard check 'rm -rf ~/data'`, `echo '{"id":"1","command":"git push --force"}' | guard check`))
      .action(async (line: string | undefined, options: { live?: boolean; scope?: Policy['scope'][number] }) => {
        const { policy, ruleFolders } = await loadConfig({ cwd: context.cwd, env: context.env });
        const scoped = options.scope === undefined ? policy : { ...policy, scope: [options.scope] };
        const standards = await loadStandards({ ...scoped, lookups: options.live === true }, ruleFolders);
        const world = worldFor(options.live === true);
        if (line === undefined) await checkLines(standards, world);
        else context.finish(await checkOne(line, standards, world));
      });
  },
};

function scopeArgument(text: string): Policy['scope'][number] {
  const known = ['production', 'staging', 'development', 'local'] as const;
  const found = known.find((name) => name === text);
  if (found === undefined) throw new InvalidArgumentError(`expected one of ${known.join(', ')}`);
  return found;
}

/** With `files`, those and no others; `--live` adds requests over the network and nothing else of this machine. */
function worldFor(live: boolean): (files: CheckInput['files']) => Observe {
  const machine = observer({ lookups: live });
  return (files) => {
    const memory = memoryObserver(files);
    return (query) => (live && query.kind === 'live-http' ? machine(query) : memory(query));
  };
}

async function checkOne(line: string, standards: Standards, world: (files: undefined) => Observe): Promise<number> {
  const output = await checked({ command: line }, standards, world(undefined));
  process.stdout.write(`${JSON.stringify(output)}\n`);
  return output.verdict === 'run' ? 0 : 1;
}

async function checkLines(standards: Standards, world: (files: CheckInput['files']) => Observe): Promise<void> {
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line.trim() === '') continue;
    const output = await answerLine(line, standards, world);
    if (!process.stdout.write(`${output}\n`)) await new Promise((resolve) => process.stdout.once('drain', resolve));
  }
}

async function answerLine(line: string, standards: Standards, world: (files: CheckInput['files']) => Observe): Promise<string> {
  const input = parseInput(line);
  if (typeof input === 'string') return JSON.stringify({ error: input });
  return JSON.stringify(await checked(input, standards, world(input.files)));
}

/** The row, or what is wrong with it. */
function parseInput(line: string): CheckInput | string {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value !== 'object' || value === null) return 'expected a JSON object on each line';
    if (!('command' in value) || typeof value.command !== 'string') return 'expected "command" to be a string';
    return value as CheckInput;
  } catch (error) {
    return `not JSON: ${(error as Error).message}`;
  }
}

async function checked(input: CheckInput, standards: Standards, observe: Observe): Promise<CheckOutput> {
  const started = performance.now();
  const request: Request = {
    command: input.command,
    shell: 'bash',
    name: undefined,
    positionals: [],
    cwd: input.cwd ?? (input.files === undefined ? undefined : '/'),
    env: input.env,
    from: { kind: 'command-line', label: 'command' },
  };
  const analysis = await judge(request, standards, observe);
  return { id: input.id, ...summary(analysis), ms: Number((performance.now() - started).toFixed(3)) };
}

function summary({ verdict }: Analysis): Omit<CheckOutput, 'id' | 'ms'> {
  const rules = [...new Set(verdict.findings.map(({ rule }) => rule.id))];
  if (verdict.kind === 'run') return { verdict: 'run', rules, environment: { name: 'unknown', evidence: [] }, challenge: 'none' };
  const { severity, environment } = verdict;
  return { verdict: verdict.kind, severity, rules, environment, challenge: verdict.kind === 'ask' ? verdict.challenge : 'deny' };
}
