import type { Command } from 'commander';
import { expect, test } from 'vitest';
import { bashScript } from '../../src/cli/completion/bash.ts';
import { commandTree } from '../../src/cli/completion/command-tree.ts';
import { SETTINGS } from '../../src/cli/config/settings.ts';
import { allCommands, createProgram } from '../../src/cli/program.ts';

const { commands } = createProgram();

function helpOf(command: Command): string {
  let text = '';
  command.configureOutput({
    writeOut: (part) => {
      text += part;
    },
  });
  command.outputHelp();
  return text;
}

test.each(commands.flatMap(allCommands).map((command) => [command.name(), command] as const))(
  '%s has examples in its help, all of it',
  (name, command) => {
    const [, examples] = /Examples?:\n((?: {2}\$ .*\n?)+)/.exec(helpOf(command)) ?? [];
    expect(examples).toContain(name);
  },
);

test('every setting is an option of the commands that use it', () => {
  for (const setting of SETTINGS) {
    const takers = commands.filter(({ options }) =>
      options.some((option) => option.attributeName() === (setting.option ?? setting.name)),
    );
    const names = takers.map((command) => command.name());
    if (setting.commands) expect(names).toEqual(expect.arrayContaining([...setting.commands]));
    else expect(names.length).toBeGreaterThan(5);
  }
});

test('settings and options have the same defaults', () => {
  for (const { name, default: byDefault, commands: takers } of SETTINGS) {
    for (const command of commands) {
      if (takers && !takers.includes(command.name())) continue;
      const option = command.options.find((each) => each.attributeName() === name);
      if (option) expect({ name, value: command.opts()[name] }).toEqual({ name, value: byDefault });
    }
  }
});

test.each([
  [['serch'], "paper-search: Unknown command 'serch'\n(Did you mean search?)\n"],
  [['search', 'graphs', '--yaer', '2024'], "paper-search: Unknown option '--yaer'\n(Did you mean --year?)\n"],
  [['related', '--limit'], "paper-search: Option '-n, --limit <n>' argument missing\n"],
])('reports wrong usage with the prefix of all errors: %j', async (args, expected) => {
  const program = createProgram();
  let written = '';
  for (const command of allCommands(program)) {
    command.configureOutput({
      writeErr: (part) => {
        written += part;
      },
    });
  }
  await expect(program.parseAsync(args, { from: 'user' })).rejects.toThrow();
  expect(written).toMatch(/^paper-search: /);
  expect(written).toContain(expected);
});

test('completion lists every command', () => {
  const tree = commandTree(createProgram());
  expect(tree.map(({ name }) => name)).toEqual(commands.map((command) => command.name()));
  expect(bashScript('paper-search', tree)).toContain("search:--format) words='table json jsonl bibtex ris ");
});
