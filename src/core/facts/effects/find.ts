// find -delete: removes what it finds. What -exec runs is followed as a command.
import { foundBy, readFind } from '../../resolve/found.ts';
import type { EffectReader } from '../effect.ts';

/** Source: find(1). Of folders, -delete removes only empty ones; a link loses nothing that it points to. */
export const effect: EffectReader = {
  names: ['find', 'gfind'],
  read(call) {
    const { actions, types, empty } = readFind(call.args);
    if (!actions.some(({ kind }) => kind === 'delete') || types === 'd' || types === 'l' || empty) return [];
    return foundBy(call).map((path) => ({ op: 'delete', path, recursive: types !== 'f', many: true }));
  },
};
