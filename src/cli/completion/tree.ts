// What can be completed: the program's commands, options and arguments as plain data, read from commander.
import type { Argument, Command, Option } from 'commander';

/** What may stand in a place: one of some words, a folder, a file, a program, or text that nobody can guess. */
export type Values =
  | { readonly kind: 'words'; readonly words: readonly string[] }
  | { readonly kind: 'folder' | 'file' | 'program' | 'text' };

export interface CompletedOption {
  /** `--json`, or undefined where there is only a short name. */
  readonly long: string | undefined;
  readonly short: string | undefined;
  readonly description: string;
  /** Undefined for a switch. */
  readonly value: Values | undefined;
}

export interface CompletedCommand {
  /** `guard rules test`. */
  readonly path: string;
  readonly name: string;
  readonly description: string;
  readonly commands: readonly CompletedCommand[];
  readonly options: readonly CompletedOption[];
  /** What its first argument is. */
  readonly argument: Values | undefined;
}

/** The tree below a command of the program. */
export function completionTree(command: Command, parent = ''): CompletedCommand {
  const path = parent === '' ? command.name() : `${parent} ${command.name()}`;
  const help = command.createHelp();
  const children = help.visibleCommands(command);
  const names = children.map((child) => child.name()).filter((name) => name !== 'help');
  return {
    path,
    name: command.name(),
    description: firstClause(command.description()),
    commands: children.map((child) =>
      child.name() === 'help' ? helpCommand(child, path, names) : completionTree(child, path),
    ),
    options: help.visibleOptions(command).map(optionOf),
    argument: command.registeredArguments.map(argumentOf)[0],
  };
}

/** `help` takes the name of a command beside it. */
const helpCommand = (command: Command, parent: string, words: readonly string[]): CompletedCommand => ({
  path: `${parent} help`,
  name: 'help',
  description: firstClause(command.description()),
  commands: [],
  options: [],
  argument: { kind: 'words', words },
});

/** All commands of the tree, the root first. */
export const allCommands = (tree: CompletedCommand): CompletedCommand[] => [
  tree,
  ...tree.commands.flatMap(allCommands),
];

const optionOf = (option: Option): CompletedOption => ({
  long: option.long,
  short: option.short,
  description: firstClause(option.description),
  value: option.required || option.optional ? valuesOf(option.argChoices, option.flags) : undefined,
});

/** Only a program takes words of its own behind it. */
const argumentOf = (argument: Argument): Values =>
  argument.variadic ? { kind: 'program' } : valuesOf(argument.argChoices, `<${argument.name()}>`);

/** The name of a placeholder says what belongs there. */
function valuesOf(choices: readonly string[] | undefined, placeholder: string): Values {
  if (choices !== undefined) return { kind: 'words', words: choices };
  if (placeholder.includes('<folder>')) return { kind: 'folder' };
  return { kind: placeholder.includes('<rules>') ? 'file' : 'text' };
}

/** Menus have one short line for each entry. */
const firstClause = (text: string): string => text.split(/[;:(]/)[0]?.trim() ?? '';
