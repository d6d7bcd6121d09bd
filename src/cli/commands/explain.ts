// guard explain: every stage that a command line goes through, and what came of it. Nothing is run.
import { loadConfig } from '../../config/index.ts';
import type { KnownEnvironment } from '../../core/model/policy.ts';
import { judge } from '../../judge.ts';
import { observer } from '../../observe/index.ts';
import { loadStandards } from '../../standards.ts';
import { type CliCommand, type CliContext, examples } from '../command.ts';
import { reportOf } from '../explain/report.ts';
import { showReport } from '../explain/show.ts';
import { requestHere } from '../machine.ts';
import { scopeOption, withScope } from '../options.ts';
import { pageFor, writeJson, writeLines } from '../page.ts';

interface ExplainOptions {
  readonly json?: boolean;
  readonly lookups: boolean;
  readonly scope?: KnownEnvironment;
}

export const command: CliCommand = {
  register(program, context) {
    program
      .command('explain')
      .description('show what a command line would do, where, and whether guard would ask; nothing is run')
      .argument('<command-line>', 'one line, quoted')
      .option('--json', 'print the report as JSON')
      .option('--no-lookups', 'ask no provider about what the command would hit')
      .addOption(scopeOption())
      .addHelpText('after', jsonHelp)
      .addHelpText(
        'after',
        examples(
          `guard explain 'rm -rf ~/data'`,
          `guard explain --json 'npm run db:reset' | jq .verdict`,
          `guard explain --scope staging 'kubectl --context acme-prod delete ns orders'`,
        ),
      )
      .action((line: string, options: ExplainOptions) => explain(line, options, context));
  },
};

const jsonHelp = `
The report, with secrets replaced: version (1), command, cwd, complete, problems,
  invocations  command, name, origin (kind, label, line), cwd, user, host, stdin
  facts        kind, invocation (index), summary, and the fields of the kind
  rules        id, severity, title, fact (index), off (the reason, or null)
  findings     rule, severity, title, why, undo, safer, fact, target, environment, credential, table, escalations,
               challenge
  verdict      kind (run, ask, deny), challenge (none, confirm, typed, typed+factor, deny), severity, environment
  ruleSet      hash of the rules that judged
`;

async function explain(line: string, { json, lookups, scope }: ExplainOptions, context: CliContext): Promise<void> {
  const { policy, ruleFolders } = await loadConfig({ cwd: context.cwd, env: context.env });
  const own = { ...withScope(policy, scope), lookups: policy.lookups && lookups };
  const standards = await loadStandards(own, ruleFolders);
  const analysis = await judge(requestHere(line, 'bash', context), standards, observer({ lookups: own.lookups }));
  const report = reportOf(analysis, standards, context.env);
  if (json === true) writeJson(report);
  else writeLines(showReport(report, pageFor(context.env)));
}
