// Writes the facts of the real world, as this process has them, to argv[2].
import { writeFileSync } from 'node:fs';
import { realWorld } from '../../../src/confirm/human.ts';

const world = realWorld({});
const processes = world.processes();
writeFileSync(
  process.argv[2] ?? '',
  JSON.stringify({
    stdin: world.stdinIsTerminal(),
    stderr: world.stderrIsTerminal(),
    terminal: world.terminalOpens(),
    foreground: processes !== undefined && processes.group === processes.foregroundGroup,
    parent: processes?.ancestors[0]?.name,
  }),
);
