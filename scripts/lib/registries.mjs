// Registries made from folder listings: nobody edits a list to add a launcher, a grammar, a resolver or a subcommand.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { BuildError, listFolder, writeIfChanged } from './files.mjs';

/**
 * What is listed where. `name` is the export that a file must have (`launcher`, or `launchers` for several); `key` is the
 * property by which its entries are looked up, where they are.
 * `mixed` folders also hold files that are no entries; elsewhere a file without the export stops the build, because
 * a misspelt export would leave a launcher unread without anybody noticing.
 */
const registries = [
  {
    file: 'launchers',
    key: 'names',
    folder: 'src/core/resolve/launchers',
    name: 'launcher',
    type: ['Launcher', 'src/core/resolve/launcher.ts'],
  },
  {
    file: 'programs',
    folder: 'src/core/programs/grammars',
    name: 'program',
    type: ['ProgramGrammar', 'src/core/programs/program.ts'],
  },
  {
    file: 'clients',
    key: 'names',
    folder: 'src/core/payloads/http',
    name: 'client',
    type: ['HttpClient', 'src/core/payloads/http/client.ts'],
    mixed: true,
  },
  {
    file: 'effects',
    key: 'names',
    folder: 'src/core/facts/effects',
    name: 'effect',
    type: ['EffectReader', 'src/core/facts/effect.ts'],
  },
  {
    file: 'targets',
    key: 'kinds',
    folder: 'src/core/environment/targets',
    name: 'resolver',
    type: ['TargetResolver', 'src/core/environment/resolver.ts'],
  },
];

const generatedFolder = 'src/core/generated';
const commandsFolder = 'src/cli/commands';
const commandsFile = 'src/cli/generated.ts';

/**
 * Writes every registry of the project at `root`. Folders that are not there give empty lists.
 *
 * @param {string} root absolute path of the project
 * @returns {string[]} the files that changed, relative to `root`
 */
export function generateRegistries(root) {
  const texts = new Map(
    registries.map((registry) => [`${generatedFolder}/${registry.file}.ts`, registryText(root, registry)]),
  );
  texts.set(commandsFile, commandsText(root));
  return [...texts].filter(([path, text]) => writeIfChanged(join(root, path), text)).map(([path]) => path);
}

/** The files of a registry, in the order of their names, with what each exports. */
function entriesOf(root, { folder, name, mixed = false }) {
  return sourceFiles(root, folder)
    .map((path) => ({ path, found: exportedName(root, path, name) }))
    .filter(({ path, found }) => {
      if (found === undefined && !mixed) {
        throw new BuildError(`${path} exports neither \`const ${name}\` nor \`const ${name}s\`: nothing would use it`);
      }
      return found !== undefined;
    });
}

/** One registry: a typed array of what the folder's files export, or a look-up by their names. */
function registryText(root, registry) {
  const { file, folder, name, type, key } = registry;
  const imports = entriesOf(root, registry).map(({ path, found }) => ({ found, local: localName(path, found), path }));
  const itemType = typeOf(root, type, imports.length);
  const list = imports.map(({ found, local }) => `  ${found === name ? '' : '...'}${local},`);
  if (key !== undefined) {
    return [
      `// Made by scripts/build.mjs from the files in ${folder}/. Not committed, not edited.`,
      ...(imports.length === 0 ? [] : itemType.lines),
      "import { registryOf } from '../model/registry.ts';",
      ...imports.map(({ found, local, path }) => `import { ${found} as ${local} } from '${specifier(path)}';`),
      '',
      ...(imports.length === 0
        ? [`export const ${file} = registryOf<never>([], () => []);`]
        : [
            `export const ${file} = registryOf${itemType.lines.length === 0 ? '' : `<${type[0]}>`}([`,
            ...list,
            `], ({ ${key} }) => ${key});`,
          ]),
      '',
    ].join('\n');
  }
  return [
    `// Made by scripts/build.mjs from the files in ${folder}/. Not committed, not edited.`,
    ...itemType.lines,
    ...imports.map(({ found, local, path }) => `import { ${found} as ${local} } from '${specifier(path)}';`),
    '',
    `export const ${file}${itemType.annotation} = [`,
    ...list,
    '];',
    '',
  ].join('\n');
}

/**
 * Each registry with a key as it is bundled: the modules are evaluated when one of their names is first asked for.
 *
 * @param {string} root absolute path of the project
 * @returns {Promise<Map<string, string>>} absolute path of the generated file to the text that is bundled in its place
 */
export async function lazyRegistries(root) {
  const keyed = registries
    .filter(({ key }) => key !== undefined)
    .map((registry) => ({ ...registry, entries: entriesOf(root, registry) }))
    .filter(({ entries }) => entries.length > 0);
  const modules = await evaluated(
    root,
    keyed.flatMap(({ entries }) => entries),
  );
  return new Map(
    keyed.map((registry) => [join(root, generatedFolder, `${registry.file}.ts`), lazyText(registry, modules)]),
  );
}

/** What files export, by path: a bundle of them all is made and run once. */
async function evaluated(root, entries) {
  const contents = entries
    .map(({ path, found }, at) => `export { ${found} as part${at} } from './${path}';`)
    .join('\n');
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: root, loader: 'ts' },
    ...{ bundle: true, write: false, platform: 'node', format: 'esm', logLevel: 'error', external: ['node:*'] },
  });
  const folder = mkdtempSync(join(tmpdir(), 'guard-build-'));
  try {
    const file = join(folder, 'parts.mjs');
    writeFileSync(file, outputFiles[0].text);
    const parts = await import(pathToFileURL(file).href);
    return new Map(entries.map(({ path }, at) => [path, [parts[`part${at}`]].flat()]));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function lazyText({ file, key, name, entries }, modules) {
  const places = {};
  entries.forEach(({ path }, at) => {
    for (const part of modules.get(path)) for (const each of part[key]) places[each] = [...(places[each] ?? []), at];
  });
  const loaders = entries.map(({ path, found }) => {
    const exported = `require('${specifier(path)}').${found}`;
    return `  () => ${found === name ? `[${exported}]` : exported},`;
  });
  return [
    "import { lazyRegistry } from '../model/registry.ts';",
    `const places = ${JSON.stringify(Object.fromEntries(Object.entries(places).map(([each, own]) => [each, [...new Set(own)]])))};`,
    `export const ${file} = lazyRegistry(places, [`,
    ...loaders,
    `], ({ ${key} }) => ${key});`,
    '',
  ].join('\n');
}

/** The element type where its file exists; an empty list needs one, a full list can do without. */
function typeOf(root, [type, path], count) {
  const exported = existsSync(join(root, path)) && exportsType(readFileSync(join(root, path), 'utf8'), type);
  if (exported) {
    return { lines: [`import type { ${type} } from '${specifier(path)}';`], annotation: `: readonly ${type}[]` };
  }
  return { lines: [], annotation: count === 0 ? ': readonly never[]' : '' };
}

/** Subcommands are named by their files and imported on demand, so that `guard check` does not load `guard audit`. */
function commandsText(root) {
  const names = sourceFiles(root, commandsFolder).map((path) => {
    if (exportedName(root, path, 'command') !== 'command') {
      throw new BuildError(`${path} does not export \`const command\`: the subcommand could not be run`);
    }
    return basename(path, '.ts');
  });
  return [
    `// Made by scripts/build.mjs from the files in ${commandsFolder}/. Not committed, not edited.`,
    '',
    '/** Every subcommand by the name of its file; the file is loaded when the subcommand is called. */',
    `export const commands${names.length === 0 ? ': readonly never[]' : ''} = [`,
    ...names.map((name) => `  { name: '${name}', load: () => import('./commands/${name}.ts') },`),
    '] as const;',
    '',
  ].join('\n');
}

const sourceFiles = (root, folder) =>
  listFolder(join(root, folder))
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts'))
    .map((name) => `${folder}/${name}`);

/** `name` or its plural, whichever the file exports. */
function exportedName(root, path, name) {
  const text = readFileSync(join(root, path), 'utf8');
  return [name, `${name}s`].find((candidate) => new RegExp(`^export const ${candidate}\\b`, 'm').test(text));
}

const exportsType = (text, type) => new RegExp(`^export (?:interface|type) ${type}\\b`, 'm').test(text);

const specifier = (path) => {
  const from = relative(generatedFolder, path);
  return from.startsWith('.') ? from : `./${from}`;
};

/** `docker-exec.ts` exporting `launcher` becomes `launcherDockerExec`: the prefix keeps `eval` and `7z` legal. */
const localName = (path, name) =>
  name +
  basename(path, '.ts')
    .split(/[^A-Za-z0-9]+/)
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('');
