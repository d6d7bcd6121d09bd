// guard config: the effective configuration, and where each value came from.
import { loadConfig } from '../../config/index.ts';
import { type CliCommand, type CliContext, examples } from '../command.ts';
import { configTable } from '../config-table.ts';
import { pageFor, writeJson, writeLines } from '../page.ts';

export const command: CliCommand = {
  register(program, context) {
    program
      .command('config')
      .description('the effective configuration, and where each value came from')
      .option('--json', 'print it as JSON: files, and values with key, value, file and line (null for a default)')
      .addHelpText('after', examples('guard config', `guard config --json | jq '.values[] | select(.file != null)'`))
      .action((options: { json?: boolean }) => config(options.json === true, context));
  },
};

async function config(json: boolean, { cwd, env }: CliContext): Promise<void> {
  const { files, sources } = await loadConfig({ cwd, env });
  if (!json) return writeLines(configTable({ files, sources }, { home: env.HOME, page: pageFor(env) }));
  const values = sources.map(({ key, value, file, line }) => ({
    key,
    value: value ?? null,
    file: file ?? null,
    line: line ?? null,
  }));
  writeJson({ files, values });
}
