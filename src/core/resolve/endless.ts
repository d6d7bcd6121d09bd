// Endless loops: a loop that never ends and starts jobs that nobody waits for fills the machine with processes.
import type { CommandNode, Statement, WordNode } from '../model/script.ts';

type Loop = Extract<CommandNode, { type: 'while' | 'arithmetic-for' }>;

/** Whether the loop starts jobs without end. One that sleeps, waits for the last job, or can be left does not. */
export function startsJobsWithoutEnd(loop: Loop): boolean {
  if (!neverEnds(loop)) return false;
  const names = loop.body.flatMap(({ command, background }) => (background ? [] : [nameOf(command)]));
  if (names.some((name) => name === 'sleep') || loop.body.some(({ command }) => leaves(command))) return false;
  const last = loop.body.findLastIndex(startsJob);
  return last >= 0 && !loop.body.slice(last + 1).some(({ command }) => nameOf(command) === 'wait');
}

const startsJob = ({ command, background }: Statement): boolean =>
  background || ((command.type === 'subshell' || command.type === 'group') && command.body.some(startsJob));

function neverEnds(loop: Loop): boolean {
  if (loop.type === 'arithmetic-for') return /^[^;]*;\s*(1\s*)?;/.test(loop.source);
  const [only] = loop.condition;
  if (loop.condition.length !== 1 || only === undefined) return false;
  const { command } = only;
  if (loop.until) return nameOf(command) === 'false';
  if (command.type === 'arithmetic') return /^\(*\s*[1-9]\d*\s*\)*$/.test(command.source);
  if (command.type === 'test') return command.words.length === 1;
  const words = wordsOf(command);
  return ['true', ':'].includes(nameOf(command) ?? '') || (words[0] === '[' && words.length === 3);
}

/** `break`, `return` or `exit` anywhere in it, in whatever branch. */
function leaves(command: CommandNode): boolean {
  const inside = (statements: readonly Statement[]) => statements.some((each) => leaves(each.command));
  switch (command.type) {
    case 'simple':
      return ['break', 'return', 'exit'].includes(nameOf(command) ?? '');
    case 'pipeline':
    case 'and-or':
      return command.commands.some(leaves);
    case 'group':
      return inside(command.body);
    case 'if':
      return command.branches.some(({ body }) => inside(body)) || inside(command.otherwise);
    case 'case':
      return command.arms.some(({ body }) => inside(body));
    case 'redirected':
      return leaves(command.command);
    default:
      return false;
  }
}

const wordsOf = (command: CommandNode): readonly string[] =>
  command.type === 'simple'
    ? command.words.filter((word): word is WordNode => word.type === 'word').map(({ source }) => source)
    : [];

const nameOf = (command: CommandNode): string | undefined => wordsOf(command)[0]?.replace(/^.*\//, '');
