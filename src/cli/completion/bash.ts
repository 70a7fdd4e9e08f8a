import type { CommandSpec, Value } from './command-tree.ts';
import { quoted } from './quote.ts';

/** A completion script for bash 3.2 and later. @param program its name. */
export function bashScript(program: string, commands: readonly CommandSpec[]): string {
  const name = `_${program.replaceAll(/\W/g, '_')}`;
  const names = commands.map((command) => command.name).join(' ');
  return `# ${program} completion for bash: source this file, or put it into bash-completion's folder.
${name}() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]} command=\${COMP_WORDS[1]}
  local words='' paths=''
  if [ "$COMP_CWORD" -eq 1 ]; then
    words=${quoted(`${names} help --help --version`)}
  else
    case "$command:$previous" in
${commands.flatMap(valueCases).join('\n')}
      *)
        case "$command" in
${commands.map(commandCase).join('\n')}
        help) words=${quoted(names)} ;;
        esac
        case "$current" in
        -*) paths='' ;;
        esac
        ;;
    esac
  fi
  COMPREPLY=()
  if [ -n "$words" ]; then
    while IFS= read -r word; do COMPREPLY+=("$word"); done < <(compgen -W "$words" -- "$current")
  fi
  if [ -n "$paths" ]; then
    compopt -o filenames 2>/dev/null
    while IFS= read -r word; do COMPREPLY+=("$word"); done < <(compgen -f -- "$current")
  fi
}
complete -F ${name} ${program}
`;
}

function valueCases({ name, options }: CommandSpec): string[] {
  return options.flatMap(({ names, value }) =>
    value === undefined
      ? []
      : [`    ${names.map((each) => `${name}:${each}`).join('|')}) ${assignment(value)} ;;`],
  );
}

/** The options, and the argument's values where an argument is expected. */
function commandCase({ name, options, argument }: CommandSpec): string {
  const flags = options.flatMap(({ names }) => names);
  const words = argument?.kind === 'words' ? [...argument.words, ...flags] : flags;
  return `        ${name}) words=${quoted(words.join(' '))}${argument?.kind === 'path' ? '; paths=1' : ''} ;;`;
}

function assignment(value: Value): string {
  if (value.kind === 'words') return `words=${quoted(value.words.join(' '))}`;
  return value.kind === 'path' ? 'paths=1' : ':';
}
