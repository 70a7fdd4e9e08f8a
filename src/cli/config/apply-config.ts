import type { Command } from 'commander';
import type { Config } from './config.ts';

/** Gives the settings to a command as the values of options that its user left out. */
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
