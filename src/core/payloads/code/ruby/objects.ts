// Objects of the program: what its classes, instances, blocks and method references answer to.
import { text, unknown, type Value } from '../value.ts';
import type { Call } from './calls.ts';
import { addMethod } from './definitions.ts';
import { callBlock, callMethod } from './invoke.ts';
import {
  Closure,
  literal,
  nil,
  objectOf,
  objectValue,
  type Reference,
  RubyClass,
  RubyInstance,
  type RubyObject,
} from './model.ts';

/** What a call on an object of the program gives; undefined where the object knows no such method. */
export function objectCall(object: RubyObject, target: Value | undefined, call: Call): Value | undefined {
  if (object instanceof RubyClass) return classCall(object, target, call);
  if (object instanceof RubyInstance) return instanceCall(object, target, call);
  return callableCall(object, call);
}

function classCall(object: RubyClass, target: Value | undefined, call: Call): Value | undefined {
  const { name, given, block, ruby, receiver } = call;
  const method = receiver === undefined ? undefined : object.classMethod(name);
  if (method !== undefined) return callMethod(method, name, target, given, block, ruby);
  switch (name) {
    case 'new':
      return instantiate(object, call);
    case 'name':
    case 'to_s':
      return text(object.name);
    case 'include':
    case 'extend':
    case 'prepend':
      for (const each of given.positional) {
        const mixin = objectOf(each);
        if (mixin instanceof RubyClass) object.mixins.push(mixin);
        else if (each.kind === 'name' && each.name.startsWith('FileUtils')) ruby.hasFileUtils = true;
      }
      return nil;
    case 'define_method':
    case 'define_singleton_method': {
      const defined = literal(given.positional[0]);
      if (defined !== undefined && block instanceof Closure)
        addMethod(defined, block, object, name !== 'define_method', ruby);
      return nil;
    }
    default:
      return undefined;
  }
}

/** A new instance of a class of the program; one of a library below it is left to the library. */
function instantiate(object: RubyClass, { given, block, ruby }: Call): Value {
  const instance = new RubyInstance(object);
  const value = objectValue(instance);
  const initialize = object.instanceMethod('initialize');
  if (initialize !== undefined) callMethod(initialize, 'initialize', value, given, block, ruby);
  return value;
}

function instanceCall(object: RubyInstance, target: Value | undefined, call: Call): Value | undefined {
  const { name, given, block, ruby, receiver } = call;
  const method = receiver === undefined ? undefined : object.of.instanceMethod(name);
  if (method !== undefined) return callMethod(method, name, target, given, block, ruby);
  const attribute = object.attributes.get(`@${name}`);
  if (attribute !== undefined && given.positional.length === 0) return attribute;
  if (name.endsWith('=') && !/^[=!]/.test(name) && given.positional[0] !== undefined) {
    ruby.branches.set(object.attributes, `@${name.slice(0, -1)}`, given.positional[0]);
    return given.positional[0];
  }
  return name === 'class' ? objectValue(object.of) : undefined;
}

function callableCall(object: Closure | Reference, { name, given, block, ruby, receiver }: Call): Value | undefined {
  if (receiver === undefined) return undefined;
  switch (name) {
    case 'call':
    case '()':
    case '[]':
    case 'yield':
    case '===':
      return object instanceof Closure && block !== undefined
        ? callMethod(object, name, undefined, given, block, ruby)
        : callBlock(object, given.positional, ruby);
    case 'to_proc':
    case 'curry':
      return objectValue(object);
    default:
      return unknown(`${name}(...)`);
  }
}
