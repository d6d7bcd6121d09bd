// Fuzzing at length: in-process cases that must end with a verdict, and cases held against a real bash.
// Usage: node bench/fuzz.mjs [--cases 200000] [--differential 3000] [--seed N]     prints counts; status 1 on a failure
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import fc from 'fast-check';

const root = join(import.meta.dirname, '..');
const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '200000' },
    differential: { type: 'string', default: '3000' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
  },
});
const seed = Number(values.seed);
const batch = 500;
/** Milliseconds past which a case counts as slow. */
const slowAfter = 1_000;

const { campaign, texts, sandbox } = await load();
console.log(`seed ${seed}, Node ${process.version}`);
const failures = [...inProcess(Number(values.cases)), ...(await differential(Number(values.differential)))];
process.exitCode = failures.length === 0 ? 0 : 1;

/** The cases are those of the tests, so they are bundled from there. */
async function load() {
  const folder = mkdtempSync(join(tmpdir(), 'guard-fuzz-'));
  const outfile = join(folder, 'cases.mjs');
  const contents = `
    export * as campaign from './__tests__/fuzz/campaign.ts';
    export * as texts from './__tests__/fuzz/texts.ts';
    export * as sandbox from './__tests__/oracle/sandbox.ts';
  `;
  await build({
    stdin: { contents, resolveDir: root, loader: 'ts' },
    ...{ outfile, bundle: true, platform: 'node', format: 'esm', logLevel: 'error', external: ['node:*'] },
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  });
  const cases = await import(outfile);
  rmSync(folder, { recursive: true });
  return cases;
}

/** Samples of an arbitrary, batch by batch, so that they are never all in memory. */
function* samples(arbitrary, count, salt) {
  for (let done = 0; done < count; done += batch) {
    yield* fc.sample(arbitrary, { numRuns: Math.min(batch, count - done), seed: (seed + salt * 7_919 + done) | 0 });
  }
}

function inProcess(count) {
  const kinds = { mutated: texts.mutated, 'token soup': texts.tokenSoup, 'any characters': texts.arbitrary };
  const share = Math.ceil(count / Object.keys(kinds).length);
  const failed = [];
  const verdicts = { run: 0, ask: 0, deny: 0 };
  const slow = [];
  let worst = 0;
  let total = 0;
  const started = performance.now();
  for (const [salt, [name, arbitrary]] of Object.entries(kinds).entries()) {
    for (const [text, file] of samples(fc.tuple(arbitrary, fc.option(arbitrary, { nil: undefined })), share, salt)) {
      const begun = performance.now();
      try {
        verdicts[campaign.judgeText(text, file).verdict.kind] += 1;
      } catch (error) {
        failed.push({ name, text, file, error: error.message });
      }
      const taken = performance.now() - begun;
      worst = Math.max(worst, taken);
      if (taken > slowAfter) slow.push({ name, text: text.slice(0, 200), taken: Math.round(taken) });
      total += 1;
    }
  }
  const seconds = (performance.now() - started) / 1_000;
  console.log(
    `in process: ${total} cases in ${seconds.toFixed(0)} s: ${verdicts.run} run, ${verdicts.ask} ask, ${failed.length} threw, ${slow.length} slower than ${slowAfter} ms (worst ${worst.toFixed(0)} ms)`,
  );
  for (const failure of failed.slice(0, 20)) console.log(`  threw: ${JSON.stringify(failure)}`);
  for (const one of slow.slice(0, 20)) console.log(`  slow: ${JSON.stringify(one)}`);
  return [...failed, ...slow];
}

async function differential(count) {
  const box = new sandbox.Sandbox();
  const silent = [];
  const wrongWords = [];
  let ran = 0;
  let unknown = 0;
  const started = performance.now();
  try {
    for (const text of samples(texts.mutated.filter(campaign.isTame), count, 11)) {
      const comparison = await campaign.compareText(text, box, 1_000);
      if (comparison.ran.length > 0) ran += 1;
      if (comparison.saysUnknown) unknown += 1;
      else if (campaign.isSilentMiss(comparison)) silent.push({ text, missed: comparison.unlisted });
      else if (comparison.unexplained.length > 0) wrongWords.push({ text, words: comparison.unexplained });
    }
  } finally {
    box.remove();
  }
  const seconds = (performance.now() - started) / 1_000;
  console.log(
    `against bash: ${count} cases in ${seconds.toFixed(0)} s: stubs ran in ${ran}, guard says that it does not know in ${unknown}, ${silent.length} silent misses, ${wrongWords.length} with other words`,
  );
  for (const miss of silent.slice(0, 50)) console.log(`  silent: ${JSON.stringify(miss)}`);
  for (const miss of wrongWords.slice(0, 50)) console.log(`  words: ${JSON.stringify(miss)}`);
  return silent;
}
