import { Command } from 'commander';
import { indexOption, jsonOption, limitOption, offsetOption } from '../options.ts';
import { renderHits } from '../render.ts';
import { withSearcher } from '../with-searcher.ts';

interface Options {
  readonly index: string;
  readonly limit: number;
  readonly offset: number;
  readonly json?: boolean;
}

/** `paper-search related`: papers near to one. */
export function relatedCommand(): Command {
  return new Command('related')
    .description('find papers near to one')
    .argument('<id>', 'id of a paper, as search shows it')
    .addOption(limitOption())
    .addOption(offsetOption())
    .addOption(indexOption())
    .addOption(jsonOption())
    .addHelpText('after', '\nExample:\n  $ paper-search related doi:10.18653/v1/2020.acl-main.1 -n 5')
    .action(async (id: string, { index, json, ...page }: Options) => {
      const response = await withSearcher(index, (searcher) => searcher.related(id, page));
      const { hits, total, paper, tookMs } = response;
      const label = `related to “${paper.title || paper.id}”`;
      process.stdout.write(
        `${json ? JSON.stringify(response, null, 2) : renderHits(hits, total, label, tookMs)}\n`,
      );
    });
}
