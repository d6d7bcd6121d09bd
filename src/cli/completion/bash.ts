// Completion for bash: a function over COMP_WORDS, with every word of the program in it.
import { allCommands, type CompletedCommand, type Values } from './tree.ts';

/** The script; runs in bash 3.2 and later. */
export function bashCompletion(tree: CompletedCommand): string {
  const commands = allCommands(tree);
  const below = commands.filter(({ path }) => path !== tree.path).map(({ path }) => quote(path));
  const values = commands.flatMap(({ path, options }) =>
    options.flatMap(({ long, short, value }) =>
      value === undefined
        ? []
        : [
            `    ${[long, short].flatMap((flag) => (flag ? [quote(`${path} ${flag}`)] : [])).join(' | ')}) ${`${valueLine(value)} return`.trim()} ;;`,
          ],
    ),
  );
  return `# Completion of guard for bash. In ~/.bashrc: source <(guard completion bash)
_guard() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD - 1]} at=guard words='' i
  local IFS=$' \\t\\n'
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "$at \${COMP_WORDS[i]}" in
      ${below.join(' | ')}) at+=" \${COMP_WORDS[i]}" ;;
    esac
  done
  case "$at $previous" in
${values.join('\n')}
  esac
  case $at in
${commands.map((command) => `    ${quote(command.path)}) ${commandLines(command)} ;;`).join('\n')}
  esac
  COMPREPLY+=($(compgen -W "$words" -- "$current"))
}
complete -o bashdefault -o default -F _guard guard
`;
}

const quote = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/** The line that fills COMPREPLY with values. An empty one lets bash complete files. */
function valueLine(value: Values): string {
  switch (value.kind) {
    case 'words':
      return `COMPREPLY=($(compgen -W ${quote(value.words.join(' '))} -- "$current"));`;
    case 'folder':
      return `IFS=$'\\n'; COMPREPLY=($(compgen -d -- "$current")); compopt -o filenames 2>/dev/null;`;
    case 'program':
      return `COMPREPLY=($(compgen -c -- "$current"));`;
    case 'file':
    case 'text':
      return '';
  }
}

/** Sets what can stand behind a command. Behind a program that is run, its own words follow: files are the best guess. */
function commandLines({ path, commands, options, argument }: CompletedCommand): string {
  const own = argument?.kind === 'words' ? argument.words : [];
  const words = [
    ...commands.map(({ name }) => name),
    ...own,
    ...options.flatMap(({ long, short }) => long ?? short ?? []),
  ];
  const set = `words=${quote(words.join(' '))}`;
  if (argument?.kind !== 'program') return set;
  const isFirst = `[[ "$previous" == ${path.split(' ').at(-1)} || "$previous" == -- ]]`;
  return `if ${isFirst}; then ${set}; ${valueLine(argument)} fi`;
}
