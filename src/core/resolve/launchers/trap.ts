// trap: code that runs later, on a signal or at the end.
import { textOf } from '../../model/word.ts';
import type { Launcher } from '../launcher.ts';

export const launcher: Launcher = {
  names: ['trap'],
  unwrap(call) {
    const [code, ...signals] = call.args.filter((word) => textOf(word) !== '--');
    if (code === undefined || signals.length === 0 || ['-', '', '-l', '-p'].includes(textOf(code) ?? '?')) return [];
    return [{ kind: 'code', text: code }];
  },
};
