// Coprocesses: `coproc NAME { ...; }` runs beside the shell, and reads what is written to its descriptor.
import type { OriginStep } from '../../model/invocation.ts';
import type { CommandNode, Script } from '../../model/script.ts';
import { staticWord, type Word } from '../../model/word.ts';
import type { Scope } from '../scope.ts';
import type { WalkContext } from './context.ts';
import { addSink } from './written-files.ts';

/** What is written to the second descriptor of its array is what it reads: `echo x >&"${COPROC[1]}"`. */
export function followCoprocess(
  walk: WalkContext,
  { name = 'COPROC', body }: Extract<CommandNode, { type: 'coproc' }>,
  scope: Scope,
): Word {
  walk.node(body, scope.fork());
  const { frame } = walk;
  const statements = [{ command: body, background: true }];
  const script: Script = { source: frame.source, statements, complete: true, problems: [], unexplained: [] };
  const step: OriginStep = { kind: 'substitution', label: 'coproc', line: undefined };
  const path = addSink(walk, { script, step, scope: scope.fork(), frame, fed: true });
  walk.lastDescriptor += 2;
  const [reads, writes] = [String(walk.lastDescriptor - 1), String(walk.lastDescriptor)];
  scope.setDescriptor(writes, { output: path });
  scope.set(name, { kind: 'array', elements: [staticWord(reads), staticWord(writes)] });
  return staticWord('');
}
