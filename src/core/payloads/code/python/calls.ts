// Calls: functions and classes of the program itself are followed, calls of libraries looked up in the tables of APIs.
import { codeLimits } from '../recorder.ts';
import { type Arguments, list, named, taintOf, text, unknown, type Value } from '../value.ts';
import { attributeOf, classAttribute, instanceAttribute, libraryBase } from './access.ts';
import { findApi, pathMethods } from './api/index.ts';
import { bindParameters, noArguments } from './arguments.ts';
import { collectionMethods, textMethods } from './builtins.ts';
import { runFunction } from './execute.ts';
import { isNone, none } from './literals.ts';
import type { Run } from './run.ts';
import { type OwnClass, type OwnFunction, ownOf, ownValue, type Scope } from './scope.ts';
import { childOf, type Node, sourceOf } from './syntax.ts';

/** Calls any value. `''` as the source of an unknown result stands for the call as it is written. */
export function callValue(callee: Value, call: Arguments, run: Run, scope?: Scope): Value {
  run.recorder.step();
  const own = ownOf(callee);
  switch (own?.type) {
    case 'function':
      return callFunction(own, call, run);
    case 'class':
      return construct(own, call, run);
    case 'instance': {
      const method = classAttribute(own.of, '__call__', callee);
      return method === undefined ? unknown('') : callValue(method, call, run);
    }
    case 'partial':
      return callValue(
        own.callee,
        { positional: [...own.positional, ...call.positional], named: new Map([...own.named, ...call.named]) },
        run,
      );
  }
  if (callee.kind === 'name') return callLibrary(callee.name, { ...call, ...receiverOf(callee) }, run, scope);
  callBack(call, run);
  return unknown('', taintOf(callee) ?? taintOfAny(call));
}

const receiverOf = (callee: Extract<Value, { kind: 'name' }>): { receiver?: Value } =>
  callee.made?.receiver === undefined ? {} : { receiver: callee.made.receiver };

function callFunction(own: OwnFunction, call: Arguments, run: Run): Value {
  const isOpen = run.calls.filter((each) => each === own.node).length > 0;
  if (isOpen || run.calls.length >= codeLimits.depth) return unknown('');
  // A call costs more than a node: functions that call each other twice grow without end.
  for (let count = 0; count < 10; count += 1) run.recorder.step();
  const { line, file } = run.recorder;
  const inside = own.scope.inner();
  run.calls.push(own.node);
  bindParameters(childOf(own.node, 'ParamList'), call, own.self, inside, own.scope, run);
  const value = runFunction(own, call, inside, run);
  run.calls.pop();
  run.recorder.line = line;
  run.recorder.file = file;
  return value;
}

function construct(own: OwnClass, call: Arguments, run: Run): Value {
  const instance = ownValue({ type: 'instance', of: own, attributes: new Map() });
  const init = classAttribute(own, '__init__', instance);
  if (init !== undefined) callValue(init, call, run);
  else if (holdsFields(own)) fillFields(own, instance, call, run);
  return instance;
}

/** Classes whose fields are filled by what they are called with: dataclasses, named tuples, models of pydantic. */
const holdsFields = (own: OwnClass): boolean =>
  /^(?:typing\.NamedTuple|pydantic\.\w+|collections\.\w+)?$/.test(libraryBase(own) ?? '');

function fillFields(own: OwnClass, instance: Value, call: Arguments, run: Run): void {
  const body = ownOf(instance);
  if (body?.type !== 'instance') return;
  call.positional.forEach((value, at) => {
    const name = own.fields[at];
    if (name !== undefined) run.branches.set(body.attributes, name, value);
  });
  for (const [name, value] of call.named) run.branches.set(body.attributes, name, value);
}

/** A function of a library by its qualified name. */
function callLibrary(name: string, given: Arguments, run: Run, scope: Scope | undefined): Value {
  const api = findApi(name);
  if (api === undefined) {
    if (!registering.test(name)) callBack(given, run);
    return resultOf(name, given);
  }
  return api(prepared(given, run), run, name, scope) ?? resultOf(name, given);
}

/** They only keep a function for later. */
const registering =
  /\.(?:set_defaults|add_argument|signal|command|add_command|route|add_url_rule|add_api_route|fixture|on_event|bind|add_handler|add_event_handler|add_parser|RunPython|path|re_path|url|connect|add_job|do|before_request|errorhandler|Depends|field|Field|register|task|add_option|validator)$/;

const resultOf = (name: string, call: Arguments): Value => {
  const taint = taintOfAny(call);
  if (taint !== undefined) return unknown('', taint);
  return name.length > 300 ? unknown('') : named(`${name}()`, call);
};

const taintOfAny = (call: Arguments): ReturnType<typeof taintOf> =>
  [...call.positional, ...call.named.values()].map(taintOf).find((each) => each !== undefined);

/** Functions of the program that are handed to a library are called by it. */
function callBack(call: Arguments, run: Run): void {
  for (const value of [...call.positional, ...call.named.values()]) {
    const type = ownOf(value)?.type;
    if (type === 'function' || type === 'partial') callValue(value, noArguments, run);
  }
}

/** What APIs see: files that were read as their text, and nothing that is None. */
function prepared(call: Arguments, run: Run): Arguments {
  const entries = [...call.named].filter(([, value]) => !isNone(value));
  return {
    ...call,
    positional: call.positional.map((value) => readText(value, run)),
    named: new Map(entries.map(([name, value]) => [name, readText(value, run)])),
  };
}

/** `open(path).read()`: the text of the file, once somebody needs it. */
function readText(value: Value, run: Run): Value {
  if (value.kind !== 'name' || value.name !== 'open().read()') return value;
  const handle = value.made?.receiver;
  const path = handle?.kind === 'name' ? handle.made?.positional[0] : undefined;
  if (path?.kind === 'text' && path.word.kind === 'static' && path.word.value === '/dev/stdin')
    return standardInput(run);
  const absolute = run.absolute(path);
  const found = absolute === undefined ? undefined : run.context.readFile(absolute);
  return found === undefined ? unknown('the text of a file') : text(found);
}

export const standardInput = (run: Run): Value =>
  run.context.stdin === undefined ? unknown('standard input') : text(run.context.stdin);

/** Calls a method of anything. */
export function callMethod(
  receiver: Value,
  name: string,
  call: Arguments,
  object: Node,
  scope: Scope,
  run: Run,
): Value {
  const above = isSuper(object) ? superMethod(name, scope) : undefined;
  if (above !== undefined) return callValue(above, call, run, scope);
  const on = textMethods.has(name) ? readText(receiver, run) : receiver;
  if (isNone(on)) return unknown('');
  switch (on.kind) {
    case 'text': {
      const method = textMethods.get(name) ?? pathMethods.get(name);
      return method === undefined
        ? callAnything(on, name, call, run, scope)
        : (method({ ...prepared(call, run), receiver: on }, run, `Path.${name}`) ?? unknown(''));
    }
    case 'list':
    case 'table':
      return collectionMethods.get(name)?.({ ...call, receiver: on }, run, name) ?? unknown('');
    case 'name': {
      // What a handle that has a name was given in between is not followed.
      if (on.name === 'open()' && name === 'close' && object.name !== 'CallExpression') return none;
      const callee = attributeOf(on, name, run);
      if (callee.kind !== 'name') return callValue(callee, call, run, scope);
      return callLibrary(callee.name, { ...call, receiver: on }, run, scope);
    }
    case 'function':
      return callOwnMethod(on, name, call, scope, run);
    default:
      return callAnything(on, name, call, run, scope);
  }
}

/** A method of something that is not known: some names say enough by themselves. */
function callAnything(receiver: Value, name: string, call: Arguments, run: Run, scope: Scope): Value {
  const api = findApi(`**.${name}`);
  if (api === undefined) callBack(call, run);
  const result = api?.({ ...prepared(call, run), receiver }, run, `.${name}`, scope);
  return result ?? unknown('', taintOf(receiver) ?? taintOfAny(call));
}

function callOwnMethod(receiver: Value, name: string, call: Arguments, scope: Scope, run: Run): Value {
  const method = attributeOf(receiver, name, run);
  if (method.kind !== 'unknown') return callValue(method, { ...call, ...baseReceiver(receiver, method) }, run, scope);
  callBack(call, run);
  return unknown('');
}

const isSuper = ({ name, children }: Node): boolean => name === 'CallExpression' && sourceOf(children[0]) === 'super';

/** `super().run`: what the classes above that of the method have, bound to the instance. */
function superMethod(name: string, scope: Scope): Value | undefined {
  let method: Scope | undefined = scope;
  while (method !== undefined && method.parent?.owner === undefined) method = method.parent;
  const owner = method?.parent?.owner;
  const [self] = method === undefined ? [] : [...method.entries()].slice(0, 1).map(([, value]) => value);
  if (owner === undefined || self === undefined) return undefined;
  for (const base of owner.bases) {
    const parent = ownOf(base);
    const found = parent?.type === 'class' ? classAttribute(parent, name, self) : undefined;
    if (found !== undefined) return found;
  }
  const inherited = libraryBase(owner) === undefined ? undefined : instanceAttribute({ of: owner }, name);
  return inherited?.kind === 'name' && findApi(inherited.name, true) !== undefined ? inherited : undefined;
}

/** What a class has from a library is called on the class. */
const baseReceiver = (receiver: Value, method: Value): { receiver?: Value } =>
  method.kind === 'name' ? { receiver } : {};

/** Items as the arguments of so many calls: `map(remove, paths)`. */
export function callEach(callee: Value, over: Value, run: Run): Value {
  const items = over.kind === 'list' ? over.items : [unknown('')];
  const isKnown = over.kind === 'list' && over.complete && run.rounds(items.length);
  if (!isKnown) run.loops += 1;
  const results = items.slice(0, 64).map((item) => callValue(callee, { positional: [item], named: new Map() }, run));
  if (!isKnown) run.loops -= 1;
  return list(results, isKnown);
}
