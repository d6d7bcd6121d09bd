// The build: registries from folder listings, bundles, compiled rules, licences. `npm run build` runs it.
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundle } from './lib/bundle.mjs';
import { BuildError, removeOthers, writeIfChanged } from './lib/files.mjs';
import { licensesText } from './lib/licenses.mjs';
import { generateRegistries } from './lib/registries.mjs';
import { compileRules } from './lib/rules.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = join(root, 'dist');

const entryPoints = {
  shell: 'src/loader.ts',
  evaluator: 'src/shell.ts',
  warm: 'src/warm.ts',
  cli: 'src/cli.ts',
  demo: 'demo/demo.ts',
};

/** WebAssembly that chunks read from disk, by its name in dist. */
const modules = { 'prism.wasm': 'node_modules/@ruby/prism/src/prism.wasm' };

async function main() {
  const started = performance.now();
  generateRegistries(root);
  const rules = compileRules(root, {
    rules: join(dist, 'rules.json'),
    schema: join(root, 'rules/rule.schema.json'),
    docs: join(root, 'docs/rules'),
  });
  const [bundled, compiled] = await Promise.all([bundle(root, presentEntries()), rules]);
  writeBundles(bundled);
  warm();
  if (!compiled) console.log('build: no rule compiler (scripts/lib/compile-rules.ts), no rules compiled');
  console.log(`build: ${bundled.files.size} bundles in ${((performance.now() - started) / 1000).toFixed(1)} s`);
}

/** The code cache is a gift, not a need: without it the evaluator starts slower. */
function warm() {
  const program = join(dist, 'warm.cjs');
  if (!existsSync(program)) return;
  const { status, stderr } = spawnSync(process.execPath, [program], { cwd: dist, encoding: 'utf8' });
  if (status !== 0) throw new BuildError(`the evaluator does not run (${status})\n${stderr}`.trim());
}

/** The entry points whose source is there. */
function presentEntries() {
  return Object.fromEntries(
    Object.entries(entryPoints).filter(([, source]) => {
      const present = existsSync(join(root, source));
      if (!present) console.log(`build: ${source} does not exist, its bundle is left out`);
      return present;
    }),
  );
}

/** Chunks come first: a bundle must never name a chunk that is not there yet. */
function writeBundles({ files, legal, meta }) {
  const chunks = [...files].filter(([path]) => path.startsWith('chunks/'));
  const entries = [...files].filter(([path]) => !path.startsWith('chunks/'));
  for (const [path, text] of [...chunks, ...entries]) writeIfChanged(join(dist, path), text);
  removeOthers(join(dist, 'chunks'), new Set(chunks.map(([path]) => path.slice('chunks/'.length))));
  for (const [name, source] of Object.entries(modules)) copyFileSync(join(root, source), join(dist, name));
  writeIfChanged(join(dist, 'meta.json'), `${JSON.stringify(meta)}\n`);
  writeIfChanged(join(dist, 'THIRD_PARTY_LICENSES.txt'), licensesText(root, meta, legal));
}

main().catch((error) => {
  console.error(`build: ${error instanceof BuildError ? error.message : error.stack}`);
  process.exitCode = 1;
});
