import { Command } from 'commander';
import { jsonText } from '../json-text.ts';
import { indexOption, jsonOption } from '../options.ts';
import { renderWhy } from '../render-why.ts';

interface Options {
  readonly index: string;
  readonly json?: boolean;
}

/** `paper-search why`: shows where a paper comes from. */
export function whyCommand(): Command {
  return new Command('why')
    .description('show the records of a paper and why they were merged')
    .argument('<id>', 'id of a paper')
    .addOption(indexOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Shows the records that a paper was made from, why they were merged, and which record each field comes from.

Examples:
  $ paper-search why arxiv:2101.11408
  $ paper-search why doi:10.1000/182 --json`,
    )
    .action(async (id: string, { index, json }: Options) => {
      const { whyPaper } = await import('../../ingest/why.ts');
      const why = await whyPaper(index, id);
      process.stdout.write(`${json ? jsonText(why) : renderWhy(why)}\n`);
    });
}
