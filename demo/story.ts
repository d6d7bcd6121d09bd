// The story: 24 April 2026 without guard, the same line with guard and a human, and with guard and nobody there.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { answerAtTerminal } from './human.ts';
import type { Page } from './page.ts';
import { domainsToken, ids } from './railway/fixture.ts';
import type { LoggedRequest, RailwayServer } from './railway/server.ts';
import type { Screen } from './screen.ts';
import { tokenFile, tokenLine, type Workspace } from './workspace.ts';

export interface Stage {
  readonly page: Page;
  readonly server: RailwayServer;
  readonly workspace: Workspace;
  /** Folder of guard's own programs. */
  readonly bin: string;
  /** How the host of a played human's terminal is started. */
  readonly host: readonly [string, ...string[]];
  /** The reader answers, at their own terminal. */
  readonly isInteractive: boolean;
}

const last4 = domainsToken.slice(-4);

/** What the agent ran, word for word but for the address. */
const commandLine = (url: string, token = domainsToken) =>
  [
    `curl -sS -X POST ${url}`,
    `  -H "Authorization: Bearer ${token}"`,
    '  -H "Content-Type: application/json"',
    `  -d '{"query":"mutation { volumeDelete(volumeId: \\"${ids.volume}\\") }"}'`,
  ].join(' \\\n');

/** Tells the story to its end. The page counts what was not as it should be. */
export async function tellStory(stage: Stage): Promise<void> {
  const { page, server } = stage;
  page.heading('guard: the nine-second deletion, replayed');
  page.say(
    'On 24 April 2026 an AI agent at work in staging met a credential that did not',
    'fit. It found an API token in a file that had nothing to do with its task and',
    'sent one request to Railway. The production database was gone, and with it',
    'the backups, which were stored in the same volume.',
    '',
    `Here it sends that request again, to a server on this machine that speaks`,
    "Railway's API:",
    '',
  );
  page.command(commandLine(server.url, `…${last4}`));
  await withoutGuard(stage);
  await (stage.isInteractive ? withReader(stage) : withHuman(stage));
  await withNobody(stage);
}

async function withoutGuard({ page, server, workspace }: Stage): Promise<void> {
  page.act(1, 'Without guard');
  const started = performance.now();
  const { status, stdout } = await run('/bin/bash', ['-c', commandLine(server.url)], workspace);
  const seconds = ((performance.now() - started) / 1000).toFixed(2);
  page.quote([stdout.trim()], 'dim');
  showFate(page, server);
  page.say('', `It took ${seconds} seconds. Nobody was asked.`, '');
  page.check(
    status === 0 && server.volume('pocketos-db') === undefined,
    'the volume and its backups are gone',
    `bash ended with ${status}`,
  );
}

async function withHuman(stage: Stage): Promise<void> {
  const { page, server, workspace, bin, host } = stage;
  server.reset();
  page.act(2, 'With guard, and somebody at the terminal');
  const env = page.color ? workspace.env : { ...workspace.env, NO_COLOR: '1' };
  const command = { file: join(bin, 'guard-sh'), args: ['-c', commandLine(server.url)], cwd: workspace.folder, env };
  const { status, asked, last } = await answerAtTerminal(command, host, isQuestion, '\r');
  const screen = asked ?? last;
  page.quote(trimEmpty(screen.lines(page.color)));
  page.say(
    '',
    asked === undefined ? 'No question came.' : 'The human does not type the name and presses Enter: no.',
    '',
  );
  checkScreen(page, screen);
  checkNothingHappened(stage, status);
  await checkAudit(stage, 'refused');
}

/** The reader's own terminal: guard asks there, or says why it does not take it for a human's. */
async function withReader(stage: Stage): Promise<void> {
  const { page, server, workspace, bin } = stage;
  server.reset();
  page.act(2, 'With guard, and you at the terminal');
  const env = { ...process.env, ...workspace.env, TERM: process.env.TERM ?? workspace.env.TERM ?? 'dumb' };
  const child = spawn(join(bin, 'guard-sh'), ['-c', commandLine(server.url)], {
    cwd: workspace.folder,
    env,
    stdio: 'inherit',
  });
  const status = await exitOf(child);
  page.say('');
  if (server.volume('pocketos-db') !== undefined) {
    page.say('You did not approve it.', '');
    return checkNothingHappened(stage, status);
  }
  showFate(page, server);
  page.say('', 'You approved it, so it ran.', '');
  await checkAudit(stage, 'approved');
}

async function withNobody(stage: Stage): Promise<void> {
  const { page, server, workspace, bin } = stage;
  server.reset();
  page.act(3, 'With guard, and nobody there: the agent reads why');
  const { status, stdout, stderr } = await run(join(bin, 'guard-sh'), ['-c', commandLine(server.url)], workspace);
  page.quote(stderr.trimEnd().split('\n'));
  page.say('');
  const said = squeeze(stderr);
  page.check(stdout === '', 'nothing on standard output', stdout);
  page.check(
    said.includes('pocketos-db') && said.includes('production'),
    'the agent is told what it would have hit, and where',
  );
  page.check(said.includes(squeeze('Do not look for another way')), 'and that it must not look for another way');
  checkNothingHappened(stage, status);
}

const isQuestion = (screen: Screen): boolean => {
  const shown = squeeze(screen.text);
  return shown.includes('refuses') && shown.includes('guardholds');
};

/** Text without white space: a word that was broken at the edge of the screen is whole again. */
const squeeze = (shown: string): string => shown.replaceAll(/\s+/g, '');

const promises: readonly (readonly [promise: string, text: string])[] = [
  ['the question names the volume', 'pocketos-db'],
  ['where it is attached: PRODUCTION', 'PRODUCTION'],
  ["that this session's scope is staging", 'thissessionisforstaging'],
  ['how many backups are stored inside', '7backups'],
  [`whose token it is, by its last characters`, last4],
  [`and that it comes from ${tokenFile}, line ${tokenLine}`, `${tokenFile}:${tokenLine}`],
];

function checkScreen(page: Page, screen: Screen): void {
  const shown = squeeze(screen.text);
  for (const [promise, wanted] of promises)
    page.check(shown.includes(wanted), promise, `"${wanted}" is not on the screen`);
  page.check(!shown.includes(domainsToken), 'the token itself is not shown');
}

function checkNothingHappened({ page, server }: Stage, status: number | undefined): void {
  const { requests } = server;
  const isReading =
    requests.length > 0 && requests.every(({ operation, tokenLast4 }) => operation === 'query' && tokenLast4 === last4);
  const fields = requests.flatMap((request) => request.fields).join(', ');
  page.check(
    isReading,
    `the server saw ${requests.length} read-only questions of guard, nothing else: ${fields}`,
    showRequests(requests),
  );
  const backups = server.volume('pocketos-db')?.instances[0]?.backups.length;
  page.check(backups === 7, 'pocketos-db and its 7 backups are still there', `${backups ?? 'no'} backups`);
  page.check(status === 126, 'the command was refused: exit status 126', `exit status ${status ?? 'never came'}`);
}

const showRequests = (requests: readonly LoggedRequest[]) =>
  requests
    .map(({ operation, fields, tokenLast4 }) => `${operation} ${fields.join(', ')} with …${tokenLast4}`)
    .join('; ') || 'no request at all';

interface Decision {
  readonly type?: string;
  readonly answer?: string;
  readonly findings?: readonly {
    readonly rule?: string;
    readonly environment?: string;
    readonly target?: { readonly name?: string };
  }[];
}

/** `guard audit --json` prints one record a line. */
async function checkAudit({ page, workspace, bin }: Stage, answer: string): Promise<void> {
  const { stdout, stderr } = await run(join(bin, 'guard'), ['audit', '--json'], workspace);
  const records = stdout.split('\n').map(parseRecord);
  const record = records.findLast((each) => each?.type === 'decision' && each.answer === answer);
  const finding = record?.findings?.find(({ rule }) => rule === 'railway/volume-delete');
  const where = `${finding?.target?.name ?? 'unknown'}, ${finding?.environment ?? 'unknown'}`;
  page.check(
    where === 'pocketos-db, production',
    `guard audit shows it: ${answer}, railway/volume-delete, ${where}`,
    stderr.trim(),
  );
  page.check(!stdout.includes(domainsToken), 'without the token');
}

function parseRecord(line: string): Decision | undefined {
  try {
    return JSON.parse(line) as Decision;
  } catch {
    return undefined;
  }
}

function showFate(page: Page, server: RailwayServer): void {
  const instance = server.volume('pocketos-db')?.instances[0];
  const isLost = instance === undefined;
  page.say('');
  page.row('pocketos-db, 41 GB of production data', isLost ? 'gone' : 'still there', isLost);
  page.row('7 backups, stored in the same volume', isLost ? 'gone' : 'still there', isLost);
}

function trimEmpty(lines: readonly string[]): readonly string[] {
  return lines.slice(
    Math.max(
      0,
      lines.findIndex((line) => line !== ''),
    ),
  );
}

interface Ended {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Nothing here takes a second; what takes this long hangs. */
const patience = 30_000;

/** Runs a program as agents run theirs: no terminal, nothing on standard input, a session of its own. */
async function run(file: string, args: readonly string[], { folder, env }: Workspace): Promise<Ended> {
  const child = spawn(file, args, {
    cwd: folder,
    env: { ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
    timeout: patience,
  });
  const [status, stdout, stderr] = await Promise.all([exitOf(child), text(child.stdout), text(child.stderr)]);
  return { status, stdout, stderr };
}

function exitOf(child: ReturnType<typeof spawn>): Promise<number> {
  return new Promise((resolve) => {
    child.on('error', () => resolve(127));
    child.on('close', (code) => resolve(code ?? 128));
  });
}
