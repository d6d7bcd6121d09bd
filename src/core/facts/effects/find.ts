// find -delete, -fprint: removes what it finds, writes its list over a file. What -exec runs is followed as a command.
import type { Invocation } from '../../model/invocation.ts';
import { textOf } from '../../model/word.ts';
import { foundBy, readFind } from '../../resolve/found.ts';
import type { EffectReader, FileEffect } from '../effect.ts';

/** Source: find(1). Of folders, -delete removes only empty ones; a link loses nothing that it points to. */
export const effect: EffectReader = {
  names: ['find', 'gfind'],
  read(call) {
    const { actions, types, empty } = readFind(call.args);
    const lists = listed(call);
    if (!actions.some(({ kind }) => kind === 'delete') || types === 'd' || types === 'l' || empty) return lists;
    const found = foundBy(call).map(
      (path): FileEffect => ({ op: 'delete', path, recursive: types !== 'f', many: true }),
    );
    return [...lists, ...found];
  },
  makes: (call) => listed(call).map(({ path }) => path),
};

const printers = new Set(['-fprint', '-fprint0', '-fprintf', '-fls']);

/** The file behind each of them is opened for writing before anything is found. */
const listed = (call: Invocation): readonly FileEffect[] =>
  call.args.flatMap((word, at): readonly FileEffect[] => {
    const path = printers.has(textOf(word) ?? '') ? call.args[at + 1] : undefined;
    return path === undefined ? [] : [{ op: 'overwrite', path, many: false }];
  });
