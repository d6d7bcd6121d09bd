// The demo: `npm run demo`. Replays 24 April 2026 on a local server, without guard and with it. Exits 0 only if all is as told.
import { createWriteStream, existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { hostTerminal, type TerminalCommand } from './human.ts';
import { openPage } from './page.ts';
import { RailwayServer } from './railway/server.ts';
import { tellStory } from './story.ts';
import { makeWorkspace } from './workspace.ts';

const usage = `Usage: npm run demo                      the story, with a played human who answers no
       npm run demo -- --interactive     you answer
`;

/** The clone that this program belongs to: the nearest folder above it that has guard's programs. */
function repositoryOf(path: string): string {
  for (let folder = dirname(path); folder !== dirname(folder); folder = dirname(folder)) {
    if (existsSync(join(folder, 'bin/guard-sh'))) return folder;
  }
  throw new Error(`no bin/guard-sh above ${path}: the demo runs from a clone of the repository`);
}

async function main([first, ...others]: readonly string[]): Promise<number> {
  const self = realpathSync(process.argv[1] ?? '');
  const root = repositoryOf(self);
  if (first === '--terminal') {
    const command = JSON.parse(others[0] ?? '') as TerminalCommand;
    await hostTerminal(root, command, createWriteStream('', { fd: 4 }));
    return 0;
  }
  const isInteractive = first === '--interactive';
  if (others.length > 0 || (first !== undefined && !isInteractive)) {
    process.stderr.write(usage);
    return 2;
  }
  if (isInteractive && !(process.stdin.isTTY && process.stderr.isTTY)) {
    process.stderr.write('demo: --interactive needs a terminal\n');
    return 2;
  }
  return replay(root, [process.execPath, self, '--terminal'], isInteractive);
}

async function replay(root: string, host: readonly [string, ...string[]], isInteractive: boolean): Promise<number> {
  const page = openPage(process.stdout);
  const server = await RailwayServer.start();
  const workspace = makeWorkspace(server.url);
  const removeAndStop = (signal: NodeJS.Signals) => {
    workspace.remove();
    process.kill(process.pid, signal);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, removeAndStop);
  try {
    await tellStory({ page, server, workspace, bin: join(root, 'bin'), host, isInteractive });
  } finally {
    workspace.remove();
    await server.close();
  }
  page.say('');
  if (page.failures === 0) page.say('All of it is so.', '');
  else page.say(`${page.failures} of it not so.`, '');
  return page.failures === 0 ? 0 : 1;
}

main(process.argv.slice(2)).then(
  (status) => {
    process.exitCode = status;
  },
  (error: unknown) => {
    process.stderr.write(`demo: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  },
);
