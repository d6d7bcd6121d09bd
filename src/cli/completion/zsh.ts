// Completion for zsh: one function for compinit, from fpath or evaluated.
import { allCommands, type CompletedCommand, type CompletedOption, type Values } from './tree.ts';

/** The script. Its first line lets compinit find it as a file called _guard; the last ones load it when evaluated. */
export function zshCompletion(tree: CompletedCommand): string {
  const commands = allCommands(tree);
  const below = commands.filter(({ path }) => path !== tree.path).map(({ path }) => quote(path));
  const values = commands.flatMap(({ path, options }) =>
    options.flatMap(({ long, short, value }) =>
      value === undefined
        ? []
        : [
            `    ${[long, short].flatMap((flag) => (flag ? [quote(`${path} ${flag}`)] : [])).join(' | ')}) ${valueLine(value)}; return ;;`,
          ],
    ),
  );
  return `#compdef guard
# Completion of guard for zsh. In ~/.zshrc, behind compinit: source <(guard completion zsh)
_guard() {
  local at=guard i
  local -a subcommands switches
  for ((i = 2; i < CURRENT; i++)); do
    case "$at $words[i]" in
      ${below.join(' | ')}) at+=" $words[i]" ;;
    esac
  done
  case "$at $words[CURRENT-1]" in
${values.join('\n')}
  esac
  case $at in
${commands.map(commandLines).join('\n')}
  esac
  (( $#subcommands )) && _describe -t commands command subcommands
  [[ $PREFIX == -* ]] && _describe -o -t options option switches
  return 0
}
if [[ $funcstack[1] == _guard ]]; then
  _guard "$@"
elif (( $+functions[compdef] )); then
  compdef _guard guard
fi
`;
}

const quote = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/** An entry of a menu; the colon separates the word from its description. */
const entry = (word: string, description: string): string => quote(`${word.replaceAll(':', '\\:')}:${description}`);

function valueLine(value: Values): string {
  switch (value.kind) {
    case 'words':
      return `compadd -- ${value.words.map(quote).join(' ')}`;
    case 'folder':
      return '_files -/';
    case 'file':
      return '_files';
    case 'program':
      return '_command_names -e';
    case 'text':
      return `_message ${quote('text')}`;
  }
}

function commandLines({ path, commands, options, argument }: CompletedCommand): string {
  const lines = [
    `      subcommands=(${commands.map(({ name, description }) => entry(name, description)).join(' ')})`,
    `      switches=(${options.flatMap(optionEntry).join(' ')})`,
    ...(argument === undefined || argument.kind === 'text'
      ? []
      : [`      [[ $PREFIX == -* ]] || ${argumentLine(path, argument)}`]),
  ];
  return `    ${quote(path)})\n${lines.join('\n')}\n      ;;`;
}

/** Behind a program that is run, its own words follow: files are the best guess. */
function argumentLine(path: string, argument: Values): string {
  if (argument.kind !== 'program') return valueLine(argument);
  const name = path.split(' ').at(-1);
  return `if [[ $words[CURRENT-1] == (${name}|--) ]]; then ${valueLine(argument)}; else _files; fi`;
}

const optionEntry = ({ long, short, description }: CompletedOption): string[] =>
  [long, short].flatMap((flag) => (flag === undefined ? [] : [entry(flag, description)]));
