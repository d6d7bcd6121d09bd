// Loops: followed round by round over words and lines that are known, else once with what the body changes unknown.
import type { Stdin } from '../../model/invocation.ts';
import type { CommandNode, Statement } from '../../model/script.ts';
import { dynamicWord, staticWord, textOf, type Word } from '../../model/word.ts';
import { leavesLoop } from '../conventions.ts';
import { startsJobsWithoutEnd } from '../endless.ts';
import { expandWord } from '../expand.ts';
import { matchesPattern } from '../glob.ts';
import { stdinText } from '../output.ts';
import { absolutePath } from '../paths.ts';
import { descriptorOf, linesLeft } from '../reading.ts';
import type { Scope } from '../scope.ts';
import { limits } from './bounds.ts';
import { reportText, type WalkContext } from './context.ts';
import { concatenate, followBranches, followStatements, followWords } from './control-flow.ts';

type For = Extract<CommandNode, { type: 'for' }>;
type ArithmeticFor = Extract<CommandNode, { type: 'arithmetic-for' }>;
type While = Extract<CommandNode, { type: 'while' }>;

export function followFor(walk: WalkContext, node: For, scope: Scope): Word | undefined {
  const words =
    node.words === undefined
      ? scope.positionals
      : node.words.flatMap((word) => expandWord(word, scope, walk)).flatMap((word) => filesOf(walk, word, scope));
  // A pattern and an unknown word stand for any number of words.
  const isKnown = words?.every((word) => word.kind === 'static' && !word.glob);
  const isShort = walk.bounds.spendRounds(words?.length ?? 0);
  if (words === undefined || !isShort) return followForWords(walk, node, [dynamicWord(`$${node.name}`)], scope);
  if (!isKnown) return followForWords(walk, node, words, scope);
  const rounds: Scope[] = [];
  const { invocations } = walk.recording;
  const first = invocations.length;
  const outputs = words.map((word) => {
    const round = scope.fork();
    round.setWord(node.name, word);
    const output = followStatements(walk, node.body, round);
    scope.adopt(round);
    rounds.push(round);
    return output;
  });
  if (invocations.slice(first).some(({ name }) => leavesLoop.has(name ?? '')))
    for (const round of rounds) scope.join(round);
  return concatenate(outputs);
}

/** Each word that is partly known is tried on its own; afterwards nothing of it is. */
function followForWords(walk: WalkContext, node: For, words: readonly Word[], scope: Scope): undefined {
  for (const word of words) {
    scope.setWord(node.name, word);
    followLoop(walk, node.body, scope);
  }
  scope.setWord(node.name, dynamicWord(`$${node.name}`));
  return undefined;
}

/** The files that a pattern stands for, where its folder can be looked into; else the pattern itself. */
function filesOf(walk: WalkContext, word: Word, scope: Scope): readonly Word[] {
  const pattern = word.glob ? textOf(word) : undefined;
  if (pattern === undefined || scope.host.kind !== 'local') return [word];
  const cut = pattern.lastIndexOf('/') + 1;
  const [folder, name] = [pattern.slice(0, cut), pattern.slice(cut)];
  const path = /[*?[\\]/.test(folder) ? undefined : absolutePath(staticWord(folder === '' ? '.' : folder), scope.cwd);
  const answer = path === undefined ? undefined : walk.world.ask({ kind: 'folder', path });
  if (answer?.kind !== 'names' || !answer.complete) return [word];
  const found = answer.names.filter((each) => !each.startsWith('.') && matchesPattern(each, name));
  return found.length === 0 || found.length > limits.loopRounds
    ? [word]
    : found.toSorted().map((each) => staticWord(folder + each));
}

/** `for ((i = 0; i < n; i++))`: numbers are not followed. */
export function followArithmeticFor(walk: WalkContext, node: ArithmeticFor, scope: Scope): undefined {
  followWords(walk, node.expressions, scope);
  walk.arithmetic(node.source, scope);
  checkJobs(walk, node);
  return followLoop(walk, node.body, scope);
}

/** A loop over known lines (`while read -r line`) is followed line by line. */
export function followWhile(walk: WalkContext, node: While, scope: Scope): Word | undefined {
  checkJobs(walk, node);
  const input = inputOfRead(walk, node, scope);
  const text = input && textOf(stdinText(input, scope, walk.world));
  const count = input && linesLeft(text, input, scope.shared.places, limits.loopRounds);
  if (count === undefined || !walk.bounds.spendRounds(count))
    return followLoop(walk, [...node.condition, ...node.body], scope);
  const outputs: (Word | undefined)[] = [];
  for (let round = 0; round < count; round += 1) {
    outputs.push(followStatements(walk, node.condition, scope));
    const fork = scope.fork();
    outputs.push(followStatements(walk, node.body, fork));
    scope.adopt(fork);
  }
  return concatenate(outputs);
}

/** What the loop's condition reads, where it is one `read` and nothing else. */
function inputOfRead(walk: WalkContext, { condition, until }: While, scope: Scope): Stdin | undefined {
  const [only] = condition;
  if (until || condition.length !== 1 || only?.command.type !== 'simple') return undefined;
  const [name, ...rest] = only.command.words;
  if (name?.type !== 'word' || name.source !== 'read' || only.command.redirections.length > 0) return undefined;
  const args = rest.flatMap((word) => (word.type === 'word' ? [staticWord(word.source)] : []));
  const descriptor = descriptorOf(args);
  return descriptor === '0' ? walk.frame.stdin : scope.descriptor(descriptor)?.input;
}

/**
 * A body that runs any number of times: a first round finds what it changes, a second sees those as unknown. Of loops
 * within a first round one round is enough.
 */
function followLoop(walk: WalkContext, body: readonly Statement[], scope: Scope): undefined {
  if (!walk.isTrial) tryLoop(walk, body, scope);
  return followBranches(walk, [body], scope);
}

/** Makes unknown what the body changes; what it would run is listed by the round that follows. */
function tryLoop(walk: WalkContext, body: readonly Statement[], scope: Scope): void {
  const { invocations, opaque, incomplete } = walk.recording;
  const before = [invocations.length, opaque.length, incomplete.length] as const;
  const trial = scope.fork();
  walk.isTrial = true;
  followStatements(walk, body, trial);
  scope.forget(trial);
  invocations.length = before[0];
  opaque.length = before[1];
  incomplete.length = before[2];
  walk.isTrial = false;
}

function checkJobs(walk: WalkContext, loop: While | ArithmeticFor): void {
  if (walk.isTrial || !startsJobsWithoutEnd(loop)) return;
  const detail = 'a loop without end starts jobs that nobody waits for';
  reportText(walk, 'too-deep', detail, walk.frame.source.slice(0, 200));
}
