import { Argument, Command, Option } from 'commander';
import { SERVICE_NAMES, type ServiceName } from '../../ingest/fetch/names.ts';
import type { Selection } from '../../ingest/fetch/selection.ts';
import {
  dataOption,
  type FetchCommandOptions,
  fetchAndIngest,
  mailtoOption,
  noIngestOption,
} from '../fetch-and-ingest.ts';
import { indexOption, jsonOption, watchesOption, wholeNumber } from '../options.ts';
import { placeAndOthers } from '../place.ts';

interface Options extends FetchCommandOptions, Selection {
  readonly name?: string;
}

/** `paper-search fetch`: fetches papers from a service over the network. */
export function fetchCommand(): Command {
  return new Command('fetch')
    .description('fetch papers from a service and ingest them')
    .addArgument(new Argument('<service>', 'service to fetch from').choices(SERVICE_NAMES))
    .option('--query <text>', "words, in the service's own query language")
    .option(
      '--ids <ids...>',
      'papers by identifier: arXiv: 2101.11408; Crossref: DOIs; OpenAlex: DOIs, W2741809807, pmid:123',
    )
    .option(
      '--category <name>',
      'arXiv: cs.LG; Semantic Scholar: a field of study; OpenAlex: a topic (T10028)',
    )
    .option(
      '--venue <name>',
      'OpenReview: ICLR.cc/2025/Conference; ACL: emnlp; OpenAlex: S137773608 or an ISSN',
    )
    .option('--collections <ids...>', 'ACL Anthology: collections such as 2024.acl P19')
    .option('--invitation <id>', 'OpenReview: all submissions, such as ICLR.cc/2025/Conference/-/Submission')
    .addOption(
      new Option('--api <version>', 'OpenReview: API version; 1 for venues before 2023').choices(['1', '2']),
    )
    .option(
      '--from <date>',
      'published (arXiv: submitted) on or after this date: YYYY, YYYY-MM or YYYY-MM-DD',
    )
    .option('--until <date>', 'published on or before this date')
    .option('--changed-since <day>', 'changed since this day (Crossref; arXiv with --category only)')
    .option('--with-abstract', 'only papers with an abstract (OpenAlex, Crossref)')
    .option('--limit <n>', 'stop after the page that reaches n papers', wholeNumber(1))
    .option('--name <name>', 'name of the folder for the pages (default: made from the selection)')
    .addOption(dataOption())
    .addOption(mailtoOption())
    .addOption(noIngestOption())
    .addOption(watchesOption())
    .addOption(indexOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Requests are sent one at a time, at the pace that the service asks for. Run the same command again to resume an
interrupted fetch; run "paper-search sync" to fetch what is new. API keys are read from the environment: OPENREVIEW_TOKEN,
SEMANTIC_SCHOLAR_API_KEY, OPENALEX_API_KEY.

Examples:
  $ paper-search fetch arxiv --query 'ti:"test-time scaling"' --from 2024
  $ paper-search fetch arxiv --category cs.LG --changed-since 2025-06-01
  $ paper-search fetch arxiv --ids 2101.11408 1706.03762
  $ paper-search fetch openreview --venue ICLR.cc/2025/Conference
  $ paper-search fetch acl --collections 2024.acl 2024.emnlp
  $ paper-search fetch semanticscholar --query '"dense retrieval"' --from 2023 --limit 2000
  $ paper-search fetch openalex --query "query expansion" --with-abstract --mailto you@example.org
  $ paper-search fetch crossref --venue "Information Retrieval Journal" --mailto you@example.org --no-ingest`,
    )
    .action(async (service: ServiceName, options: Options) => {
      const { data, mailto, ingest, json, name, ...selection } = placeAndOthers(options).others;
      const { fetchPapers } = await import('../../ingest/fetch/fetch-papers.ts');
      await fetchAndIngest(options, async (common) => ({
        reports: [await fetchPapers(service, selection, { ...common, name })],
        failures: [],
      }));
    });
}
