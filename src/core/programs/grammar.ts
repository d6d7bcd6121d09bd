// Argv grammars: what a program's words mean. One file per program under grammars/, found by listing the folder.
import { programs } from '../generated/programs.ts';
import { type ProgramGrammar, program } from './program.ts';

/** What is taken for granted of a program that no grammar describes. */
const unknownProgram = program({ names: '', inert: '--dry-run --dryrun --what-if --whatif', depth: 3 });

const byName = new Map<string, ProgramGrammar>(
  (programs as readonly ProgramGrammar[]).flatMap((entry) => entry.names.map((name) => [name, entry] as const)),
);

/** The grammar of a program; a cautious general one where none is written. */
export const grammarOf = (name: string): ProgramGrammar => byName.get(name) ?? unknownProgram;
