// Bundles: one CommonJS file per entry point (it starts faster than an ES module) and one per dynamic import.
//
// esbuild splits only ES modules. Here every `import('x')` becomes a bundle of its own under chunks/, required when the
// import runs. Code that two chunks share is in both: state of a module must not be relied upon across them.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { build } from 'esbuild';
import { BuildError } from './files.mjs';
import { lazyRegistries } from './registries.mjs';

/** Packages that bundled packages name but that guard never reaches, with the reason. */
const neverReached = [
  'typescript', // cosmiconfig's loader for .ts configuration files; guard reads data formats only
];

const placeholder = 'guard-chunk:';
const entryNamespace = 'guard-entry';

/**
 * Bundles entry points and every dynamic import that they lead to. Nothing is written.
 *
 * @param {string} root absolute path of the project
 * @param {Record<string, string>} entries output name without extension to source file, both relative
 * @returns {Promise<{ files: Map<string, string>, legal: string[], meta: import('esbuild').Metafile }>} output path
 *   relative to the output folder to its text, the legal comments that the bundles dropped, and esbuild's metafile
 */
export async function bundle(root, entries) {
  const replaced = await lazyRegistries(root);
  const chunks = new Map();
  const result = { files: new Map(), legal: new Set(), meta: { inputs: {}, outputs: {} } };
  let round = Object.entries(entries).map(([out, source]) => ({ in: join(root, source), out }));
  while (round.length > 0) {
    const known = new Set(chunks.keys());
    await bundleRound(root, round, chunks, replaced, result);
    round = [...chunks.keys()]
      .filter((name) => !known.has(name))
      .map((name) => ({ in: `${entryNamespace}:${name}`, out: `chunks/${name}` }));
  }
  return { ...result, legal: [...result.legal].sort() };
}

/** Bundles some entries; dynamic imports met on the way are added to `chunks`. */
async function bundleRound(root, entryPoints, chunks, replaced, result) {
  const output = await build({
    absWorkingDir: root,
    entryPoints,
    outdir: join(root, 'dist'),
    outExtension: { '.js': '.cjs' },
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20.17',
    minify: true,
    // Plain ASCII: V8 reads and caches it as one byte a character.
    charset: 'ascii',
    legalComments: 'external',
    external: neverReached,
    define: {
      'import.meta.url': 'guardModuleUrl',
      'import.meta.dirname': '__dirname',
      'import.meta.filename': '__filename',
      __GUARD_VERSION__: JSON.stringify(versionOf(root) ?? null),
    },
    plugins: [chunkPlugin(root, chunks), replacePlugin(replaced)],
    logLevel: 'silent',
  }).catch(throwBuildFailure);
  for (const file of output.outputFiles) {
    if (file.path.endsWith('.LEGAL.txt')) result.legal.add(file.text.trim());
    else {
      const path = relative(join(root, 'dist'), file.path);
      result.files.set(path, finishText(path, file.text));
    }
  }
  Object.assign(result.meta.inputs, output.metafile.inputs);
  for (const [path, info] of Object.entries(output.metafile.outputs)) {
    if (path.endsWith('.cjs')) result.meta.outputs[path] = info;
  }
}

/** The version in package.json; what is bundled without one has none. */
function versionOf(root) {
  const path = join(root, 'package.json');
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).version : undefined;
}

/** Serves other texts for some files. */
const replacePlugin = (texts) => ({
  name: 'replace',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]core[\\/]generated[\\/]/ }, ({ path }) => {
      const contents = texts.get(path);
      return contents === undefined ? undefined : { contents, loader: 'ts', resolveDir: dirname(path) };
    });
  },
});

/** Turns each dynamic import into a reference to a chunk, and serves the chunks' own entries. */
function chunkPlugin(root, chunks) {
  const resolving = Symbol('resolving');
  return {
    name: 'chunks',
    setup({ onResolve, onLoad, resolve }) {
      onResolve({ filter: /./ }, async (args) => {
        if (args.kind !== 'dynamic-import' || args.pluginData === resolving) return undefined;
        const { kind, importer, resolveDir, path, with: attributes } = args;
        const target = await resolve(path, { kind, importer, resolveDir, with: attributes, pluginData: resolving });
        if (target.errors.length > 0 || target.external) return target;
        const name = chunkName(root, target.path);
        if ((chunks.get(name) ?? target.path) !== target.path) {
          throw new Error(`two modules would share the chunk ${name}: ${chunks.get(name)} and ${target.path}`);
        }
        chunks.set(name, target.path);
        return { path: placeholder + name, external: true };
      });
      onResolve({ filter: new RegExp(`^${entryNamespace}:`) }, (args) => ({
        // The ending tells esbuild that an ES module imports here, so a CommonJS package looks as it does to Node.
        path: `${args.path.slice(entryNamespace.length + 1)}.mjs`,
        namespace: entryNamespace,
      }));
      onLoad({ filter: /./, namespace: entryNamespace }, ({ path }) => {
        const target = chunks.get(path.replace(/\.mjs$/, ''));
        return {
          contents: `import * as namespace from ${JSON.stringify(target)};\nexport { namespace };\n`,
          resolveDir: root,
        };
      });
    },
  };
}

/** `src/cli/commands/check.ts` becomes `cli-commands-check`, a package's file keeps its path. */
const chunkName = (root, path) =>
  relative(root, path)
    .replace(/^(?:src|node_modules)\//, '')
    .replace(/\.[cm]?[jt]s$/, '')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-/, '');

/** Puts real code where esbuild was given placeholders. */
function finishText(path, text) {
  let prelude = '';
  // Code that runs from V8's cache has no `import()` of its own, so Node's modules are required as well.
  const plain = text.replaceAll(/\bimport\("(node:[\w/]+)"\)/g, 'guardNode("$1")');
  const body = plain.replaceAll(/\bimport\("guard-chunk:([\w-]+)"\)/g, 'guardChunk("$1")');
  if (body.includes(placeholder)) throw new BuildError('a dynamic import was not turned into a chunk');
  if (body !== plain) {
    const folder = path.startsWith('chunks/') ? './' : './chunks/';
    prelude += `const guardChunk=async n=>require("${folder}"+n+".cjs").namespace;`;
  }
  if (plain !== text) prelude += 'const guardNode=async n=>Object.create(require(n),{default:{value:require(n)}});';
  if (body.includes('guardModuleUrl')) {
    prelude += 'const guardModuleUrl=require("node:url").pathToFileURL(__filename).href;';
  }
  return body.replace(/^(?:#![^\n]*\n)?(?:"use strict";)?/, (head) => head + prelude);
}

function throwBuildFailure(error) {
  if (!Array.isArray(error.errors)) throw error;
  const lines = error.errors.map(({ text, location }) =>
    location ? `${location.file}:${location.line}:${location.column + 1}: ${text}` : text,
  );
  throw new BuildError(`bundling failed\n${lines.map((line) => `  ${line}`).join('\n')}`);
}
