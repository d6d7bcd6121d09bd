// Holds what a real bash ran against what guard lists: every stub that ran must be listed with words that fit.
import type { Invocation } from '../../src/core/model/invocation.ts';
import { piecesOf, type Word } from '../../src/core/model/word.ts';
import type { ResolvedScript } from '../../src/core/resolve/index.ts';
import type { StubCall } from './sandbox.ts';

/** guard says itself that it does not know all that would run. */
export const saysUnknown = ({ incomplete, opaque, invocations }: ResolvedScript): boolean =>
  incomplete.length > 0 || opaque.length > 0 || invocations.some(({ name }) => name === undefined);

/** The runs that no listed invocation explains. */
export const unexplained = (ran: readonly StubCall[], { invocations }: ResolvedScript): readonly StubCall[] =>
  ran.filter((call) => !invocations.some((listed) => explains(listed, call)));

/** The runs of stubs that are not listed at all, whatever their words. */
export const unlisted = (ran: readonly StubCall[], { invocations }: ResolvedScript): readonly StubCall[] =>
  ran.filter((call) => !invocations.some(({ name }) => name === call.name));

const explains = ({ name, args }: Invocation, call: StubCall): boolean =>
  name === call.name && wordsFit(args, 0, call.args, 0);

/** Whether the words may be the listed ones: an unknown word or a pattern stands for any number of words. */
function wordsFit(listed: readonly Word[], at: number, given: readonly string[], from: number): boolean {
  const word = listed[at];
  if (word === undefined) return from === given.length;
  if (word.kind === 'static' && !word.glob) {
    return isSame(word.value, given[from]) && wordsFit(listed, at + 1, given, from + 1);
  }
  if (wordsFit(listed, at + 1, given, from) && !hasText(word)) return true;
  for (let end = from + 1; end <= given.length; end += 1) {
    const text = given.slice(from, end).join(' ');
    if (holds(word, text) && wordsFit(listed, at + 1, given, end)) return true;
  }
  return false;
}

/** Process substitutions get a number from bash and a name of their own from guard. */
const isSame = (listed: string, given: string | undefined): boolean =>
  listed === given || (listed.startsWith('/dev/fd/guard-') && given?.startsWith('/dev/fd/') === true);

const hasText = (word: Word): boolean =>
  !word.glob && piecesOf(word).some((piece) => piece !== null && /\S/.test(piece));

/** Whether the text has the word's known pieces in order. Of a pattern nothing is known but that it is one. */
function holds(word: Word, text: string): boolean {
  if (word.glob) return true;
  let at = 0;
  for (const piece of piecesOf(word)) {
    const known = (piece ?? '').replace(/\s+/g, ' ');
    const found = text.replace(/\s+/g, ' ').indexOf(known, at);
    if (found < 0) return false;
    at = found + known.length;
  }
  return true;
}
