import { Argument, Command } from 'commander';
import { bashScript } from '../completion/bash.ts';
import { commandTree } from '../completion/command-tree.ts';
import { fishScript } from '../completion/fish.ts';
import { zshScript } from '../completion/zsh.ts';

const SCRIPTS = { bash: bashScript, zsh: zshScript, fish: fishScript };

/** `paper-search completion`: prints a completion script for a shell. */
export function completionCommand(): Command {
  return new Command('completion')
    .description('print a script for your shell that completes commands and options')
    .addArgument(new Argument('<shell>', 'your shell').choices(Object.keys(SCRIPTS)))
    .addHelpText(
      'after',
      `
Examples:
  $ source <(paper-search completion bash)
  $ paper-search completion zsh > "\${fpath[1]}/_paper-search"
  $ paper-search completion fish > ~/.config/fish/completions/paper-search.fish`,
    )
    .action((shell: keyof typeof SCRIPTS, _options: object, command: Command) => {
      const program = command.parent!;
      process.stdout.write(SCRIPTS[shell](program.name(), commandTree(program)));
    });
}
