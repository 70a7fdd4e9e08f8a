import { Argument, Command } from 'commander';
import { SERVICE_NAMES, type ServiceName } from '../../ingest/fetch/names.ts';
import {
  dataOption,
  type FetchCommandOptions,
  fetchAndIngest,
  mailtoOption,
  noIngestOption,
} from '../fetch-and-ingest.ts';
import { indexOption, jsonOption } from '../options.ts';

/** `paper-search sync`: what was fetched before, as it is now. */
export function syncCommand(): Command {
  return new Command('sync')
    .description('repeat what was fetched before, since the last time, and ingest it')
    .addArgument(new Argument('[service...]', 'which; all when none is named').choices(SERVICE_NAMES))
    .addOption(dataOption())
    .addOption(mailtoOption())
    .addOption(noIngestOption())
    .addOption(indexOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
arXiv, Crossref and OpenAlex are asked for what is new or changed since the last fetch; the others for everything,
where pages that have not changed need not come again.

Examples:
  $ paper-search sync
  $ paper-search sync arxiv crossref --index my-index`,
    )
    .action(async (services: ServiceName[], options: FetchCommandOptions) => {
      const { syncPapers } = await import('../../ingest/fetch/fetch-papers.ts');
      await fetchAndIngest(options, (common) => syncPapers(services, common));
    });
}
