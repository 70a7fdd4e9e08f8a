import { Command } from 'commander';
import { jsonText } from '../json-text.ts';
import { indexOption, jsonOption } from '../options.ts';
import { renderStats } from '../render.ts';
import { withSearcher } from '../with-searcher.ts';

/** `paper-search stats`: describes the index. */
export function statsCommand(): Command {
  return new Command('stats')
    .description('show what the index contains')
    .addOption(indexOption())
    .addOption(jsonOption())
    .addHelpText('after', '\nExample:\n  $ paper-search stats --index my-index')
    .action(async ({ index, json }: { index: string; json?: boolean }) => {
      const stats = await withSearcher(index, (searcher) => searcher.stats());
      process.stdout.write(`${json ? jsonText(stats) : renderStats(stats)}\n`);
    });
}
