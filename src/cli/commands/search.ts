import { Command } from 'commander';
import type { FusionName } from '../../fusion/methods.ts';
import type { SearchMode } from '../../types.ts';
import { fusionOption, indexOption, jsonOption, limitOption, modeOption, offsetOption } from '../options.ts';
import { renderHits } from '../render.ts';
import { withSearcher } from '../with-searcher.ts';

interface Options {
  readonly index: string;
  readonly mode: SearchMode;
  readonly limit: number;
  readonly offset: number;
  readonly fusion: FusionName;
  readonly json?: boolean;
}

/** `paper-search search`: papers that answer a query. */
export function searchCommand(): Command {
  return new Command('search')
    .description('find papers that answer a query')
    .argument('<query...>', 'a question or keywords')
    .addOption(modeOption())
    .addOption(limitOption())
    .addOption(offsetOption())
    .addOption(fusionOption())
    .addOption(indexOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Modes: keyword ranks by the words of the query (BM25), semantic by its meaning (embeddings), hybrid by both.

Examples:
  $ paper-search search "papers about self-improvement"
  $ paper-search search reward hacking --mode keyword -n 3
  $ paper-search search "how do models learn from their own answers" --json`,
    )
    .action(async (words: string[], { index, json, ...request }: Options) => {
      const response = await withSearcher(index, (searcher) =>
        searcher.search({ query: words.join(' '), ...request }),
      );
      const { hits, total, mode, tookMs } = response;
      process.stdout.write(
        `${json ? JSON.stringify(response, null, 2) : renderHits(hits, total, mode, tookMs)}\n`,
      );
    });
}
