// guard audit: what was asked, decided and run; and whether somebody changed the log.
import { type Command, Option } from 'commander';
import { type Audit, openAudit, type ReadFilter } from '../../audit/index.ts';
import { loadConfig } from '../../config/index.ts';
import { auditTable, lastRows } from '../audit/rows.ts';
import { type CliCommand, type CliContext, examples, exitCodes } from '../command.ts';
import { LineWriter } from '../lines.ts';
import { countArgument } from '../options.ts';
import { counted, pageFor, writeJson, writeLines } from '../page.ts';

interface AuditOptions {
  readonly since?: string;
  readonly verdict?: 'run' | 'ask' | 'deny';
  readonly json?: boolean;
  readonly limit?: number;
}

const tableRows = 50;

export const command: CliCommand = {
  register(program, context) {
    const audit = program
      .command('audit')
      .description('what was asked, decided and run')
      .option('--since <when>', 'an age (30m, 2h, 3d, 1w) or a date (2026-04-24, 2026-04-24T09:00:00Z)')
      .addOption(new Option('--verdict <verdict>', 'only decisions with this verdict').choices(['run', 'ask', 'deny']))
      .option('--json', 'print records as JSON lines, oldest first')
      .option('--limit <n>', `only the last n (default: ${tableRows} in the table, all with --json)`, countArgument)
      .addHelpText(
        'after',
        examples(
          'guard audit --since 2h',
          'guard audit --verdict ask --limit 10',
          'guard audit --json | jq -r .command',
          'guard audit verify',
        ),
      )
      // Without this a misspelt subcommand would be "too many arguments".
      .allowExcessArguments()
      .action((options: AuditOptions, self: Command) => {
        const [word] = self.args;
        if (word !== undefined) self.error(`error: unknown command '${word}'\n(Did you mean verify?)`);
        return show(options, context);
      });
    audit
      .command('verify')
      .description('prove that no record was changed or removed; names the first one that does not fit')
      .option('--json', 'print the outcome as JSON')
      .addHelpText('after', '\nExit code 1 where the log is broken.\n')
      .addHelpText('after', examples('guard audit verify'))
      .action(async (_options: unknown, self: Command) =>
        // `--json` stands on either side of `verify`.
        context.finish(await verify(self.optsWithGlobals<{ json?: boolean }>().json === true, context)),
      );
  },
};

async function openLog({ cwd, env }: CliContext): Promise<{ log: Audit; folder: string }> {
  const { audit } = await loadConfig({ cwd, env });
  return { log: openAudit(audit), folder: audit.folder };
}

async function show({ since, verdict, json, limit }: AuditOptions, context: CliContext): Promise<void> {
  const { log, folder } = await openLog(context);
  const filter: ReadFilter = { since, verdict };
  if (json === true) return printRecords(log, filter, limit);
  const { rows, earlier } = await lastRows(log.read(filter), limit ?? tableRows);
  writeLines(auditTable(rows, pageFor(context.env)));
  if (rows.length === 0) process.stderr.write(`guard: no record in ${folder}\n`);
  if (earlier > 0) process.stderr.write(`guard: ${earlier} earlier ones are not shown (--limit, --since)\n`);
}

async function printRecords(log: Audit, filter: ReadFilter, limit: number | undefined): Promise<void> {
  const writer = new LineWriter();
  const kept: string[] = [];
  for await (const record of log.read(filter)) {
    if (limit === undefined) await writer.line(JSON.stringify(record));
    else if (kept.push(JSON.stringify(record)) > limit) kept.shift();
  }
  for (const line of kept) await writer.line(line);
  await writer.flush();
}

async function verify(json: boolean, context: CliContext): Promise<number> {
  const { log, folder } = await openLog(context);
  const outcome = await log.verify();
  if (json) writeJson(outcome);
  else if (outcome.ok) {
    const torn = outcome.torn.map(
      ({ file, line }) => `${file}:${line}: a writer was stopped here; nothing after it is in doubt`,
    );
    writeLines([...torn, `${folder}: ${counted(outcome.records, 'record')}, the chain is whole`]);
  } else
    writeLines([
      `${outcome.file}:${outcome.line}: ${outcome.reason}`,
      'Nothing from this record on can be relied upon.',
    ]);
  return outcome.ok ? exitCodes.done : exitCodes.refusedByCheck;
}
