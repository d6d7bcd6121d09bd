// Control flow: lists, pipelines and branches; what may or may not run leaves unknown what it changes.
import type { CommandNode, Statement, WordNode } from '../../model/script.ts';
import { joinWords, textOf, type Word } from '../../model/word.ts';
import { lastPipe, prepares } from '../conventions.ts';
import { expandText } from '../expand.ts';
import type { Scope } from '../scope.ts';
import { type WalkContext, within } from './context.ts';

export function followStatements(walk: WalkContext, statements: readonly Statement[], scope: Scope): Word | undefined {
  const outputs = statements.map(({ command, background }) => walk.node(command, background ? scope.fork() : scope));
  return concatenate(outputs);
}

/** Words that are only expanded for what their substitutions run. */
export function followWords(walk: WalkContext, nodes: readonly WordNode[], scope: Scope): void {
  for (const node of nodes) expandText(node, scope, walk);
}

/**
 * What stands behind `&&` and `||` may not run, so what it changes may not be so. Behind commands that only prepare
 * (`mkdir -p x && cd x`) it is taken to run.
 */
export function followAndOr(
  walk: WalkContext,
  { commands, operators }: Extract<CommandNode, { type: 'and-or' }>,
  scope: Scope,
): Word | undefined {
  const outputs: (Word | undefined)[] = [];
  const open: Scope[] = [];
  let current = scope;
  let isCertain = true;
  commands.forEach((command, index) => {
    const operator = operators[index - 1];
    if (operator === undefined || (operator === '&&' && isCertain)) outputs.push(walk.node(command, current));
    else {
      const branch = current.fork();
      outputs.push(walk.node(command, branch));
      if (operator === '||') current.join(branch);
      else {
        open.push(branch);
        current = branch;
      }
    }
    isCertain &&= prepares(command);
  });
  for (const branch of open) scope.join(branch);
  return concatenate(outputs);
}

export function followPipeline(walk: WalkContext, commands: readonly CommandNode[], scope: Scope): Word | undefined {
  const { invocations } = walk.recording;
  let { stdin } = walk.frame;
  let output: Word | undefined;
  for (const command of commands) {
    const first = invocations.length;
    const isOwn = commands.length === 1 || (command === commands.at(-1) && textOf(scope.word(lastPipe)) === '1');
    output = within(walk, { stdin }, () => walk.node(command, isOwn ? scope : scope.fork()));
    stdin = { kind: 'pipe', from: invocations.slice(first), text: output };
  }
  return output;
}

/** The first condition always runs; every other one, and the bodies, may or may not. */
export function followIf(
  walk: WalkContext,
  { branches, otherwise }: Extract<CommandNode, { type: 'if' }>,
  scope: Scope,
): undefined {
  const forks: Scope[] = [];
  let current = scope;
  for (const { condition, body } of branches) {
    followStatements(walk, condition, current);
    const fork = current.fork();
    followStatements(walk, body, fork);
    current = current.fork();
    forks.push(fork, current);
  }
  followStatements(walk, otherwise, current);
  for (const fork of forks) scope.join(fork);
  return undefined;
}

/** Bodies of which any may run: each starts from the same state, and what they change is unknown afterwards. */
export function followBranches(walk: WalkContext, bodies: readonly (readonly Statement[])[], scope: Scope): undefined {
  const forks = bodies.map((body) => {
    const fork = scope.fork();
    followStatements(walk, body, fork);
    return fork;
  });
  for (const fork of forks) scope.join(fork);
  return undefined;
}

/** Known outputs one after the other; unknown as soon as one is. */
export function concatenate(outputs: readonly (Word | undefined)[]): Word | undefined {
  const known = outputs.filter((output) => output !== undefined);
  return known.length === outputs.length ? joinWords(known) : undefined;
}
