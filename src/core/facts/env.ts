// Env facts: variables that a command line sets, in front of a command or for all that follow.
import type { EnvFact } from '../model/fact.ts';
import type { Invocation } from '../model/invocation.ts';
import { dynamicWord, knownPrefix, staticWord, textOf, type Word } from '../model/word.ts';

const declarations = new Set(['export', 'declare', 'typeset', 'setenv']);

/** What the invocation sets: `A=1 cmd`, `env A=1 cmd`, `export A=1`. */
export function envFacts(call: Invocation): EnvFact[] {
  const facts = call.assignments.map(({ name, value }): EnvFact => ({ kind: 'env', invocation: call, name, value }));
  if (call.name === 'env' || call.name === 'genv' || declarations.has(call.name ?? '')) {
    for (const word of call.args) {
      const set = assignmentIn(word);
      if (set !== undefined) facts.push({ kind: 'env', invocation: call, ...set });
    }
  }
  return facts;
}

/** `NAME=value` as one word. */
function assignmentIn(word: Word): { name: string; value: Word } | undefined {
  const known = knownPrefix(word);
  const at = known.indexOf('=');
  const name = known.slice(0, Math.max(at, 0));
  if (!/^[A-Za-z_]\w*$/.test(name)) return undefined;
  const text = textOf(word);
  return { name, value: text === undefined ? dynamicWord(`$${name}`) : staticWord(text.slice(at + 1)) };
}
