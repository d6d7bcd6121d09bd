// Start-up of guard-sh against a bare bash and a bare Node, in interleaved rounds so that a busy machine slows all alike.
// Usage: node bench/start.mjs [rounds]     prints medians, 99th percentiles and ratios
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const rounds = Number(process.argv[2] ?? 60);
const folder = mkdtempSync(join(tmpdir(), 'guard-bench-'));
const env = { ...process.env, XDG_STATE_HOME: folder, XDG_CONFIG_HOME: folder };
for (const name of ['NODE_EXTRA_CA_CERTS', 'NODE_OPTIONS']) delete env[name];

/** A launcher whose evaluator says yes at once, with paths baked or to be found: the launcher's own cost. */
function stubLauncher(name, node, dist) {
  for (const part of ['bin', 'dist']) mkdirSync(join(folder, name, part), { recursive: true });
  const path = join(folder, name, 'bin', 'guard-sh');
  copyFileSync(join(root, 'bin', 'guard-sh'), path);
  writeFileSync(join(folder, name, 'dist', 'shell.cjs'), "require('node:fs').writeSync(1, 'run\\n/bin/bash\\n');\n");
  if (node === undefined) return path;
  spawnSync('sed', ['-i', `s#^_guard_node=$#_guard_node=${node}#; s#^_guard_dist=$#_guard_dist=${dist}#`, path]);
  return path;
}

const programs = [
  ['bash -c :', '/bin/bash', ['-c', ':']],
  ['node -e 0', process.execPath, ['-e', '0']],
  ['node, an empty file', process.execPath, [join(folder, 'empty.cjs')]],
  ['guard-sh, yes at once', stubLauncher('found'), ['-c', ':']],
  ['guard-sh, yes at once, baked', stubLauncher('baked', process.execPath, join(folder, 'baked', 'dist')), ['-c', ':']],
];
writeFileSync(join(folder, 'empty.cjs'), '');
if (existsSync(join(root, 'dist', 'shell.cjs')))
  programs.push(['guard-sh -c :', join(root, 'bin', 'guard-sh'), ['-c', ':']]);

const times = new Map(programs.map(([name]) => [name, []]));
for (let round = -3; round < rounds; round++) {
  for (let turn = 0; turn < programs.length; turn++) {
    const [name, program, args] = programs[(turn + round + programs.length) % programs.length];
    const start = process.hrtime.bigint();
    const { status } = spawnSync(program, args, { stdio: 'ignore', env });
    const taken = Number(process.hrtime.bigint() - start) / 1e6;
    if (status !== 0) throw new Error(`${name} ended with status ${status}`);
    if (round >= 0) times.get(name).push(taken);
  }
}
rmSync(folder, { recursive: true });

const quantile = (list, part) =>
  list.toSorted((a, b) => a - b)[Math.min(list.length - 1, Math.floor(list.length * part))];
const [bash, node] = ['bash -c :', 'node -e 0'].map((name) => quantile(times.get(name), 0.5));
console.log(
  `${'program'.padEnd(30)} median ms   p99 ms   x bash   x node -e 0   (${rounds} rounds, Node ${process.version})`,
);
for (const [name, list] of times) {
  const median = quantile(list, 0.5);
  const cells = [median.toFixed(1).padStart(9), quantile(list, 0.99).toFixed(1).padStart(8)];
  const ratios = [(median / bash).toFixed(1).padStart(8), (median / node).toFixed(2).padStart(13)];
  console.log(`${name.padEnd(30)} ${[...cells, ...ratios].join(' ')}`);
}
