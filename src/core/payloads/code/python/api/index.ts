// All tables of APIs, and how a qualified name finds its entry.
import type { PythonApi, PythonApis } from './api.ts';
import { argumentApis } from './arguments.ts';
import { databaseApis } from './databases.ts';
import { fileApis } from './files.ts';
import { httpApis } from './http.ts';
import { ormApis } from './orm.ts';
import { processApis } from './processes.ts';
import { serviceApis } from './services.ts';
import { valueApis } from './values.ts';

export { pathMethods } from './files.ts';

const tables: readonly (() => PythonApis)[] = [
  () => valueApis,
  () => fileApis,
  () => processApis,
  () => httpApis,
  () => databaseApis,
  () => ormApis,
  () => serviceApis,
  () => argumentApis,
];

/** Names to what each table says of them, in order. Made on first use: the tables and the reader call each other. */
let index: ReadonlyMap<string, readonly PythonApi[]> | undefined;

function indexed(): ReadonlyMap<string, readonly PythonApi[]> {
  const made = new Map<string, PythonApi[]>();
  for (const table of tables)
    for (const [name, api] of Object.entries(table())) {
      const before = made.get(name);
      if (before === undefined) made.set(name, [api]);
      else before.push(api);
    }
  return made;
}

/** What calling a qualified name does: by the whole name, or also by library and method, or by the method alone. */
export function findApi(name: string, whole = false): PythonApi | undefined {
  index ??= indexed();
  const exact = index.get(name);
  if (exact !== undefined) return combined(exact);
  const dot = name.lastIndexOf('.');
  if (dot < 0 || whole) return undefined;
  const method = name.slice(dot + 1);
  const root = /^\w+(?:\.\w+)?/.exec(name)?.[0] ?? '';
  const library = root.split('.')[0] ?? '';
  // What a library says of a method counts before what the method's name says by itself.
  const found = [`${root}.**.${method}`, `${library}.**.${method}`, `${library}.**`, `**.${method}`]
    .map((key) => index?.get(key))
    .find((apis) => apis !== undefined);
  return found === undefined ? undefined : combined(found);
}

/** Several tables may know a name: the first result counts. */
const combined = (apis: readonly PythonApi[]): PythonApi | undefined =>
  apis.length < 2
    ? apis[0]
    : (call, run, name, scope) => {
        let result: ReturnType<PythonApi>;
        for (const api of apis) {
          const value = api(call, run, name, scope);
          result ??= value;
        }
        return result;
      };
