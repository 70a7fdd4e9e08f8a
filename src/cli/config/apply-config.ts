import type { Command } from 'commander';
import type { Config } from './config.ts';

/** Applies the settings to a command's options that the user did not give. */
export function applyConfig(command: Command, { values }: Config): void {
  for (const { setting, value, from } of values) {
    if (from === undefined) continue;
    if (setting.commands && !setting.commands.includes(command.name())) continue;
    const option = command.options.find((each) => each.attributeName() === setting.name);
    const given = command.getOptionValueSource(setting.name);
    if (option && (given === undefined || given === 'default')) {
      command.setOptionValueWithSource(setting.name, value, 'config');
    }
  }
}
