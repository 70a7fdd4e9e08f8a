import { Argument, Command } from 'commander';
import { SERVICE_NAMES, type ServiceName } from '../../ingest/fetch/names.ts';
import {
  dataOption,
  type FetchCommandOptions,
  fetchAndIngest,
  mailtoOption,
  noIngestOption,
} from '../fetch-and-ingest.ts';
import { indexOption, jsonOption, watchesOption } from '../options.ts';

/** `paper-search sync`: repeats earlier fetches. */
export function syncCommand(): Command {
  return new Command('sync')
    .description('fetch what is new since the last fetch, and ingest it')
    .addArgument(new Argument('[service...]', 'services to sync (default: all)').choices(SERVICE_NAMES))
    .addOption(dataOption())
    .addOption(mailtoOption())
    .addOption(noIngestOption())
    .addOption(watchesOption())
    .addOption(indexOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
From arXiv, Crossref and OpenAlex, it fetches what is new or changed since the last fetch. From the other services, it
fetches everything, but does not download unchanged pages again.

Examples:
  $ paper-search sync
  $ paper-search sync arxiv crossref --index my-index`,
    )
    .action(async (services: ServiceName[], options: FetchCommandOptions) => {
      const { syncPapers } = await import('../../ingest/fetch/fetch-papers.ts');
      await fetchAndIngest(options, (common) => syncPapers(services, common));
    });
}
