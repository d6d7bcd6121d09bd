// How long verdicts take in one process, and whether judging many of them costs memory.
// Usage: node bench/verdicts.mjs [--commands FILE.jsonl] [--rounds 3] [--memory 1000000]
// FILE holds one JSON object with a `command` on each line; without it the examples of all rules are judged.
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { parse } from 'yaml';

const root = join(import.meta.dirname, '..');
const { values } = parseArgs({
  options: {
    commands: { type: 'string' },
    rounds: { type: 'string', default: '3' },
    memory: { type: 'string', default: '0' },
  },
});

const { judge, memoryObserver, loadStandards, defaultPolicy } = await load();
const standards = await loadStandards({ ...defaultPolicy, lookups: false }, []);
const rows = values.commands === undefined ? examples() : commandsOf(values.commands);

await firstUse();
await times();
await longScripts();
if (Number(values.memory) > 0) await memory(Number(values.memory));

async function load() {
  const folder = mkdtempSync(join(tmpdir(), 'guard-bench-'));
  // What the bundle looks for beside itself.
  for (const file of ['rules.json', 'prism.wasm']) copyFileSync(join(root, 'dist', file), join(folder, file));
  const contents = `
    export { judge } from './src/judge.ts';
    export { memoryObserver } from './src/observe/index.ts';
    export { loadStandards } from './src/standards.ts';
    export { defaultPolicy } from './src/core/model/policy.ts';
  `;
  await build({
    stdin: { contents, resolveDir: root, loader: 'ts' },
    ...{
      outdir: join(folder, 'chunks'),
      outExtension: { '.js': '.mjs' },
      bundle: true,
      splitting: true,
      platform: 'node',
    },
    ...{ format: 'esm', logLevel: 'error', loader: { '.wasm': 'binary' } },
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  });
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  return import(join(folder, 'chunks', 'stdin.mjs'));
}

function commandsOf(file) {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

function examples() {
  const files = readdirSync(join(root, 'rules'), { recursive: true }).filter((file) => file.endsWith('.yaml'));
  return files.flatMap((file) => {
    const { match = [], skip = [] } = parse(readFileSync(join(root, 'rules', file), 'utf8')).examples ?? {};
    return [...match, ...skip].map((each) => (typeof each === 'string' ? { command: each } : each));
  });
}

async function verdict({ command, cwd, env, files }) {
  const from = { kind: 'command-line', label: 'command line' };
  const request = { command, shell: 'bash', name: undefined, positionals: [], cwd, env, from };
  const started = performance.now();
  await judge(request, standards, memoryObserver(files));
  return performance.now() - started;
}

/** The first program in each language, which loads its reader. */
async function firstUse() {
  const programs = {
    'sh (nothing to load)': 'ls -la',
    python: `python3 -c 'import shutil; shutil.rmtree("/srv/orders")'`,
    javascript: `node -e 'require("fs").rmSync("/srv/orders", { recursive: true })'`,
    ruby: `ruby -e 'require "fileutils"; FileUtils.rm_rf("/srv/orders")'`,
    php: `php -r 'unlink("/srv/orders.db");'`,
    perl: `perl -e 'unlink "/srv/orders.db"'`,
    awk: `awk 'BEGIN { system("ls /srv") }'`,
    powershell: `pwsh -c 'Remove-Item -Recurse /srv/orders'`,
    batch: 'cmd.exe /c "rd /s /q C:\\orders"',
    sql: `psql -c 'drop table orders'`,
  };
  await verdict({ command: 'true' });
  for (const [name, command] of Object.entries(programs)) {
    const first = await verdict({ command });
    const again = await verdict({ command });
    console.log(`${name.padEnd(22)} first ${first.toFixed(1).padStart(6)} ms, then ${again.toFixed(2)} ms`);
  }
}

async function times() {
  for (const row of rows.slice(0, 500)) await verdict(row);
  const all = [];
  for (let round = 0; round < Number(values.rounds); round += 1) for (const row of rows) all.push(await verdict(row));
  console.log(`${all.length} verdicts: ${shown(all)}`);
}

/** Scripts of 1,000 lines: plain commands, functions and loops, and a program in Python. */
async function longScripts() {
  const lines = (line) => Array.from({ length: 1_000 }, (_unused, at) => line(at)).join('\n');
  const scripts = {
    'plain commands': lines((at) => `cp "src/part${at}.c" build/ && echo "part ${at}" >> build/log.txt`),
    'functions and loops': lines(
      (at) => `step${at}() { for f in a b; do echo "$f ${at}"; done; }; step${at} $((${at} + 1))`,
    ),
    python: `python3 - <<'EOF'\nimport os\n${lines((at) => `print(os.path.join("data", f"part{${at}}.csv"))`)}\nEOF`,
  };
  for (const [name, command] of Object.entries(scripts)) {
    const all = [];
    for (let round = 0; round < 7; round += 1) all.push(await verdict({ command }));
    console.log(`1,000 lines, ${name}: ${shown(all)}`);
  }
}

function shown(all) {
  const sorted = all.toSorted((a, b) => a - b);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))].toFixed(3);
  return `p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, worst ${at(1)} ms`;
}

/** Heap after each tenth, with what the collector could free taken away. */
async function memory(count) {
  const { setFlagsFromString } = await import('node:v8');
  setFlagsFromString('--expose-gc');
  const { runInNewContext } = await import('node:vm');
  const collect = runInNewContext('gc');
  for (let done = 0; done < count; done += 1) {
    const row = rows[done % rows.length];
    // No text is judged twice: what is kept by text would show.
    await verdict({ ...row, command: `${row.command} # ${done}` });
    if ((done + 1) % Math.ceil(count / 10) > 0) continue;
    collect();
    const { heapUsed, rss } = process.memoryUsage();
    const mib = (bytes) => `${(bytes / 1_048_576).toFixed(1)} MiB`;
    console.log(`${String(done + 1).padStart(9)} verdicts: heap ${mib(heapUsed)}, resident ${mib(rss)}`);
  }
}
