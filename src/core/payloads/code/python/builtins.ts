// Builtins: methods of texts and collections, as far as they keep something of what is known.
import { mapText, piecesOf } from '../../../model/word.ts';
import { addItems, concat, list, replacedAll, taintOf, text, unknown, type Value, valueLimits } from '../value.ts';
import type { PythonApi } from './api/api.ts';
import { moves } from './api/files.ts';
import { asBoolean } from './evaluate.ts';
import { asText, braceFormat, literalOf, splitPieces } from './literals.ts';
import { setEntry } from './targets.ts';

/** Names that are there without an import, as far as anything is known of them. */
export const builtinNames: ReadonlySet<string> = new Set(
  'open exec eval compile __import__ getattr setattr map filter list tuple set sorted reversed str int float bytes repr print input iter next enumerate zip range globals locals vars dict len file execfile exit quit super bool any all'.split(
    ' ',
  ),
);

const onText =
  (change: (known: string, ...given: readonly (string | undefined)[]) => string | undefined): PythonApi =>
  (call) => {
    const known = literalOf(call.receiver);
    const given = call.positional.map(literalOf);
    const result = known === undefined || given.includes(undefined) ? undefined : change(known, ...given);
    return result === undefined ? unknown('', taintOf(call.receiver)) : text(result, taintOf(call.receiver));
  };

/** It does not matter to what is known of a text: `strip` of a path. */
const same: PythonApi = (call) => call.receiver;

const format: PythonApi = (call) => {
  const pattern = literalOf(call.receiver);
  return pattern === undefined ? unknown('') : braceFormat(pattern, call.positional, call.named);
};

const split: PythonApi = (call) => {
  const known = literalOf(call.receiver);
  const separator = call.positional[0];
  const by = separator === undefined ? undefined : literalOf(separator);
  if (known === undefined) return separator === undefined ? splitPieces(call.receiver) : list([], false);
  if (separator !== undefined && (by === undefined || by === '')) return list([], false);
  const parts = by === undefined ? known.trim().split(/\s+/) : known.split(by);
  return parts.length > 10_000 ? list([], false) : list(parts.map((part) => text(part, taintOf(call.receiver))));
};

const joinItems: PythonApi = (call) => {
  const [items] = call.positional;
  if (items?.kind !== 'list' || call.receiver === undefined) return unknown('', taintOf(items));
  const separator = literalOf(call.receiver);
  if (separator === undefined) return unknown('');
  const parts = items.complete ? items.items : [...items.items, unknown('…')];
  return concat(parts.map(asText), separator);
};

/** `str.replace(old, new)`; `Path.replace(target)` has one argument and belongs to the paths. */
const replace: PythonApi = (call, run, name) => {
  if (call.positional.length < 2) return moves(call, run, name);
  const [old, by] = call.positional.map(literalOf);
  if (call.receiver?.kind !== 'text' || old === undefined || old === '' || by === undefined)
    return unknown('', taintOf(call.receiver));
  if (call.receiver.word.glob) return unknown('');
  const pieces = piecesOf(call.receiver.word).map((piece) => (piece === null ? null : replacedAll(piece, old, by)));
  if (pieces.includes(undefined)) return unknown('', taintOf(call.receiver));
  return text(
    mapText(call.receiver.word, (piece, at) => pieces[at] ?? piece),
    taintOf(call.receiver),
  );
};

const ends =
  (test: (known: string, part: string) => boolean): PythonApi =>
  (call) => {
    const known = literalOf(call.receiver);
    const parts =
      call.positional[0]?.kind === 'list' ? call.positional[0].items.map(literalOf) : [literalOf(call.positional[0])];
    if (known === undefined || parts.includes(undefined)) return undefined;
    return asBoolean(parts.some((part) => test(known, part ?? '')));
  };

export const textMethods: ReadonlyMap<string, PythonApi> = new Map<string, PythonApi>(
  Object.entries({
    format,
    split,
    splitlines: (call) => {
      const known = literalOf(call.receiver);
      return known === undefined
        ? list([], false)
        : list(
            known
              .split('\n')
              .slice(0, 10_000)
              .map((line) => text(line)),
          );
    },
    join: joinItems,
    replace,
    strip: same,
    rstrip: (call) => trimmed(call.receiver, call.positional[0], /\s+$/),
    lstrip: same,
    encode: same,
    decode: same,
    expandtabs: same,
    lower: onText((known) => known.toLowerCase()),
    upper: onText((known) => known.toUpperCase()),
    title: onText(() => undefined),
    removeprefix: onText((known, part = '') => (known.startsWith(part) ? known.slice(part.length) : known)),
    removesuffix: onText((known, part = '') =>
      part !== '' && known.endsWith(part) ? known.slice(0, -part.length) : known,
    ),
    startswith: ends((known, part) => known.startsWith(part)),
    endswith: ends((known, part) => known.endsWith(part)),
    isdigit: onText((known) => String(/^\d+$/.test(known))),
  } satisfies Record<string, PythonApi>),
);

function trimmed(value: Value | undefined, what: Value | undefined, spaces: RegExp): Value | undefined {
  const known = literalOf(value);
  if (known === undefined) return value;
  if (what === undefined) return text(known.replace(spaces, ''), taintOf(value));
  const characters = literalOf(what) ?? '';
  let end = known.length;
  while (end > 0 && characters.includes(known[end - 1] as string)) end -= 1;
  return text(known.slice(0, end), taintOf(value));
}

const grow: PythonApi = (call, run, name) => {
  const [first, second] = call.positional;
  if (call.receiver?.kind !== 'list' || first === undefined) return undefined;
  const items = call.receiver.items as Value[];
  if (name === 'extend') addItems(call.receiver, first.kind === 'list' ? first.items : []);
  else if (name === 'insert' && second !== undefined) items.splice(Number(literalOf(first) ?? items.length), 0, second);
  else addItems(call.receiver, [first]);
  const isWhole = name !== 'extend' || (first.kind === 'list' && first.complete);
  if (run.loops > 0 || !isWhole || items.length >= valueLimits.items)
    (call.receiver as { complete: boolean }).complete = false;
  return undefined;
};

const shrink: PythonApi = (call) => {
  if (call.receiver?.kind !== 'list')
    return call.receiver?.kind === 'table' ? tableItem(call.receiver, call.positional) : undefined;
  const last = call.receiver.items.at(-1);
  (call.receiver as { complete: boolean }).complete = false;
  return call.positional.length === 0 ? last : undefined;
};

const tableItem = (holder: Extract<Value, { kind: 'table' }>, given: readonly Value[]): Value | undefined => {
  const key = literalOf(given[0]);
  const found = key === undefined ? undefined : holder.entries.get(key);
  return found ?? (holder.complete && key !== undefined ? given[1] : undefined);
};

const updateTable: PythonApi = (call) => {
  const { receiver } = call;
  const [given] = call.positional;
  if (receiver?.kind !== 'table') return undefined;
  if (given?.kind === 'table') for (const [name, value] of given.entries) setEntry(receiver, name, value);
  for (const [name, value] of call.named) setEntry(receiver, name, value);
  return undefined;
};

export const collectionMethods: ReadonlyMap<string, PythonApi> = new Map<string, PythonApi>(
  Object.entries({
    append: grow,
    add: grow,
    extend: grow,
    insert: grow,
    pop: shrink,
    remove: shrink,
    clear: shrink,
    copy: (call) =>
      call.receiver?.kind === 'list' ? list([...call.receiver.items], call.receiver.complete) : copied(call.receiver),
    get: (call) => (call.receiver?.kind === 'table' ? tableItem(call.receiver, call.positional) : undefined),
    setdefault: (call) => (call.receiver?.kind === 'table' ? tableItem(call.receiver, call.positional) : undefined),
    update: updateTable,
    items: (call) =>
      call.receiver?.kind === 'table'
        ? list(
            [...call.receiver.entries].map(([name, value]) => list([text(name), value])),
            call.receiver.complete,
          )
        : undefined,
    keys: (call) =>
      call.receiver?.kind === 'table'
        ? list(
            [...call.receiver.entries.keys()].map((name) => text(name)),
            call.receiver.complete,
          )
        : undefined,
    values: (call) =>
      call.receiver?.kind === 'table' ? list([...call.receiver.entries.values()], call.receiver.complete) : undefined,
  } satisfies Record<string, PythonApi>),
);

const copied = (value: Value | undefined): Value | undefined =>
  value?.kind === 'table' ? { ...value, entries: new Map(value.entries) } : value;
