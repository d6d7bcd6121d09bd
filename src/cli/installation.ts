// Where this guard is installed: the folder of its programs, and what lies beside it.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Beside the bundle, above a chunk, or in the build's folder when the sources run. */
const places = ['.', '..', '../../dist'];

/** The folder of guard's programs, absolute. Throws where the installation is incomplete. */
export function distFolder(): string {
  const here = dirname(fileURLToPath(import.meta.url));
  const folder = places
    .map((place) => join(here, place))
    .find((candidate) => existsSync(join(candidate, 'rules.json')));
  if (folder === undefined) throw new Error(`the installation is broken: no rules.json near ${here}`);
  return folder;
}

/** The folder of the rules' sources. An installed package holds no rule in it, only the schema. */
export const rulesFolder = (): string => join(distFolder(), '..', 'rules');

/** The JSON Schema of a rule file, for editors. */
export const ruleSchemaFile = (): string => join(rulesFolder(), 'rule.schema.json');
