import { Command } from 'commander';
import pc from 'picocolors';
import { visibleText } from '../../text/visible-text.ts';
import type { Config } from '../config/config.ts';
import type { Setting } from '../config/settings.ts';
import { jsonText } from '../json-text.ts';
import { jsonOption } from '../options.ts';

/** `paper-search config`: shows each setting and where it was set. */
export function configCommand(): Command {
  return new Command('config')
    .description('show every setting, its value and where it was set')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Precedence, highest first: options, environment variables (PAPER_SEARCH_INDEX, …), the file
paper-search.config.json in the working folder, the user's file (shown below the settings), the defaults. Files hold
one JSON object: {"index": "my-index", "limit": 20}. Paths in the user's file start from its folder. The token that
allows changes over HTTP is never stored in a settings file. Put it in PAPER_SEARCH_TOKEN or in the file that tokenFile names.

Examples:
  $ paper-search config
  $ PAPER_SEARCH_LIMIT=20 paper-search config --json`,
    )
    .action(async ({ json }: { json?: boolean }) => {
      const [{ configPlaces, expectSound, readConfig }, { variableOf }] = await Promise.all([
        import('../config/config.ts'),
        import('../config/settings.ts'),
      ]);
      const config = await readConfig(configPlaces());
      if (json) {
        const values = config.values.map(({ setting, value, from }) => ({
          name: setting.name,
          value: value ?? null,
          from: from ?? 'default',
        }));
        process.stdout.write(`${jsonText({ ...config, values })}\n`);
      } else process.stdout.write(`${renderConfig(config, variableOf)}\n`);
      expectSound(config);
    });
}

function renderConfig({ values, files }: Config, variableOf: (setting: Setting) => string): string {
  const rows = values.map(({ setting, value, from }) => ({
    name: setting.name,
    shown: visibleText(value === undefined ? '–' : String(value)),
    from: visibleText(from ?? 'default'),
    variable: variableOf(setting),
  }));
  const width = Math.max(...rows.map(({ shown }) => shown.length));
  return [
    ...rows.map(
      ({ name, shown, from, variable }) =>
        `${name.padEnd(9)}  ${shown.padEnd(width)}  ${from}${from === 'default' ? pc.dim(`  ${variable}`) : ''}`,
    ),
    '',
    ...files.map(({ file, found }) => `${found ? 'read     ' : 'not found'} ${visibleText(file)}`),
  ].join('\n');
}
