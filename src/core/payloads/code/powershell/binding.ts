// Binds the arguments of a cmdlet or a function to its parameters. Source: about_Parameters, about_CommonParameters.
import { text, type Value } from '../value.ts';
import type { Cmdlet } from './cmdlets.ts';
import type { Bound } from './model.ts';
import type { Argument, Expression } from './syntax.ts';

/** What binding needs of the interpreter: the value of an expression, and of a variable that is splatted. */
export interface Evaluation {
  evaluate(expression: Expression): Value;
  variable(name: string): Value | undefined;
}

/** Parameters that every cmdlet has. Source: about_CommonParameters. */
const commonParameters = [
  'erroraction',
  'warningaction',
  'informationaction',
  'errorvariable',
  'outvariable',
  'outbuffer',
  'pipelinevariable',
];
const commonSwitches = ['verbose', 'debug', 'whatif', 'confirm'];
const parameterAliases: Readonly<Record<string, string>> = {
  ea: 'erroraction',
  wi: 'whatif',
  cf: 'confirm',
  args: 'argumentlist',
  cn: 'computername',
  lp: 'literalpath',
  pspath: 'literalpath',
  r: 'recurse',
  f: 'force',
};

/** Parameters by unique prefixes of their names; switches take no value. */
export function bind(
  { parameters, switches = '' }: Pick<Cmdlet, 'parameters' | 'switches'>,
  given: readonly Argument[],
  input: Value | undefined,
  { evaluate, variable }: Evaluation,
): Bound {
  const [front = '', back = ''] = parameters.split('|');
  const positional = words(front);
  const valued = [...positional, ...words(back), ...commonParameters];
  const flags = [...words(switches), ...commonSwitches];
  const bound = new Map<string, Value>();
  const rest: Value[] = [];
  for (let at = 0; at < given.length; at += 1) {
    const argument = given[at] as Argument;
    if (argument.kind === 'splat') {
      const value = variable(argument.name);
      if (value?.kind === 'table')
        for (const [key, entry] of value.entries) bound.set(fullName(key, valued, flags), entry);
      else if (value?.kind === 'list') rest.push(...value.items);
      continue;
    }
    if (argument.kind === 'value') {
      rest.push(evaluate(argument.value));
      continue;
    }
    const name = fullName(argument.name, valued, flags);
    const next = given[at + 1];
    if (argument.value !== undefined) bound.set(name, evaluate(argument.value));
    else if (flags.includes(name) || next?.kind !== 'value') bound.set(name, text('true'));
    else {
      bound.set(name, evaluate(next.value));
      at += 1;
    }
  }
  const free = positional.filter((name) => !bound.has(name) && !(name === 'path' && bound.has('literalpath')));
  for (const name of free.slice(0, rest.length)) bound.set(name, rest.shift() as Value);
  return { named: bound, rest, input };
}

const words = (names: string): string[] => names.split(/\s+/).filter((name) => name !== '');
/** The full name of a parameter: its own, an alias, or the only one that starts so. */
function fullName(written: string, valued: readonly string[], flags: readonly string[]): string {
  const name = written.toLowerCase();
  const all = [...valued, ...flags];
  if (all.includes(name)) return name;
  const alias = parameterAliases[name];
  if (alias !== undefined && all.includes(alias)) return alias;
  return flags.find((each) => each.startsWith(name)) ?? valued.find((each) => each.startsWith(name)) ?? name;
}
