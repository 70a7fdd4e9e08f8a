import type { Command } from 'commander';
import type { Config } from './config.ts';

/** Applies the settings to a command's options that the user did not give. */
export function applyConfig(command: Command, { values }: Config): void {
  for (const { setting, value, from } of values) {
    if (from === undefined) continue;
    if (setting.commands && !setting.commands.includes(command.name())) continue;
    const name = setting.option ?? setting.name;
    const option = command.options.find((each) => each.attributeName() === name);
    const given = command.getOptionValueSource(name);
    if (option && (given === undefined || given === 'default')) {
      command.setOptionValueWithSource(name, value, 'config');
    }
  }
}
