// Completion for fish: one `complete` line for each word of the program.
import { allCommands, type CompletedCommand, type CompletedOption, type Values } from './tree.ts';

/** The script; runs in fish 3.1 and later. */
export function fishCompletion(tree: CompletedCommand): string {
  const commands = allCommands(tree);
  const below = commands.filter(({ path }) => path !== tree.path).map(({ path }) => quote(path));
  return `# Completion of guard for fish. Once: guard completion fish > ~/.config/fish/completions/guard.fish
function __guard_at --description 'Whether these are the commands so far'
    set --local at guard
    for word in (commandline -opc)[2..-1]
        switch "$at $word"
            case ${below.join(' ')}
                set at "$at $word"
        end
    end
    test "$at" = "$argv[1]"
end
complete -c guard -f
${commands.flatMap(commandLines).join('\n')}
`;
}

/** Between single quotes fish reads only \\\\ and \\' otherwise. */
const quote = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

function commandLines({ path, commands, options, argument }: CompletedCommand): string[] {
  const start = `complete -c guard -n ${quote(`__guard_at ${quote(path)}`)}`;
  return [
    ...commands.map(({ name, description }) => `${start} -a ${name} -d ${quote(description)}`),
    ...options.map((option) => `${start} ${optionText(option)}`),
    ...(argument === undefined || argument.kind === 'text' ? [] : [`${start} ${valueText(argument)}`]),
  ];
}

function optionText({ long, short, description, value }: CompletedOption): string {
  const names = [long === undefined ? '' : `-l ${long.slice(2)}`, short === undefined ? '' : `-s ${short.slice(1)}`];
  const takes = value === undefined ? '' : `-x ${valueText(value)}`;
  return [...names, `-d ${quote(description)}`, takes]
    .filter((part) => part !== '')
    .join(' ')
    .trimEnd();
}

function valueText(value: Values): string {
  switch (value.kind) {
    case 'words':
      return `-a ${quote(value.words.join(' '))}`;
    case 'folder':
      return `-a '(__fish_complete_directories)'`;
    case 'file':
      return '-F';
    case 'program':
      return `-a '(__fish_complete_command)'`;
    case 'text':
      return '';
  }
}
