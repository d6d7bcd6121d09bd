// The licences of all packages whose code is in the bundles.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { BuildError, listFolder } from './files.mjs';

const rule = `\n${'-'.repeat(80)}\n\n`;

/**
 * The text of THIRD_PARTY_LICENSES.txt: per package its name, version, licence and the licence's text.
 *
 * @param {string} root absolute path of the project
 * @param {import('esbuild').Metafile} meta
 * @param {readonly string[]} legal comments that the bundler took out of the code
 */
export function licensesText(root, meta, legal) {
  const packages = bundledPackages(root, meta);
  const head = 'guard contains code of these packages.\n';
  const comments = legal.length === 0 ? [] : [`Notices that stood in their source files:\n\n${legal.join('\n\n')}\n`];
  return [head, ...packages.map(packageText), ...comments].join(rule);
}

/** The packages that bundled files belong to, each once, by name and version. */
function bundledPackages(root, meta) {
  const found = new Map();
  for (const input of Object.keys(meta.inputs)) {
    const at = input.lastIndexOf('node_modules/');
    if (at < 0) continue;
    const folder = packageFolder(join(root, dirname(input)));
    found.set(folder, { folder, ...readPackage(folder) });
  }
  return [...found.values()].sort((a, b) => compare(`${a.name}@${a.version}`, `${b.name}@${b.version}`));
}

const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

/** The nearest folder upwards whose package.json names a package: some packages keep nameless ones further inside. */
function packageFolder(folder) {
  if (folder === dirname(folder)) throw new BuildError('a bundled file belongs to no package');
  return readPackage(folder)?.version === undefined ? packageFolder(dirname(folder)) : folder;
}

function readPackage(folder) {
  try {
    return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function packageText({ name, version, license, folder }) {
  if (typeof license !== 'string') throw new BuildError(`the package ${name} names no licence: it cannot be shipped`);
  const files = listFolder(folder).filter((file) => /^(?:licen[cs]e|copying|notice)(?:[.-].*)?$/i.test(file));
  const texts = files.map((file) => readFileSync(join(folder, file), 'utf8').trim());
  const body = texts.length === 0 ? `The package holds no licence text of its own.` : texts.join('\n\n');
  return `${name} ${version}\nLicence: ${license}\n\n${body}\n`;
}
