// tee, sponge: write their input over files.
import type { Invocation } from '../../model/invocation.ts';
import { textOf } from '../../model/word.ts';
import { plainOptions, readOptions } from '../../programs/options.ts';
import type { EffectReader } from '../effect.ts';

/** `< /dev/null` and an empty text leave nothing in the file. */
const isEmptyInput = ({ stdin }: Invocation): boolean =>
  stdin.kind === 'none' ||
  (stdin.kind === 'file' && textOf(stdin.path) === '/dev/null') ||
  ((stdin.kind === 'text' || stdin.kind === 'pipe') && stdin.text !== undefined && textOf(stdin.text) === '');

export const effect: EffectReader = {
  names: ['tee', 'sponge'],
  read(call) {
    const { flags, positionals } = readOptions(call.args, plainOptions);
    const appends = flags.has('-a') || flags.has('--append');
    const op = !appends && isEmptyInput(call) ? 'truncate' : 'overwrite';
    return positionals.map((path) => ({ op, path, mild: appends }));
  },
  makes: (call) => readOptions(call.args, plainOptions).positionals,
};
