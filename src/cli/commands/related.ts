import { Command, Option } from 'commander';
import { type Filters, withFilters } from '../../matching/filters.ts';
import type { SearchMode } from '../../types.ts';
import { addFilterOptions } from '../filter-options.ts';
import { collected, indexOption, jsonOption, limitOption, modeOption, offsetOption } from '../options.ts';
import { renderRelated } from '../render-related.ts';
import { withSearcher } from '../with-searcher.ts';

interface Options extends Filters {
  readonly index: string;
  readonly mode: SearchMode;
  readonly limit: number;
  readonly offset: number;
  readonly not?: readonly string[];
  readonly text?: string;
  readonly json?: boolean;
}

/** `paper-search related`: papers near to some, and away from others. */
export function relatedCommand(): Command {
  const command = new Command('related')
    .description('find papers near to some, and away from others')
    .argument('[ids...]', 'ids of papers, as search shows them')
    .addOption(
      new Option('--not <id>', 'paper whose kin are not wanted; may be repeated').argParser(collected),
    )
    .addOption(new Option('--text <text>', 'what else the papers should be about'))
    .addOption(modeOption())
    .addOption(limitOption())
    .addOption(offsetOption());
  return addFilterOptions(command)
    .addOption(indexOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Several papers keep their several interests: each hit is near to one of them, and says to which.

Examples:
  $ paper-search related doi:10.18653/v1/2020.acl-main.1 -n 5
  $ paper-search related arxiv:2101.11408 arxiv:1706.03762 --not arxiv:1810.04805 --text "long documents"`,
    )
    .action(async (ids: string[], { index, json, not, ...options }: Options) => {
      const response = await withSearcher(index, (searcher) =>
        searcher.related({ positive: ids, negative: not, ...withFilters(options) }),
      );
      process.stdout.write(`${json ? JSON.stringify(response, null, 2) : renderRelated(response)}\n`);
    });
}
