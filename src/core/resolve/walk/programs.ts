// Programs in other languages: what they do to files and services is listed, what they run is followed.
import type { CodeEffect } from '../../model/code.ts';
import type { Invocation, OriginStep, Stdin } from '../../model/invocation.ts';
import { staticWord } from '../../model/word.ts';
import { type ProgramInner, readProgram, sourceLine } from '../program.ts';
import type { Scope } from '../scope.ts';
import { limits } from './bounds.ts';
import { exhaust, nested, report, type WalkContext } from './context.ts';
import { write } from './written-files.ts';

export function followProgram(walk: WalkContext, inner: ProgramInner, call: Invocation, scope: Scope): undefined {
  const reading = readProgram(inner, call, scope, walk.world);
  if (reading.kind === 'opaque') report(walk, reading.reason, reading.detail, call);
  if (reading.kind !== 'effects') return undefined;
  for (const effect of reading.effects) {
    const step: OriginStep = { kind: 'script', label: effect.file ?? reading.label, line: effect.line };
    nested(walk, step, { stdin: { kind: 'none' } }, () =>
      followEffect(walk, effect, sourceLine(reading, effect), call, scope),
    );
  }
  return undefined;
}

function followEffect(walk: WalkContext, effect: CodeEffect, source: string, call: Invocation, scope: Scope): void {
  const place = { ...call, args: [], assignments: [], redirections: [], source };
  const around = {
    label: effect.via,
    ...('cwd' in effect ? { cwd: effect.cwd } : {}),
    ...('assignments' in effect ? { assignments: effect.assignments } : {}),
    stdin: inputOf(effect),
  };
  switch (effect.kind) {
    case 'words':
      walk.launch({ kind: 'words', words: effect.words, ...around }, place, scope);
      return;
    case 'shell':
      walk.launch({ kind: 'code', text: effect.text, ...around }, place, scope);
      return;
    case 'code': {
      const { language, text } = effect;
      walk.launch({ kind: 'program', language, code: { text }, positionals: [], label: effect.via }, place, scope);
      return;
    }
    case 'opaque':
      report(walk, 'unread-program', effect.detail, place);
      return;
    case 'write':
      write(walk, effect.path, effect.text, effect.appends, scope);
  }
  listEffect(walk, effect, place, scope);
}

/** What a program does by itself is an invocation without a name. */
function listEffect(walk: WalkContext, effect: CodeEffect, place: Invocation, scope: Scope): void {
  const { invocations } = walk.recording;
  if (invocations.length >= limits.invocations) {
    exhaust(walk, `more than ${limits.invocations} commands`);
    return;
  }
  invocations.push({
    ...place,
    name: '',
    program: staticWord(''),
    stdin: { kind: 'none' },
    cwd: scope.cwd,
    env: scope.view([]),
    origin: walk.frame.origin,
    effect,
  });
}

/** What a program gives to a command that it starts. */
const inputOf = (effect: CodeEffect): Stdin =>
  'stdin' in effect && effect.stdin !== undefined ? { kind: 'text', text: effect.stdin } : { kind: 'none' };
