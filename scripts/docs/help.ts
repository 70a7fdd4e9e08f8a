import type { Command } from 'commander';
import { allCommands, createProgram } from '../../src/cli/program.ts';

const WIDTH = 110;

const HEAD = [
  '# Help of every command',
  '',
  '[Contents](README.md) · Written from `--help` by `npm run docs`; do not edit. How commands work together is described in',
  '[Command line and settings](command-line.md).',
  '',
].join('\n');

/** docs/help.md: what `--help` prints, for the program and each of its commands. */
export function helpPage(): string {
  const program = createProgram();
  return [HEAD, ...allCommands(program).map((command) => section(nameOf(command), command))].join('\n');
}

/** The help of the program and of all its commands, one after another. */
export function allHelp(): string {
  const program = createProgram();
  return allCommands(program).map(helpOf).join('\n');
}

/** The name of a command with those above it, as it is called. */
function nameOf(command: Command): string {
  return command.parent ? `${nameOf(command.parent)} ${command.name()}` : command.name();
}

function section(title: string, command: Command): string {
  return `## ${title}\n\n\`\`\`text help\n${helpOf(command).trimEnd()}\n\`\`\`\n`;
}

/** The help as a terminal shows it, without colours; commander breaks lines at `WIDTH` characters. */
function helpOf(command: Command): string {
  let help = '';
  command.configureOutput({
    writeOut: (text) => {
      help += text;
    },
    getOutHelpWidth: () => WIDTH,
    getOutHasColors: () => false,
  });
  command.outputHelp();
  return help;
}
