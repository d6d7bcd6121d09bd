// One command line, split at spaces, as the command fact that its program's grammar reads.
import { commandFact } from '../../../src/core/facts/command.ts';
import type { CommandFact } from '../../../src/core/model/fact.ts';
import type { Invocation } from '../../../src/core/model/invocation.ts';
import { dynamicWord, showWord, staticWord } from '../../../src/core/model/word.ts';

/** `$NAME` stands for a word that is not known. */
export function factOf(line: string): CommandFact {
  const [program = '', ...args] = line.split(' ');
  const words = args.map((arg) => (arg.startsWith('$') ? dynamicWord(arg) : staticWord(arg)));
  const call = { program: staticWord(program), args: words } as unknown as Invocation;
  return commandFact(call, program.slice(program.lastIndexOf('/') + 1));
}

/** `delete namespace | --context=prod --force`: the subcommand and the flags by their canonical names. */
export function shown({ subcommand, flags, inert }: CommandFact): string {
  const list = [...flags].map(([flag, value]) => (value === undefined ? flag : `${flag}=${showWord(value)}`));
  return [subcommand.join(' '), ...(list.length > 0 ? [list.join(' ')] : []), ...(inert ? ['inert'] : [])].join(' | ');
}
