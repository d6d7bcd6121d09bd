// Code: eval and its kin, callbacks by name, constants, and leaving the program.
import { text, unknown, type Value } from '../../value.ts';
import { itemsIn } from '../arrays.ts';
import { callValue } from '../calls.ts';
import type { LibraryApi, LibraryApis } from '../library.ts';
import { literal, no, none, truthOf, yes } from '../model.ts';

const evaluates: LibraryApi = ({ given, php, frame }, via) => php.evaluateText(given.positional[0] ?? none, frame, via);

/** `assert` evaluated texts up to PHP 7. */
const asserts: LibraryApi = (call, via) =>
  call.given.positional[0]?.kind === 'text' && call.nodes[0]?.name === 'String' ? evaluates(call, via) : none;

const calls: LibraryApi = (call) => {
  const [callee, ...rest] = call.given.positional;
  return callee === undefined ? none : callValue(callee, rest, call);
};

const callsWithList: LibraryApi = (call) => {
  const [callee, items] = call.given.positional;
  return callee === undefined ? none : callValue(callee, itemsIn(items), call);
};

const leaves: LibraryApi = ({ frame }) => {
  frame.ended = true;
  return none;
};

const defines: LibraryApi = ({ given, php }) => {
  const name = literal(given.positional[0]);
  const [, value] = given.positional;
  if (name !== undefined && value !== undefined) php.branches.set(php.constants, name, value);
  return yes;
};

const constant: LibraryApi = ({ given, php, source }): Value =>
  php.constants.get(literal(given.positional[0]) ?? '') ?? unknown(source);

const functionExists: LibraryApi = ({ given, php }) =>
  php.functions.has((literal(given.positional[0]) ?? '').toLowerCase()) ? yes : undefined;

export const codeApis: LibraryApis = {
  eval: evaluates,
  assert: asserts,
  create_function: ({ given, php, frame }, via) => php.evaluateText(given.positional[1] ?? none, frame, via),
  call_user_func: calls,
  call_user_func_array: callsWithList,
  forward_static_call: calls,
  register_shutdown_function: calls,
  func_get_args: () => undefined,
  define: defines,
  constant,
  function_exists: functionExists,
  exit: leaves,
  die: leaves,
  is_null: ({ given }) => {
    const [value] = given.positional;
    return value === none ? yes : value !== undefined && truthOf(value) === true ? no : undefined;
  },
  php_sapi_name: () => text('cli'),
  php_uname: ({ source }) => unknown(source),
};
