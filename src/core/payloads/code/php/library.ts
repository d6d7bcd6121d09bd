// Libraries: what functions, methods and static calls of PHP itself and of packages do.
import { own } from '../../../model/table.ts';
import { named, taintOf, unknown, type Value } from '../value.ts';
import { codeApis } from './api/code.ts';
import { databaseApis, sqlCall } from './api/databases.ts';
import { fileApis } from './api/files.ts';
import { httpApis, httpCall } from './api/http.ts';
import { eloquentCall, laravelApis } from './api/laravel.ts';
import { processApis } from './api/processes.ts';
import { textApis } from './api/texts.ts';
import type { Call } from './calls.ts';

/** What one call does, and gives where that is known. `via` names it for a person. */
export type LibraryApi = (call: Call, via: string) => Value | undefined;
/** Functions by name in lower case, static calls as `Class::name`, methods as `Class()->name`. */
export type LibraryApis = Readonly<Record<string, LibraryApi>>;

const apis: LibraryApis = {
  ...textApis,
  ...codeApis,
  ...fileApis,
  ...processApis,
  ...httpApis,
  ...databaseApis,
  ...laravelApis,
};

export const libraryFunction = (call: Call): Value | undefined => own(apis, call.name)?.(call, call.name);

/** A static call of a library's class; `scope` is the class as the program names it. */
export function libraryStatic(call: Call, library: string, scope: string): Value | undefined {
  const via = `${scope}::${call.name}`;
  const api = own(apis, `${library}::${call.name}`) ?? own(apis, `${shortOf(library)}::${call.name}`);
  if (api !== undefined) return api(call, via);
  return httpCall(library, call, via) ?? eloquentCall(call, scope, via) ?? made(library, call);
}

/** `Thing::create(...)`, `Thing::connect(...)`: an instance. */
const made = (library: string, { name, given }: Call): Value | undefined =>
  /^(create|connect|make|instance|getInstance|new|factory)$/.test(name) ? named(`${library}()`, given) : undefined;

export function libraryMethod(call: Call): Value | undefined {
  const { receiver, name, source } = call;
  if (receiver?.kind !== 'name') return sqlCall(call, name) ?? eloquentCall(call, undefined, name);
  const base = receiver.name;
  const via = `${base.replace(/\((?:limited)?\)$/, '')}->${name}`;
  const api = own(apis, `${base}->${name}`) ?? own(apis, `${shortOf(base)}->${name}`);
  if (api !== undefined) return api(call, via) ?? unknown(source);
  const result = httpCall(base, call, via) ?? eloquentCall(call, undefined, via) ?? sqlCall(call, via);
  if (result !== undefined) return result;
  // Most setters give back what they are called on.
  return /^(set|with|add|on)[A-Z]?/.test(name) ? receiver : unknown(source, taintOf(receiver));
}

const shortOf = (name: string): string => name.slice(name.lastIndexOf('\\') + 1);
