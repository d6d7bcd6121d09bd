// Redirections: what a command reads and writes in place of its standard streams, and what its descriptors stand for.
import type { Redirection, Stdin } from '../../model/invocation.ts';
import type { CommandNode, RedirectionNode } from '../../model/script.ts';
import { joinWords, showWord, staticWord, textOf, type Word } from '../../model/word.ts';
import { duplicateInput } from '../conventions.ts';
import { expandText } from '../expand.ts';
import { descriptorPath } from '../reading.ts';
import type { Scope } from '../scope.ts';
import type { Descriptor } from '../state.ts';
import { invoke } from './calls.ts';
import { reportText, type WalkContext, within } from './context.ts';
import { writtenKey } from './written-files.ts';

/** What redirections change for one command. */
interface Redirected {
  readonly redirections: Redirection[];
  /** Undefined where standard input stays what it was. */
  readonly stdin: Stdin | undefined;
  /** Descriptors above 2. */
  readonly descriptors: readonly (readonly [string, Descriptor])[];
}

/** A group, a loop or another compound command with redirections behind it. */
export function followRedirected(
  walk: WalkContext,
  node: Extract<CommandNode, { type: 'redirected' }>,
  scope: Scope,
): Word | undefined {
  const { redirections, stdin, descriptors } = expandRedirections(walk, node.redirections, scope);
  for (const [number, descriptor] of descriptors) scope.setDescriptor(number, descriptor);
  if (redirections.some(({ operator }) => operator !== '<')) {
    const nothing = { words: [], assignments: [], stdin: { kind: 'none' }, span: undefined, source: '' } as const;
    invoke(walk, { ...nothing, redirections }, scope);
  }
  const output = within(walk, { stdin: stdin ?? walk.frame.stdin }, () => walk.node(node.command, scope));
  return redirections.some(({ descriptor, operator }) => operator[0] !== '<' && descriptor === 1)
    ? staticWord('')
    : output;
}

/** What the redirections of one command come to, in their order. Descriptors are not set yet. */
export function expandRedirections(walk: WalkContext, nodes: readonly RedirectionNode[], scope: Scope): Redirected {
  const redirections: Redirection[] = [];
  const descriptors: [string, Descriptor][] = [];
  let stdin: Stdin | undefined;
  for (const node of nodes) {
    const word = expandText('body' in node ? node.body : node.target, scope, walk);
    const isInput = readsInput(node);
    const descriptor = numberOf(walk, node, isInput, scope);
    // `3<file <&3`: what the same command opened before.
    const opened = node.type === 'duplicate' ? descriptors.findLast(([number]) => number === textOf(word)) : undefined;
    const input = isInput ? (opened?.[1].input ?? inputOf(node, word, scope)) : undefined;
    if (isInput && node.type === 'file') redirections.push({ operator: node.operator, descriptor, target: word });
    if (!isInput) redirections.push(...outputsOf(walk, node, descriptor, word, scope));
    if (isInput && descriptor === 0) stdin = input ?? stdin;
    else if (descriptor > 2)
      descriptors.push([String(descriptor), isInput ? { ...(input && { input }) } : { output: word }]);
  }
  return { redirections, stdin, descriptors };
}

const readsInput = (node: RedirectionNode): boolean =>
  node.type === 'duplicate' ? node.operator === '<&' : node.type !== 'file' || node.operator[0] === '<';

function numberOf(walk: WalkContext, node: RedirectionNode, isInput: boolean, scope: Scope): number {
  if (node.variable !== undefined) return freeNumber(walk, node.variable, scope);
  return node.descriptor ?? (isInput ? 0 : 1);
}

/** `{name}>file`: a number that is still free, kept in the variable. */
function freeNumber(walk: WalkContext, variable: string, scope: Scope): number {
  walk.lastDescriptor += 1;
  scope.setWord(variable, staticWord(String(walk.lastDescriptor)));
  return walk.lastDescriptor;
}

/** What is written to: a file, or (`>&3`) what a descriptor writes to. */
function outputsOf(
  walk: WalkContext,
  node: RedirectionNode,
  descriptor: number,
  word: Word,
  scope: Scope,
): readonly Redirection[] {
  if (node.type === 'duplicate') {
    // Only what it expands to shows whether it is a descriptor or a file.
    checkExpandedTwice(walk, word);
    if (!/^(?:\d*-?)$/.test(textOf(word) ?? '')) return [{ operator: '&>', descriptor, target: word }];
    const target = scope.descriptor(textOf(word) ?? '')?.output;
    return target === undefined ? [] : [{ operator: '>>', descriptor, target }];
  }
  if (node.type !== 'file') return [];
  if (node.operator === '&>') checkExpandedTwice(walk, word);
  return [{ operator: node.operator, descriptor, target: word }];
}

/** Of `>& word` bash expands the word, takes it for `&> word`, and expands it once more. */
function checkExpandedTwice(walk: WalkContext, target: Word): void {
  const text = textOf(target) ?? '';
  if (!/\$\(|`/.test(text)) return;
  reportText(walk, 'dynamic-code', 'the name of the file is expanded twice and runs commands', text);
}

/** What standard input becomes; undefined where it stays what it was. */
function inputOf(node: RedirectionNode, word: Word, scope: Scope): Stdin | undefined {
  switch (node.type) {
    case 'file':
      return fileInput(word, scope);
    case 'heredoc':
      return { kind: 'text', text: word };
    case 'herestring':
      return { kind: 'text', text: joinWords([word, staticWord('\n')]) };
    case 'duplicate':
      return scope.descriptor(textOf(word) ?? '')?.input ?? duplicateInput(word);
  }
}

function fileInput(path: Word, scope: Scope): Stdin {
  const number = descriptorPath(path);
  const own = number === undefined ? undefined : scope.descriptor(number)?.input;
  if (own !== undefined) return own;
  const written = scope.shared.written.get(writtenKey(path, scope.cwd));
  if (written?.text !== undefined) return { kind: 'text', text: written.text };
  if (written !== undefined) return { kind: 'pipe', from: written.from ?? [], text: undefined };
  return showWord(path) === '/dev/null' ? { kind: 'none' } : { kind: 'file', path };
}
