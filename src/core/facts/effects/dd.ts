// dd of=: writes raw data over a file or a device.
import type { Invocation } from '../../model/invocation.ts';
import { knownPrefix, textOf, type Word } from '../../model/word.ts';
import { withoutPrefix } from '../../resolve/assignments.ts';
import type { EffectReader } from '../effect.ts';

const output = (word: Word): boolean => knownPrefix(word).startsWith('of=');
const targets = (call: Invocation): readonly Word[] => call.args.filter(output).map((word) => withoutPrefix(word, 3));

/**
 * Nothing is copied onto it, or zeros are written into files that a search found. A new file of zeros is how people make
 * an image, and `seek=` how they make one that takes no room.
 */
function leavesNothing(path: Word, call: Invocation): boolean {
  const has = (prefix: string) => call.args.some((word) => knownPrefix(word).startsWith(prefix));
  if (has('seek=') || has('oseek=')) return false;
  if (call.args.some((word) => textOf(word) === 'if=/dev/null')) return true;
  const isFound = path.kind === 'dynamic' && path.source.startsWith('(');
  return (isFound || path.glob) && call.args.some((word) => sources.test(textOf(word) ?? ''));
}

const sources = /^if=\/dev\/(zero|u?random)$/;

/** Source: dd(1). */
export const effect: EffectReader = {
  names: ['dd', 'dcfldd', 'dc3dd'],
  read: (call) => targets(call).map((path) => ({ op: leavesNothing(path, call) ? 'truncate' : 'overwrite', path })),
  makes: targets,
};
