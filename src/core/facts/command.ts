// Command facts: what was called, read by the program's own grammar.
import type { CommandFact } from '../model/fact.ts';
import type { Invocation } from '../model/invocation.ts';
import { textOf, type Word } from '../model/word.ts';
import { grammarOf } from '../programs/grammar.ts';
import { readOptions } from '../programs/options.ts';
import type { ProgramGrammar } from '../programs/program.ts';
import { zoneOf } from './place.ts';

/** The command fact of an invocation whose program is known. */
export function commandFact(call: Invocation, name: string): CommandFact {
  const grammar = grammarOf(name);
  const { flags, positionals } = readOptions(call.args, grammar.options);
  const subcommand = subcommandOf(positionals, grammar);
  return {
    kind: 'command',
    invocation: call,
    name,
    subcommand,
    flags,
    positionals,
    inert: isInert(flags, grammar, subcommand) || (grammar.changesLast && isTemporary(positionals.at(-1), call)),
  };
}

function isTemporary(path: Word | undefined, { cwd, env, host }: Invocation): boolean {
  if (path === undefined || host.kind !== 'local') return false;
  return zoneOf(path, { cwd, home: textOf(env.get('HOME')) }) === 'temp';
}

/** The known words up to the first unknown one, in the form that rules speak of. */
function subcommandOf(positionals: readonly Word[], grammar: ProgramGrammar): readonly string[] {
  const words: string[] = [];
  for (const word of positionals) {
    const text = textOf(word);
    if (text === undefined) break;
    words.push(words.length < grammar.depth ? (grammar.subcommandAliases.get(text) ?? text) : text);
  }
  return grammar.canonical(words);
}

/** Values with which a dry-run flag is switched off again. */
const off = new Set(['none', 'false', 'no', '0']);

function isInert(
  flags: ReadonlyMap<string, Word | undefined>,
  grammar: ProgramGrammar,
  subcommand: readonly string[],
): boolean {
  if (subcommand[0] === 'help' || subcommand.at(-1) === 'help') return true;
  if (subcommand.includes('/?')) return true;
  if (flags.has('--version') && subcommand.length === 0) return true;
  return grammar.inert.some((flag) => {
    const name = grammar.options.aliases.get(flag) ?? flag;
    return flags.has(name) && !off.has(textOf(flags.get(name)) ?? '');
  });
}
