// guard rules: what guard asks about, and the tools of whoever writes a rule.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { type LoadedConfig, loadConfig } from '../../config/index.ts';
import { codeOf } from '../../state/error.ts';
import { type CliCommand, type CliContext, examples, exitCodes } from '../command.ts';
import { UsageError } from '../failure.ts';
import { ruleSchemaFile } from '../installation.ts';
import { counted, pageFor, writeJson, writeLines } from '../page.ts';
import { findRule, listedRules, ofPack, rulePage, ruleTable } from '../rules/list.ts';

export const command: CliCommand = {
  register(program, context) {
    const config = () => loadConfig({ cwd: context.cwd, env: context.env });
    const rules = program
      .command('rules')
      .description('what guard asks about: list, show, test and write rules')
      .addHelpText(
        'after',
        examples(
          'guard rules list --pack git',
          'guard rules show railway/volume-delete',
          'guard rules test ./guard-rules',
        ),
      );
    rules
      .command('list')
      .description('one line for each rule')
      .option('--pack <pack>', 'only the rules of this pack')
      .option('--json', 'print an array of rules as JSON')
      .addHelpText(
        'after',
        examples('guard rules list', 'guard rules list --pack sql', `guard rules list --json | jq -r '.[].id'`),
      )
      .action((options: ListOptions) => list(options, config, context));
    rules
      .command('show')
      .description('all that is known of a rule')
      .argument('<id>', 'as in guard rules list: <pack>/<name>')
      .option('--json', 'print the rule as JSON')
      .addHelpText('after', examples('guard rules show railway/volume-delete', 'guard rules show --json git/clean'))
      .action((id: string, options: ListOptions) => show(id, options, config, context));
    rules
      .command('test')
      .description('check rule files: their form, their examples, and that every condition is held by an example')
      .argument('[rules]', 'a folder, a file, or an id; without it the shipped rules and the configured folders')
      .addHelpText('after', `\nPrints file:line: message for each problem, and ends with 1 where there is one.\n`)
      .addHelpText(
        'after',
        examples(
          'guard rules test ./guard-rules',
          'guard rules test ./guard-rules/acme/volume-delete.yaml',
          'guard rules test',
        ),
      )
      .action(async (name: string | undefined) => context.finish(await test(name, config)));
    rules
      .command('new')
      .description('write a rule file to fill in; an existing file is never replaced')
      .argument('<id>', '<pack>/<name>, as acme/volume-delete')
      .option('--folder <folder>', 'the folder of the rules', './guard-rules')
      .addHelpText(
        'after',
        examples(
          'guard rules new acme/volume-delete',
          'guard rules new acme/volume-delete --folder ~/.config/guard/rules',
        ),
      )
      .action((id: string, { folder }: { folder: string }) => create(id, folder));
    rules
      .command('docs')
      .description('pages about the rules, in Markdown')
      .argument('[rules]', 'a folder, a file, or an id; without it the shipped rules and the configured folders')
      .option('--out <folder>', 'write one page for each pack there, instead of all on standard output')
      .addHelpText(
        'after',
        examples('guard rules docs ./guard-rules', 'guard rules docs ./guard-rules --out docs/rules'),
      )
      .action((name: string | undefined, { out }: { out?: string }) => docs(name, out, config));
  },
};

type Config = () => Promise<LoadedConfig>;

interface ListOptions {
  readonly pack?: string;
  readonly json?: boolean;
}

async function list({ pack, json }: ListOptions, config: Config, { env }: CliContext): Promise<void> {
  const rules = ofPack(await listedRules(await config()), pack);
  if (json === true) writeJson(rules);
  else writeLines(ruleTable(rules, pageFor(env)));
}

async function show(id: string, { json }: ListOptions, config: Config, { env }: CliContext): Promise<void> {
  const rule = findRule(await listedRules(await config()), id);
  if (json === true) writeJson(rule);
  else writeLines(rulePage(rule, pageFor(env)));
}

async function test(name: string | undefined, config: Config): Promise<number> {
  const { checkedRules } = await import('../rules/sources.ts');
  const { files, problems } = await checkedRules(name, await config());
  writeLines(problems.map(({ file, line, message }) => `${file}:${line}: ${message}`));
  const found = problems.length === 0 ? 'all in order' : counted(problems.length, 'problem');
  process.stderr.write(`guard: ${counted(files.length, 'rule')}, ${found}\n`);
  return problems.length === 0 ? exitCodes.done : exitCodes.refusedByCheck;
}

async function create(id: string, folder: string): Promise<void> {
  const { isRuleId, ruleTemplate } = await import('../rules/template.ts');
  if (!isRuleId(id)) throw new UsageError(`expected <pack>/<name> in lower case, as acme/volume-delete, not ${id}`);
  const path = join(resolve(folder), `${id}.yaml`);
  const schema = existsSync(join(folder, 'rule.schema.json')) ? '../rule.schema.json' : ruleSchemaFile();
  mkdirSync(dirname(path), { recursive: true });
  try {
    writeFileSync(path, ruleTemplate(id, schema), { flag: 'wx' });
  } catch (error) {
    if (codeOf(error) === 'EEXIST') throw new UsageError(`${path} exists already, and is not replaced`);
    throw error;
  }
  writeLines([
    path,
    '',
    'Fill it in, then:',
    `  guard rules test ${path}`,
    `and let guard use it, in .guardrc:`,
    `  rules: { folders: [${folder}] }`,
  ]);
}

async function docs(name: string | undefined, out: string | undefined, config: Config): Promise<void> {
  const [{ checkedRules }, { rulePages }] = await Promise.all([
    import('../rules/sources.ts'),
    import('../../core/rules/docs.ts'),
  ]);
  const { files, problems } = await checkedRules(name, await config());
  const [first] = problems;
  if (first !== undefined) {
    throw new UsageError(`${first.file}:${first.line}: ${first.message}\nguard: guard rules test shows all problems`);
  }
  const pages = rulePages(files);
  if (out === undefined)
    return writeLines(
      [...pages.values()]
        .map((page) => page.trimEnd())
        .join('\n\n')
        .split('\n'),
    );
  mkdirSync(out, { recursive: true });
  for (const [file, text] of pages) writeFileSync(join(out, file), text);
  writeLines([...pages.keys()].map((file) => join(out, file)));
}
