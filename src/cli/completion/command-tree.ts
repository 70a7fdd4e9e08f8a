import type { Command } from 'commander';

/** A value of an option or argument: one of some words, a path, or anything. */
export type Value =
  | { readonly kind: 'words'; readonly words: readonly string[] }
  | { readonly kind: 'path' }
  | { readonly kind: 'any' };

/** An option of a command as a shell completes it. */
export interface OptionSpec {
  /** Its short and long name, as far as they exist. */
  readonly names: readonly string[];
  readonly description: string;
  /** Undefined if the option takes no value. */
  readonly value: Value | undefined;
}

/** A command as a shell completes it. */
export interface CommandSpec {
  readonly name: string;
  readonly description: string;
  readonly options: readonly OptionSpec[];
  /** Its argument; undefined if it takes none. */
  readonly argument: Value | undefined;
}

/** Names of arguments and values that are paths. */
const PATHS = /\b(?:file|files|dir|folder|folders|path|paths)\b/i;

/** The commands of a program with their options, read from the program's own help. */
export function commandTree(program: Command): CommandSpec[] {
  const help = program.createHelp();
  return help
    .visibleCommands(program)
    .filter((command) => command.name() !== 'help')
    .map((command) => {
      const [argument] = command.registeredArguments;
      return {
        name: command.name(),
        description: oneLine(command.description()),
        options: optionsOf(command),
        // Of a command with commands below it, those are completed, with the options of all of them.
        argument:
          command.commands.length > 0
            ? { kind: 'words', words: command.commands.map((below) => below.name()) }
            : argument && valueKind(argument.name(), argument.argChoices),
      };
    });
}

/** The options of a command and of those below it, each once. */
function optionsOf(command: Command): OptionSpec[] {
  const own = command
    .createHelp()
    .visibleOptions(command)
    .map(({ short, long, description, required, optional, argChoices, flags }) => ({
      names: [short, long].filter((name) => name !== undefined && name !== null),
      description: oneLine(description),
      value: required || optional ? valueKind(flags, argChoices) : undefined,
    }));
  const all = [...own, ...command.commands.flatMap(optionsOf)];
  return [...new Map(all.toReversed().map((option) => [option.names.at(-1), option])).values()].toReversed();
}

function valueKind(name: string, choices: readonly string[] | undefined): Value {
  if (choices) return { kind: 'words', words: choices };
  return { kind: PATHS.test(name.replace(/^.*</, '')) ? 'path' : 'any' };
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
