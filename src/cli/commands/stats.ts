import { Command } from 'commander';
import { jsonText } from '../json-text.ts';
import { withSnapshot } from '../open-engine.ts';
import { indexOption, jsonOption } from '../options.ts';
import { type PlaceOptions, placeOf } from '../place.ts';
import { renderStats } from '../render.ts';

/** `paper-search stats`: describes the index. */
export function statsCommand(): Command {
  return new Command('stats')
    .description('show what the index contains')
    .addOption(indexOption())
    .addOption(jsonOption())
    .addHelpText('after', '\nExample:\n  $ paper-search stats --index my-index')
    .action(async ({ json, ...options }: PlaceOptions & { json?: boolean }) => {
      const stats = await withSnapshot(placeOf(options), (snapshot) => snapshot.stats());
      process.stdout.write(`${json ? jsonText(stats) : renderStats(stats)}\n`);
    });
}
