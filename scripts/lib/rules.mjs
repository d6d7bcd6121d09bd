// The step that compiles the rules: bundles the rule compiler, which is TypeScript, and runs it.
import { spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { BuildError } from './files.mjs';

const compiler = 'scripts/lib/compile-rules.ts';

/**
 * Checks and compiles the rules of the project at `root`, and writes what is made from them. A rule that is not valid,
 * or whose examples do not hold it, throws a BuildError with the compiler's own words.
 *
 * @param {string} root absolute path of the project
 * @param {{ rules: string, schema: string, docs: string }} out absolute paths: the compiled rules, their JSON Schema,
 *   the folder of their pages
 * @returns {Promise<boolean>} false where there is no rule compiler
 */
export async function compileRules(root, out) {
  if (!existsSync(join(root, compiler))) return false;
  const tools = join(root, `dist/.tools-${process.pid}`);
  const program = join(tools, 'compile-rules.mjs');
  try {
    await bundleTool(root, program);
    const { status, signal, stdout, stderr } = spawnSync(
      process.execPath,
      [program, 'rules', out.rules, out.schema, out.docs],
      { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
    );
    if (status !== 0) throw new BuildError(`the rules do not compile (${signal ?? status})\n${stdout}${stderr}`.trim());
    process.stderr.write(stderr);
  } finally {
    rmSync(tools, { recursive: true, force: true });
  }
  return true;
}

/** Packages stay outside: the tool runs here, next to node_modules, and is gone afterwards. */
async function bundleTool(root, program) {
  await build({
    absWorkingDir: root,
    entryPoints: [compiler],
    outfile: program,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20.17',
    logLevel: 'silent',
  }).catch((error) => {
    throw new BuildError(`the rule compiler does not bundle: ${error.message}`);
  });
}
