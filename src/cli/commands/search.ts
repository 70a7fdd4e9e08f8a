import { clearLine, cursorTo } from 'node:readline';
import { Command, Option } from 'commander';
import { FACETS, type Facet } from '../../papers/fields.ts';
import { QUERY_FACTS, QUERY_TEXT_FIELDS } from '../../query/fields.ts';
import { type SearchRequest, type SearchResponse, SORTS, type Sort } from '../../search/api.ts';
import type { Snapshot } from '../../search/engine.ts';
import type { FusionName } from '../../search/fuse/methods.ts';
import type { Filters } from '../../search/match/filters.ts';
import type { RejectedChoice } from '../../search/match/rejected.ts';
import type { SearchMode } from '../../search/mode.ts';
import { type AnswerOptions, addAnswerOptions, printAnswer } from '../answer-output.ts';
import { addFilterOptions } from '../filter-options.ts';
import { withSnapshot } from '../open-engine.ts';
import {
  fusionOption,
  indexOption,
  limitOption,
  listOf,
  modeOption,
  offsetOption,
  rejectedOption,
} from '../options.ts';
import { type PlaceOptions, placeAndOthers } from '../place.ts';
import { renderSearch } from '../render-search.ts';
import {
  type RerankOptions,
  rerankBudgetOption,
  rerankDepthOption,
  rerankOption,
  rerankRequest,
} from '../rerank-options.ts';
import { withInputText } from '../standard-input.ts';

interface Options extends Filters, AnswerOptions, RerankOptions, PlaceOptions {
  readonly mode: SearchMode;
  readonly rejected: RejectedChoice;
  readonly limit: number;
  readonly offset: number;
  readonly fusion: FusionName;
  readonly sort: Sort;
  readonly facets?: readonly Facet[];
  readonly explain?: boolean;
  readonly plain?: boolean;
  readonly strict?: boolean;
  readonly fallback: boolean;
  readonly secondLook: boolean;
}

/** Commander's message for an unknown short option, or for one whose value is not a number: "-video", "-noise". */
const SHORT_OPTION = /option '-[^-](?!.*argument '-?\d+')/;
const MINUS_HINT =
  'To exclude a word, put the query in quotation marks ("diffusion -video") or after -- (search -- diffusion -video).';

/** `paper-search search`: finds papers that answer a query. */
export function searchCommand(): Command {
  const command = new Command('search')
    .description('find papers that answer a query')
    .argument('[query...]', 'a question or keywords, or - for standard input; optional with filters')
    .addOption(modeOption())
    .addOption(limitOption())
    .addOption(offsetOption())
    .configureOutput({
      outputError: (message, write) =>
        write(SHORT_OPTION.test(message) ? `${message}${MINUS_HINT}\n` : message),
    });
  addAnswerOptions(addFilterOptions(command));
  return command
    .addOption(new Option('--sort <order>', 'order of the hits').choices(SORTS).default('relevance'))
    .addOption(
      new Option('--facets <names>', `count the values of these facets: ${FACETS.join(',')}`).argParser(
        listOf(FACETS),
      ),
    )
    .addOption(new Option('--explain', 'say why each hit is there'))
    .addOption(new Option('--plain', 'treat the query as text without operators'))
    .addOption(new Option('--strict', 'reject a query with a misplaced operator'))
    .addOption(
      new Option('--no-fallback', 'keep an answer that is not strong, without a spelling or sentence retry'),
    )
    .addOption(new Option('--no-second-look', 'the former name of --no-fallback').hideHelp())
    .addOption(rerankOption())
    .addOption(rerankDepthOption())
    .addOption(rerankBudgetOption())
    .addOption(fusionOption())
    .addOption(rejectedOption())
    .addOption(indexOption())
    .addHelpText(
      'after',
      `
Modes: keyword ranks by the words of the query (BM25), semantic by their meaning (embeddings), hybrid by both.

Query language: plain words rank papers and exclude none. "exact phrase", -word, AND OR NOT ( ), year:2020..2024, has:pdf,
prefix*, fuzzy~, "near words"~5 and, before a word or phrase,
${[...QUERY_TEXT_FIELDS, ...QUERY_FACTS].map((name) => `${name}:`).join(' ')}
are required. Put a query with minus signs in quotation marks, or after all options and --.

Examples:
  $ paper-search search "papers about self-improvement"
  $ paper-search search reward hacking --mode keyword -n 3
  $ paper-search search '"language models" author:smith year:>=2023 -survey' --facets venue,year
  $ paper-search search "how do models learn from their own answers" --explain
  $ paper-search search "why do models repeat themselves" --rerank sentences --rerank-depth 20
  $ paper-search search --venue ICLR --venue NeurIPS --sort title
  $ paper-search search -- diffusion -video
  $ paper-search search "dialogue systems" --format jsonl | paper-search related - -n 5
  $ paper-search search - --abstract < question.txt
  $ paper-search search "attention is all you need" -n 1 --open 1`,
    )
    .action(async (words: string[], given: Options) => {
      const { place, others: options } = placeAndOthers(given);
      const { format, json, abstract: whole, pager, open, secondLook, ...others } = options;
      const { rerank, rerankDepth, rerankBudget, ...rest } = others;
      const reranking = rerankRequest({ rerank, rerankDepth, rerankBudget });
      const asked = { ...rest, ...reranking, fallback: rest.fallback && secondLook };
      const query = (await withInputText(words)).join(' ');
      const { withFilters } = await import('../../search/match/filters.ts');
      const response = await withSnapshot(place, (snapshot) =>
        answerTo({ query, ...withFilters(asked) }, snapshot),
      );
      await printAnswer(response, options, () => renderSearch(response, { whole }));
    });
}

/** The answer. In a terminal, a line says so while a fallback, which can take seconds, is tried. */
async function answerTo(request: SearchRequest, snapshot: Snapshot): Promise<SearchResponse> {
  const { stderr } = process;
  if (request.fallback === false || !stderr.isTTY) return snapshot.search(request);
  const first = await snapshot.search({ ...request, fallback: false });
  if (first.confidence.level === 'strong') return snapshot.search(request);
  stderr.write('No strong match. Trying other spellings and comparing sentences…');
  try {
    return await snapshot.search(request);
  } finally {
    clearLine(stderr, 0);
    cursorTo(stderr, 0);
  }
}
