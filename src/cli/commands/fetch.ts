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
import { indexOption, jsonOption, wholeNumber } from '../options.ts';

interface Options extends FetchCommandOptions, Selection {
  readonly name?: string;
}

/** `paper-search fetch`: papers from a service over the network. */
export function fetchCommand(): Command {
  return new Command('fetch')
    .description('fetch papers from a service and ingest them')
    .addArgument(new Argument('<service>', 'where from').choices(SERVICE_NAMES))
    .option('--query <text>', "words, in the service's own query language")
    .option(
      '--category <name>',
      'arXiv: cs.LG; Semantic Scholar: a field of study; OpenAlex: a topic (T10028)',
    )
    .option(
      '--venue <name>',
      'OpenReview: ICLR.cc/2025/Conference; ACL: emnlp; OpenAlex: S137773608 or an ISSN',
    )
    .option('--collections <ids...>', 'of the ACL Anthology: 2024.acl P19')
    .option('--invitation <id>', 'of OpenReview, for all submissions: ICLR.cc/2025/Conference/-/Submission')
    .addOption(
      new Option('--api <version>', "of OpenReview's API; 1 for venues before 2023").choices(['1', '2']),
    )
    .option('--from <date>', 'published (submitted to arXiv) from then on: YYYY, YYYY-MM or YYYY-MM-DD')
    .option('--until <date>', 'published until the end of then')
    .option('--changed-since <day>', 'changed since then (arXiv with --category alone, Crossref)')
    .option('--with-abstract', 'only papers with an abstract (OpenAlex, Crossref)')
    .option('--limit <n>', 'stop after the page with so many papers', wholeNumber(1))
    .option('--name <name>', 'of the folder for the pages (default: made of the selection)')
    .addOption(dataOption())
    .addOption(mailtoOption())
    .addOption(noIngestOption())
    .addOption(indexOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
One request at a time, at the pace the service asks for. What was interrupted goes on when the same command is run
again; "paper-search sync" brings in what is new. Keys are read from the environment: OPENREVIEW_TOKEN,
SEMANTIC_SCHOLAR_API_KEY, OPENALEX_API_KEY.

Examples:
  $ paper-search fetch arxiv --query 'ti:"test-time scaling"' --from 2024
  $ paper-search fetch arxiv --category cs.LG --changed-since 2025-06-01
  $ paper-search fetch openreview --venue ICLR.cc/2025/Conference
  $ paper-search fetch acl --collections 2024.acl 2024.emnlp
  $ paper-search fetch semanticscholar --query '"dense retrieval"' --from 2023 --limit 2000
  $ paper-search fetch openalex --query "query expansion" --with-abstract --mailto you@example.org
  $ paper-search fetch crossref --venue "Information Retrieval Journal" --mailto you@example.org --no-ingest`,
    )
    .action(async (service: ServiceName, options: Options) => {
      const { data, mailto, ingest, index, json, name, ...selection } = options;
      const { fetchPapers } = await import('../../ingest/fetch/fetch-papers.ts');
      await fetchAndIngest(options, async (common) => ({
        reports: [await fetchPapers(service, selection, { ...common, name })],
        failures: [],
      }));
    });
}
