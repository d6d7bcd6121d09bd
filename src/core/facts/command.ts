// Command facts: what was called, read by the program's own grammar.
import type { CommandFact } from '../model/fact.ts';
import type { Invocation } from '../model/invocation.ts';
import { textOf, type Word } from '../model/word.ts';
import { grammarOf } from '../programs/grammar.ts';
import type { ProgramGrammar } from '../programs/program.ts';
import { readOptions } from '../programs/options.ts';

/** The command fact of an invocation whose program is known. */
export function commandFact(call: Invocation, name: string): CommandFact {
  const grammar = grammarOf(name);
  const { flags, positionals } = readOptions(call.args, grammar.options);
  const subcommand: string[] = [];
  for (const word of positionals) {
    const text = textOf(word);
    if (text === undefined) break;
    subcommand.push(grammar.subcommandAliases.get(text) ?? text);
  }
  return { kind: 'command', invocation: call, name, subcommand, flags, positionals, inert: isInert(flags, grammar, subcommand) };
}

/** Values with which a dry-run flag is switched off again. */
const off = new Set(['none', 'false', 'no', '0']);

function isInert(flags: ReadonlyMap<string, Word | undefined>, grammar: ProgramGrammar, subcommand: readonly string[]): boolean {
  if (subcommand[0] === 'help' || subcommand.at(-1) === 'help') return true;
  return grammar.inert.some((flag) => flags.has(flag) && !off.has(textOf(flags.get(flag)) ?? ''));
}
