// Access: attributes and items of values.
import { dynamicWord, mapText, piecesOf, textOf } from '../../../model/word.ts';
import { type Arguments, list, named, taintOf, text, unknown, type Value } from '../value.ts';
import { heldTables } from './api/http.ts';
import { findApi } from './api/index.ts';
import { literalOf } from './literals.ts';
import type { Run } from './run.ts';
import { type OwnClass, type OwnInstance, ownOf, ownValue } from './scope.ts';
import { heldTable } from './targets.ts';

/** Longer names come from calls upon calls upon calls, and say nothing to anybody. */
const longestName = 300;

const noArguments: Pick<Arguments, 'positional' | 'named'> = { positional: [], named: new Map() };

/** An attribute of anything. */
export function attributeOf(value: Value, name: string, run: Run): Value {
  switch (value.kind) {
    case 'function':
      return ownAttribute(value, name, run);
    case 'name':
      return run.attributes.get(value)?.get(name) ?? libraryAttribute(value, name, run);
    case 'text':
      return pathAttribute(value, name);
    case 'unknown':
      return unknown(`${value.source}.${name}`, value.taint);
    default:
      return unknown(name);
  }
}

/** Something of a library, or of an instance that it made: the way there is kept. */
function libraryAttribute(value: Extract<Value, { kind: 'name' }>, name: string, run: Run): Value {
  if (name === '__dict__') return value;
  const qualified = `${value.name}.${name}`;
  if (qualified.length > longestName) return unknown(name);
  if (heldTables.has(qualified)) return heldTable(value, name, run);
  if (qualified === 'os.DirEntry().path') return value.made?.positional[0] ?? unknown(name);
  const constant = Object.hasOwn(constants, qualified) ? constants[qualified]?.(run) : undefined;
  if (constant !== undefined) return constant;
  return named(qualified, value.made === undefined ? undefined : { ...noArguments, receiver: value });
}

/** What attributes of the standard library hold. */
const constants: Readonly<Record<string, (run: Run) => Value>> = {
  'os.sep': () => text('/'),
  'os.path.sep': () => text('/'),
  'os.linesep': () => text('\n'),
  'os.curdir': () => text('.'),
  'os.pardir': () => text('..'),
  'os.devnull': () => text('/dev/null'),
  'os.name': () => text('posix'),
  'sys.executable': () => text('python3'),
  'sys.argv': (run) => {
    const path = run.context.path;
    const { args } = run.context;
    // An argument that is not known may be several, or none.
    const isComplete = args.every((word) => word.kind === 'static' && !word.glob);
    return list([path === undefined ? text('-c') : text(path), ...args.map((word) => text(word))], isComplete);
  },
  'tempfile.tempdir': () => text('/tmp'),
  'tempfile.TemporaryDirectory().name': () => temporary(),
  'tempfile.NamedTemporaryFile().name': () => temporary(),
};

/** A path that `tempfile` makes up. */
export const temporary = (): Value => text(dynamicWord('tempfile', ['/tmp/', null]));

function ownAttribute(value: Value, name: string, run: Run): Value {
  const own = ownOf(value);
  if (own?.type === 'module') return own.module.scope.own(name) ?? unknown(`${own.module.name}.${name}`);
  if (own?.type === 'class') return classAttribute(own, name, value) ?? baseAttribute(own, name);
  if (own?.type === 'instance') {
    const held = own.attributes.get(name) ?? classAttribute(own.of, name, value);
    const method = ownOf(held);
    if (held !== undefined && method?.type === 'function' && method.binding === 'property')
      return run.parts.call(held, { ...noArguments }, run);
    return held ?? instanceAttribute(own, name);
  }
  return unknown(name);
}

/** An attribute of a class or of the classes that it is made from; functions become methods of `self`. */
export function classAttribute(
  own: OwnClass,
  name: string,
  self: Value,
  seen = new Set<OwnClass>(),
): Value | undefined {
  const held = own.scope.own(name);
  if (held !== undefined) return boundTo(held, self);
  for (const base of own.bases) {
    const parent = ownOf(base);
    if (parent?.type !== 'class' || seen.has(parent) || seen.size > mostClasses) continue;
    const found = classAttribute(parent, name, self, seen.add(parent));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Classes above one that are looked at. */
const mostClasses = 64;

function boundTo(held: Value, self: Value): Value {
  const own = ownOf(held);
  if (own?.type !== 'function' || own.binding === 'static') return held;
  const isInstance = ownOf(self)?.type === 'instance';
  if (!isInstance && own.binding !== 'class') return held;
  return ownValue({ ...own, self });
}

/** What a class has from a library: `Order.objects` of a model. */
const baseAttribute = (own: OwnClass, name: string): Value =>
  libraryBase(own) === undefined ? unknown(`${own.name}.${name}`) : named(`${own.name}.${name}`);

/** What an instance has from a library: by the library's own name where its tables know it, else by the class. */
export function instanceAttribute({ of }: Pick<OwnInstance, 'of'>, name: string): Value {
  const base = libraryBase(of);
  if (base === undefined) return unknown(`self.${name}`);
  const inherited = `${base}().${name}`;
  return findApi(inherited, true) !== undefined || heldTables.has(inherited)
    ? named(inherited)
    : named(`${of.name}().${name}`);
}

/** The first class of a library that it is made from. */
export function libraryBase(own: OwnClass, seen = new Set<OwnClass>()): string | undefined {
  for (const base of own.bases) {
    if (base.kind === 'name') return base.name;
    const parent = ownOf(base);
    if (parent?.type !== 'class' || seen.has(parent) || seen.size > mostClasses) continue;
    const found = libraryBase(parent, seen.add(parent));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** `path.parent`, `path.name` of pathlib. What only depends on the end of a path is known where that is. */
function pathAttribute(value: Extract<Value, { kind: 'text' }>, name: string): Value {
  // The value of a member of an enumeration is the member as far as it is followed.
  if (name === 'value') return value;
  const { word } = value;
  const last = piecesOf(word).at(-1);
  const slash = typeof last === 'string' ? last.replace(/\/+$/, '').lastIndexOf('/') : -1;
  const end = typeof last === 'string' ? last.replace(/\/+$/, '') : '';
  switch (name) {
    case 'parent':
      return parentOf(value);
    case 'name':
      return nameOf(value);
    case 'suffix':
      return end.includes('.', slash + 1) ? text(end.slice(end.lastIndexOf('.'))) : unknown('suffix');
    case 'stem': {
      const known = literalOf(value);
      if (known === undefined) return unknown('stem');
      const base = known.slice(known.lastIndexOf('/') + 1);
      return text(base.includes('.', 1) ? base.slice(0, base.lastIndexOf('.')) : base);
    }
    default:
      return unknown(name, value.taint);
  }
}

/** The last part of a path, where all of that is known. */
export function nameOf(value: Value | undefined): Value {
  if (value?.kind !== 'text') return unknown('name');
  const end = (piecesOf(value.word).at(-1) ?? '').replace(/\/+$/, '');
  const slash = end.lastIndexOf('/');
  if (slash < 0 && value.word.kind === 'dynamic') return unknown('name', value.taint);
  return text({ kind: 'static', value: end.slice(slash + 1), glob: value.word.glob }, value.taint);
}

/** The folder of a path: what stands before its last slash. */
export function parentOf(value: Value | undefined): Value {
  if (value?.kind !== 'text') return unknown('parent');
  const known = textOf(value.word);
  if (known !== undefined) {
    const trimmed = known.replace(/(?<=.)\/+$/, '');
    const at = trimmed.lastIndexOf('/');
    return text(at < 0 ? '.' : at === 0 ? '/' : trimmed.slice(0, at));
  }
  const pieces = piecesOf(value.word);
  const last = pieces.at(-1);
  const at = typeof last === 'string' ? last.lastIndexOf('/') : -1;
  if (typeof last !== 'string' || at < 0)
    return text(dynamicWord('parent', pieces[0] === null ? [null] : [pieces[0] as string, null]));
  return text(mapText(value.word, (piece, index) => (index === pieces.length - 1 ? piece.slice(0, at) : piece)));
}

/** `value[key]`. */
export function itemOf(value: Value, key: Value, source: string, run: Run): Value {
  const name = literalOf(key);
  switch (value.kind) {
    case 'list':
      return itemAt(value.items, value.complete, name) ?? unknown(source);
    case 'table':
      return (name === undefined ? undefined : value.entries.get(name)) ?? unknown(source);
    case 'text': {
      const known = literalOf(value);
      const at = Number(name ?? 'x');
      const character = known === undefined ? undefined : Array.from(known.slice(0, 10_000)).at(at);
      return Number.isInteger(at) && character !== undefined
        ? text(character, value.taint)
        : unknown(source, value.taint);
    }
    case 'name':
      if (value.name === 'os.environ' && name !== undefined) return variable(run, name) ?? unknown(source);
      return name === undefined || !/^[\w.-]+$/.test(name) ? unknown(source) : attributeOf(value, name, run);
    default:
      return unknown(source, taintOf(value));
  }
}

/** A variable of the environment. */
export function variable(run: Run, name: string): Value | undefined {
  const own = run.recorder.assignments.findLast((each) => each.name === name)?.value ?? run.context.variable(name);
  return own === undefined ? undefined : text(own);
}

function itemAt(items: readonly Value[], isComplete: boolean, name: string | undefined): Value | undefined {
  const at = Number(name ?? 'x');
  if (!Number.isInteger(at) || (at < 0 && !isComplete)) return undefined;
  return items.at(at);
}

/** `value[start:end]`. */
export function sliceOf(value: Value, start: Value | undefined, end: Value | undefined, source: string): Value {
  const from = start === undefined ? 0 : Number(literalOf(start) ?? 'x');
  const to = end === undefined ? undefined : Number(literalOf(end) ?? 'x');
  const isKnown = Number.isInteger(from) && (to === undefined || Number.isInteger(to));
  if (value.kind === 'list') {
    if (!isKnown) return list(value.items, false);
    return list(value.items.slice(from, to), value.complete);
  }
  const known = literalOf(value);
  return isKnown && known !== undefined ? text(known.slice(from, to), taintOf(value)) : unknown(source, taintOf(value));
}
