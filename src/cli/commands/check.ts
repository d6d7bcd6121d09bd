// guard check: judges commands without running them. JSON lines in, JSON lines out, in order, streaming.
import { loadConfig } from '../../config/index.ts';
import type { Standards } from '../../core/analyze.ts';
import type { KnownEnvironment } from '../../core/model/policy.ts';
import { judge, type Observe } from '../../judge.ts';
import { memoryObserver, observer } from '../../observe/index.ts';
import { loadStandards } from '../../standards.ts';
import { answerTo, type CheckInput, type CheckOutput, parseRow, requestOf } from '../check/rows.ts';
import { type CliCommand, type CliContext, examples, exitCodes } from '../command.ts';
import { LineWriter, lineBatches } from '../lines.ts';
import { scopeOption, withScope } from '../options.ts';

interface CheckOptions {
  readonly live?: boolean;
  readonly scope?: KnownEnvironment;
}

export const command: CliCommand = {
  register(program, context) {
    program
      .command('check')
      .description('judge commands without running them: JSON lines in, JSON lines out; or one command line')
      .argument('[command-line]', 'judge this one; exit code 1 where it would be held')
      .option('--live', 'allow read-only lookups over the network')
      .addOption(scopeOption())
      .addHelpText('after', rowHelp)
      .addHelpText(
        'after',
        examples(
          `guard check 'rm -rf ~/data'`,
          `echo '{"id":"1","command":"git push --force"}' | guard check`,
          'guard check --scope staging <commands.jsonl >verdicts.jsonl',
        ),
      )
      .action(async (line: string | undefined, options: CheckOptions) =>
        context.finish(await check(line, options, context)),
      );
  },
};

const rowHelp = `
A row of input, of which only "command" is required:
  {"id":"1","command":"sh a.sh","cwd":"/w","env":{"X":"1"},"files":{"/w/a.sh":"..."}}
With "files", those and no others are what the command could read; what is not given is not known.
A row of output:
  {"id":"1","verdict":"ask","severity":"high","rules":["..."],"environment":{"name":"local","evidence":[]},
   "challenge":"confirm","ms":0.4}
A row that cannot be read gives {"line":3,"error":"..."}, and the exit code is 2 at the end.
`;

async function check(line: string | undefined, options: CheckOptions, context: CliContext): Promise<number> {
  const live = options.live === true;
  const { policy, ruleFolders } = await loadConfig({ cwd: context.cwd, env: context.env });
  const standards = await loadStandards({ ...withScope(policy, options.scope), lookups: live }, ruleFolders);
  const judgeRow = (row: CheckInput) => judged(row, standards, worldOf(row.files, live));
  if (line === undefined) return checkLines(judgeRow);
  const output = await judgeRow({ command: line });
  process.stdout.write(`${JSON.stringify(output)}\n`);
  return output.verdict === 'run' ? exitCodes.done : exitCodes.refusedByCheck;
}

/** With `files`, those and no others; `--live` adds requests over the network and nothing else of this machine. */
function worldOf(files: CheckInput['files'], live: boolean): Observe {
  const memory = memoryObserver(files);
  if (!live) return memory;
  const machine = observer({ lookups: true });
  return (query) => (query.kind === 'live-http' ? machine(query) : memory(query));
}

async function judged(row: CheckInput, standards: Standards, observe: Observe): Promise<CheckOutput> {
  const started = performance.now();
  const analysis = await judge(requestOf(row), standards, observe);
  return answerTo(row, analysis, Number((performance.now() - started).toFixed(3)));
}

/** One answer for each line that is not empty. 2 where a line could not be read. */
async function checkLines(judgeRow: (row: CheckInput) => Promise<CheckOutput>): Promise<number> {
  const writer = new LineWriter();
  let code: number = exitCodes.done;
  let number = 0;
  for await (const batch of lineBatches(process.stdin)) {
    for (const line of batch) {
      number += 1;
      if (line.trim() === '') continue;
      const row = parseRow(line, number);
      if (row.kind === 'error') code = exitCodes.usage;
      await writer.line(JSON.stringify(row.kind === 'error' ? row.answer : await judgeRow(row.input)));
    }
    await writer.flush();
  }
  return code;
}
