// Asking on a real pseudo-terminal: what counts as a yes, and how the terminal is left.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { build } from 'esbuild';
import { type IPty, spawn } from 'node-pty';
import type { Answer, AskOptions } from '../../src/confirm/terminal.ts';
import type { Question } from '../../src/core/decide/question.ts';
import { orders, volumeDelete, worst } from './support/questions.ts';

let folder = '';
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'guard-terminal-'));
  await build({
    entryPoints: [join(import.meta.dirname, 'support/driver.ts'), join(import.meta.dirname, 'support/world.ts')],
    bundle: true,
    platform: 'node',
    format: 'esm',
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    logLevel: 'error',
  });
});
afterAll(() => {
  for (const stop of running) stop();
  rmSync(folder, { recursive: true, force: true });
});

interface Outcome {
  readonly answer: Answer;
  readonly openTerminals: readonly string[];
  readonly listenersLeft: boolean;
}

let runs = 0;
/** Ends what a failed test left waiting. */
const running: (() => void)[] = [];

/** A shell on a pseudo-terminal, which runs `line`; `$DRIVER` asks the question. */
class Session {
  readonly #pty: IPty;
  readonly #output: string;
  readonly #ended: Promise<void>;
  screen = '';

  constructor(question: Question, options: Partial<AskOptions>, line = '$DRIVER') {
    const name = join(folder, String(runs++));
    this.#output = `${name}.out`;
    writeFileSync(`${name}.in`, JSON.stringify({ question, options: { settleMs: 50, ...options } }));
    const driver = `${process.execPath} ${join(folder, 'driver.mjs')} ${name}.in ${this.#output}`;
    this.#pty = spawn('/bin/bash', ['--norc', '-c', line.replaceAll('$DRIVER', driver)], {
      cols: 80,
      rows: 24,
      env: { PATH: process.env.PATH, TERM: 'xterm', NAME: name },
    });
    this.#pty.onData((data) => {
      this.screen += data;
    });
    this.#ended = new Promise((resolve) => this.#pty.onExit(() => resolve()));
    running.push(() => this.#pty.kill('SIGKILL'));
  }

  type(text: string): void {
    this.#pty.write(text);
  }

  signal(name: string): void {
    this.#pty.kill(name);
  }

  /** Waits for `text` on the screen, behind the last `after`. */
  async sees(text: string, after = ''): Promise<void> {
    while (
      !this.screen.slice(Math.max(0, this.screen.lastIndexOf(after || text))).includes(text) ||
      !this.screen.includes(after)
    )
      await new Promise((resolve) => setTimeout(resolve, 10));
  }

  async end(): Promise<Outcome> {
    await this.#ended;
    return JSON.parse(readFileSync(this.#output, 'utf8')) as Outcome;
  }
}

const prompts = { confirm: '(y/N)', typed: '(Enter alone refuses)' };

/** Types each text once its prompt is on the screen. */
async function answer(
  question: Question,
  texts: readonly string[],
  options: Partial<AskOptions> = {},
): Promise<Outcome> {
  const session = new Session(question, options);
  const prompt = question.challenge === 'confirm' ? prompts.confirm : prompts.typed;
  await session.sees(prompt);
  for (const [index, text] of texts.entries()) {
    if (text.startsWith('again:')) await session.sees('Type it exactly');
    else if (index > 0) await session.sees(prompt, 'No second factor');
    session.type(text.replace(/^again:/, ''));
  }
  return session.end();
}

const typed: Question = { ...volumeDelete, challenge: 'typed' };
const yes = (how: string) => ({ kind: 'yes', how });
const no = (reason: string) => ({ kind: 'no', reason });

describe('what counts as a yes', () => {
  test.concurrent.each<[string, Question, readonly string[], object]>([
    ['y', orders, ['y\r'], yes('confirm')],
    ['YES', orders, ['YES\r'], yes('confirm')],
    ['the name', typed, ['acme-db-data\r'], yes('typed')],
    ['the name with blanks around it', typed, [' acme-db-data \r'], yes('typed')],
    ['the name after a slip', typed, ['acme-db\r', 'again:acme-db-data\r'], yes('typed')],
    ['the name, corrected with backspace', typed, ['acme-db-datx\x7fa\r'], yes('typed')],
    ['the name and the environment', volumeDelete, ['acme-db-data\r', 'production\r'], yes('typed+factor')],
  ])('%s', async (_name, question, texts, expected) => {
    expect((await answer(question, texts)).answer).toEqual(expected);
  });
});

describe('what does not', () => {
  test.concurrent.each<[string, Question, readonly string[], object]>([
    ['n', orders, ['n\r'], no('answered')],
    ['Enter', orders, ['\r'], no('answered')],
    ['a word that starts with y', orders, ['yolo\r'], no('answered')],
    ['Tab and Enter', orders, ['\t\r'], no('answered')],
    ['Ctrl-C', orders, ['\x03'], no('interrupted')],
    ['Ctrl-C behind a y', orders, ['y\x03'], no('interrupted')],
    ['Ctrl-D', orders, ['\x04'], no('interrupted')],
    ['Ctrl-\\', orders, ['\x1c'], no('interrupted')],
    ['Esc', orders, ['\x1b'], no('interrupted')],
    ['Ctrl-Z, then n', orders, ['\x1an\r'], no('answered')],
    ['y instead of the name', typed, ['y\r', 'again:\r'], no('answered')],
    ['Enter instead of the name', typed, ['\r'], no('answered')],
    ['Ctrl-C instead of the name', typed, ['acme-db-data\x03'], no('interrupted')],
    ['the name alone', volumeDelete, ['acme-db-data\r', '\r'], no('answered')],
    ['the name and both lines at once', volumeDelete, ['acme-db-data\rproduction\r', '\r'], no('answered')],
  ])('%s', async (_name, question, texts, expected) => {
    expect((await answer(question, texts)).answer).toEqual(expected);
  });

  test.concurrent('three slips', async () => {
    const session = new Session(typed, {});
    await session.sees(prompts.typed);
    session.type('acme\r');
    await session.sees('Type it exactly');
    session.type('orders\r');
    await session.sees('Type it exactly', 'orders');
    session.type('data\r');
    expect((await session.end()).answer).toEqual(no('answered'));
  });

  test.concurrent('silence', async () => {
    expect((await answer(orders, [], { timeoutMs: 900 })).answer).toEqual(no('timeout'));
  });

  test.concurrent('y typed before the question was there', async () => {
    const session = new Session(orders, {}, 'stty -echo; echo ready; sleep 0.2; $DRIVER');
    await session.sees('ready');
    session.type('y\n');
    await session.sees(prompts.confirm);
    session.type('\r');
    expect((await session.end()).answer).toEqual(no('answered'));
  });

  test.concurrent('y typed without a line end before, and Enter after', async () => {
    const session = new Session(orders, {}, 'echo ready; sleep 0.2; $DRIVER');
    await session.sees('ready');
    session.type('y');
    await session.sees(prompts.confirm);
    session.type('\r');
    expect((await session.end()).answer).toEqual(no('answered'));
  });

  test.concurrent('y typed as soon as the question appears', async () => {
    const session = new Session(orders, { settleMs: 500 });
    await session.sees('guard holds');
    session.type('y\r');
    await session.sees(prompts.confirm);
    session.type('\r');
    expect((await session.end()).answer).toEqual(no('answered'));
  });

  test.concurrent.each(['TERM', 'HUP', 'INT'])('SIG%s', async (signal) => {
    const session = new Session(orders, {}, 'exec $DRIVER');
    await session.sees(prompts.confirm);
    session.signal(`SIG${signal}`);
    expect((await session.end()).answer).toEqual(no('interrupted'));
  });

  test.concurrent('no terminal', async () => {
    const session = new Session(orders, { terminal: join(folder, 'missing') });
    expect((await session.end()).answer).toEqual(no('terminal-lost'));
  });
});

describe('the terminal is given back as it was', () => {
  const modes =
    'stty -a > $NAME.before; $DRIVER; stty -a > $NAME.after; cmp $NAME.before $NAME.after && echo "modes: same"';
  test.concurrent.each<[string, string, Partial<AskOptions>]>([
    ['after a yes', 'y\r', {}],
    ['after a no', '\r', {}],
    ['after Ctrl-C', '\x03', {}],
    ['after silence', '', { timeoutMs: 900 }],
  ])('%s', async (_name, text, options) => {
    const session = new Session(orders, options, modes);
    await session.sees(prompts.confirm);
    session.type(text);
    expect(await session.end()).toMatchObject({ openTerminals: [], listenersLeft: false });
    expect(session.screen).toContain('modes: same');
  });

  test.concurrent('in modes that are not the usual ones', async () => {
    const session = new Session(orders, {}, `stty -echo -icanon min 3; ${modes}`);
    await session.sees(prompts.confirm);
    session.type('\x03');
    await session.end();
    expect(session.screen).toContain('modes: same');
  });
});

test.concurrent('stdin and stdout of the command are left alone', async () => {
  const session = new Session(
    orders,
    {},
    'echo kept > $NAME.txt; $DRIVER < $NAME.txt > $NAME.stdout; test -s $NAME.stdout || echo "stdout: empty"',
  );
  await session.sees(prompts.confirm);
  session.type('y\r');
  expect((await session.end()).answer).toEqual(yes('confirm'));
  expect(session.screen).toContain('stdout: empty');
});

test.concurrent('the largest question and all that is typed fit into 24 rows', async () => {
  const session = new Session(worst, {});
  await session.sees(prompts.typed);
  session.type('acme-db-data\r');
  await session.sees(prompts.typed, 'No second factor');
  session.type('\r');
  await session.end();
  // Line feeds move the first line of the block up; redrawing a prompt in place sends none.
  const feeds = session.screen.slice(session.screen.indexOf('guard holds')).split('\n').length - 1;
  expect(feeds).toBeLessThan(24);
});

describe('the real world', () => {
  const line = (launch: string) => `facts() { ${process.execPath} ${join(folder, 'world.mjs')} $NAME.out; }; ${launch}`;
  test.concurrent.each([
    ['in a terminal', 'facts', { stdin: true, stderr: true, terminal: true, foreground: true, parent: 'bash' }],
    [
      'in a launcher that reads its verdict',
      'verdict=$(facts)',
      { stdin: true, stderr: true, terminal: true, foreground: true },
    ],
    ['in the background', 'set -m; facts & wait', { terminal: true, foreground: false }],
    ['with stdin from elsewhere', 'facts < /dev/null', { stdin: false, terminal: true }],
    ['with stderr elsewhere', 'facts 2> /dev/null', { stderr: false, terminal: true }],
    [
      'in a session of its own',
      `setsid -w bash -c '${process.execPath} "$0" "$1"' ${'$WORLD'} $NAME.out`,
      { terminal: false, foreground: false },
    ],
  ])('%s', async (_name, launch, facts) => {
    const session = new Session(orders, {}, line(launch).replaceAll('$WORLD', join(folder, 'world.mjs')));
    expect(await session.end()).toMatchObject(facts);
  });
});
