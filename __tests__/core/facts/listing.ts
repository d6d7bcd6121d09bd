// Shows the facts of a command line, one short line for each.
import { factsOf } from '../../../src/core/facts/index.ts';
import type { CommandFact, Fact, FileFact, FlowFact, GitFact } from '../../../src/core/model/fact.ts';
import { showWord } from '../../../src/core/model/word.ts';
import { type Given, resolved, worldOf } from '../resolve/listing.ts';

/** By default nothing of the caller is known, as for `guard check` with a command alone. */
const unknown: Given = { cwd: undefined, env: undefined };

/** Words that the rules would know, for texts that cannot be read. */
const words = new Set(['rm', 'git', 'find', 'shred']);

const factsIn = (command: string, given: Given = unknown): readonly Fact[] =>
  factsOf(resolved(command, given), worldOf(given.files), words, {});

/** `delete project folder recursive`: what happens, where, to what, and how. */
const showFile = ({ op, zone, nature, recursive, many, asks, recreated }: FileFact): string =>
  [op, zone, nature, recursive && 'recursive', many && 'many', asks && 'asks', recreated && 'recreated']
    .filter((word) => word !== false)
    .join(' ');

export const filesIn = (command: string, given?: Given): string[] =>
  factsIn(command, given).flatMap((fact) => (fact.kind === 'file' ? [showFile(fact)] : []));

/** `force-push main forced`: the operation, the names, whether it was forced. */
const showGit = ({ op, names, forced }: GitFact): string =>
  [op, ...names.map(showWord), forced && 'forced'].filter((word) => word !== false).join(' ');

export const gitIn = (command: string, given?: Given): string[] =>
  factsIn(command, given).flatMap((fact) => (fact.kind === 'git' ? [showGit(fact)] : []));

const showFlow = ({ from, to }: FlowFact): string => `${from} to ${to}`;

export const flowsIn = (command: string): string[] =>
  factsIn(command).flatMap((fact) => (fact.kind === 'flow' ? [showFlow(fact)] : []));

/** The subcommands of one program's command facts. */
export const commandsIn = (command: string, name: string): string[] =>
  factsIn(command).flatMap((fact) =>
    fact.kind === 'command' && fact.name === name ? [(fact as CommandFact).subcommand.join(' ')] : [],
  );

export const opaqueIn = (command: string): string[] =>
  factsIn(command).flatMap((fact) => (fact.kind === 'opaque' ? [fact.code.reason] : []));
