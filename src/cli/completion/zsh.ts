import type { CommandSpec, OptionSpec, Value } from './command-tree.ts';
import { quoted } from './quote.ts';

/** A completion script for zsh. @param program its name. */
export function zshScript(program: string, commands: readonly CommandSpec[]): string {
  const name = `_${program}`;
  return `#compdef ${program}
# ${program} completion for zsh: save this as ${name} in a folder of $fpath, or source it after compinit.
${name}() {
  local -a commands
  commands=(
${commands.map((command) => `    ${quoted(`${command.name}:${command.description.replaceAll(':', '\\:')}`)}`).join('\n')}
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  case $words[2] in
${commands.map(commandCase).join('\n')}
  help) _describe command commands ;;
  esac
}
if [ "$funcstack[1]" = ${quoted(name)} ]; then
  ${name} "$@"
else
  compdef ${name} ${program}
fi
`;
}

function commandCase({ name, options, argument }: CommandSpec): string {
  const specs = [...options.flatMap(optionSpecs), ...(argument ? [`*:argument:${action(argument)}`] : [])];
  // The command itself is not an argument.
  return `  ${name})
    shift words
    (( CURRENT-- ))
    _arguments -s -S \\
${specs.map((spec) => `      ${quoted(spec)}`).join(' \\\n')}
    ;;`;
}

/** One per name. All options may be repeated here; the command itself rejects those that must not be. */
function optionSpecs({ names, description, value }: OptionSpec): string[] {
  const text = description.replace(/[[\]:\\]/g, '\\$&');
  const after = value === undefined ? '' : `:value:${action(value)}`;
  return names.map((name) => `*${name}[${text}]${after}`);
}

function action(value: Value): string {
  if (value.kind === 'words') return `(${value.words.join(' ')})`;
  return value.kind === 'path' ? '_files' : ' ';
}
