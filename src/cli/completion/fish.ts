import type { CommandSpec, OptionSpec, Value } from './command-tree.ts';
import { quoted } from './quote.ts';

/** A completion script for fish. @param program its name. */
export function fishScript(program: string, commands: readonly CommandSpec[]): string {
  const complete = `complete -c ${program}`;
  const isFirst = quoted('__fish_use_subcommand');
  return `# ${program} completion for fish: save this as ~/.config/fish/completions/${program}.fish
${complete} -f
${commands.map(({ name, description }) => `${complete} -n ${isFirst} -a ${name} -d ${fishQuoted(description)}`).join('\n')}
${commands.flatMap((command) => linesOf(complete, command)).join('\n')}
`;
}

function linesOf(complete: string, { name, options, argument }: CommandSpec): string[] {
  const here = `${complete} -n ${quoted(`__fish_seen_subcommand_from ${name}`)}`;
  return [
    ...options.map((option) => `${here} ${optionWords(option)}`),
    ...(argument?.kind === 'path' ? [`${here} -F`] : []),
    ...(argument?.kind === 'words' ? [`${here} -a ${fishQuoted(argument.words.join(' '))}`] : []),
  ];
}

function optionWords({ names, description, value }: OptionSpec): string {
  const flags = names.map((name) => (name.startsWith('--') ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`));
  return [...flags, ...valueWords(value), `-d ${fishQuoted(description)}`].join(' ');
}

function valueWords(value: Value | undefined): string[] {
  if (value === undefined) return [];
  if (value.kind === 'words') return ['-x', `-a ${fishQuoted(value.words.join(' '))}`];
  return value.kind === 'path' ? ['-r', '-F'] : ['-x'];
}

/** In fish, backslashes and single quotes are escaped inside single quotes. */
function fishQuoted(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}
