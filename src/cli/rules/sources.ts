// Rule files by what a person calls them: a folder, a file, an id; without a name all that there are. Loads YAML and the
// schema's validator, so only what reads rule files imports it.
import { statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { LoadedConfig } from '../../config/index.ts';
import { loadRulebook, type RuleFile, type RuleProblem } from '../../rulebook/index.ts';
import { shippedRules } from '../../standards.ts';
import { UsageError } from '../failure.ts';
import { rulesFolder } from '../installation.ts';

export interface CheckedRules {
  readonly files: readonly RuleFile[];
  readonly problems: readonly RuleProblem[];
}

/** Reads and checks the rules that `name` stands for. Throws UsageError where there are none. */
export async function checkedRules(name: string | undefined, config: LoadedConfig): Promise<CheckedRules> {
  if (name === undefined) return checkFolders([rulesFolder(), ...config.ruleFolders]);
  const kind = kindOf(name);
  if (kind === 'folder') return checkFolders([resolve(name)]);
  if (kind === 'file') return checkOne(resolve(name), dirname(dirname(resolve(name))));
  const folder = [rulesFolder(), ...config.ruleFolders].find((place) => kindOf(join(place, `${name}.yaml`)) === 'file');
  if (folder !== undefined) return checkOne(join(folder, `${name}.yaml`), folder);
  throw new UsageError(`${name} is no folder, no rule file and no id of a rule whose file is here`);
}

function kindOf(path: string): 'folder' | 'file' | undefined {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats?.isDirectory() ? 'folder' : stats?.isFile() ? 'file' : undefined;
}

async function checkFolders(folders: readonly string[]): Promise<CheckedRules> {
  const missing = folders.slice(1).find((folder) => kindOf(folder) !== 'folder');
  if (missing !== undefined) throw new UsageError(`the rule folder ${missing} of the configuration does not exist`);
  const { files, problems } = await loadRulebook(folders.filter((folder) => kindOf(folder) === 'folder'));
  if (files.length + problems.length > 0) return { files, problems: [...problems, ...taken(files)] };
  throw new UsageError(
    `no rule file (<pack>/<name>.yaml) in ${folders.join(', ')}; an installed guard carries its own rules compiled`,
  );
}

/** One rule is checked among its neighbours, because a second one of its name is a problem too. */
async function checkOne(path: string, folder: string): Promise<CheckedRules> {
  const { files, problems } = await checkFolders([folder]);
  const isMeant = (file: string) => resolve(file) === resolve(path);
  if (!basename(path).endsWith('.yaml')) throw new UsageError(`${path} is no rule file: expected <pack>/<name>.yaml`);
  return { files: files.filter((file) => isMeant(file.path)), problems: problems.filter(({ file }) => isMeant(file)) };
}

/** A rule outside the shipped folder must not take the id of a shipped rule. */
function taken(files: readonly RuleFile[]): RuleProblem[] {
  const shipped = new Set(shippedRules().rules.map(({ id }) => id));
  const own = `${resolve(rulesFolder())}/`;
  return files
    .filter(({ id, path }) => shipped.has(id) && !resolve(path).startsWith(own))
    .map(({ id, path }) => ({ file: path, line: 1, message: `${id} is the id of a shipped rule` }));
}
