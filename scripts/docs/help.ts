import type { Command } from 'commander';
import { createProgram } from '../../src/cli/program.ts';

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
  const commands = program.commands.map((command) => section(`paper-search ${command.name()}`, command));
  return [HEAD, section('paper-search', program), ...commands].join('\n');
}

/** The help of the program and of all its commands, one after another. */
export function allHelp(): string {
  const program = createProgram();
  return [program, ...program.commands].map(helpOf).join('\n');
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
