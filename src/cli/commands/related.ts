import { Command, Option } from 'commander';
import { FACETS, type Facet } from '../../papers/fields.ts';
import { SORTS, type Sort } from '../../search/api.ts';
import type { Filters } from '../../search/match/filters.ts';
import type { RejectedChoice } from '../../search/match/rejected.ts';
import type { SearchMode } from '../../search/mode.ts';
import { type AnswerOptions, addAnswerOptions, printAnswer } from '../answer-output.ts';
import { addFilterOptions } from '../filter-options.ts';
import { withSnapshot } from '../open-engine.ts';
import {
  collected,
  indexOption,
  limitOption,
  listOf,
  modeOption,
  offsetOption,
  rejectedOption,
} from '../options.ts';
import { type PlaceOptions, placeAndOthers } from '../place.ts';
import { renderRelated } from '../render-related.ts';
import { withInputIds } from '../standard-input.ts';

interface Options extends Filters, AnswerOptions, PlaceOptions {
  readonly mode: SearchMode;
  readonly rejected: RejectedChoice;
  readonly limit: number;
  readonly offset: number;
  readonly not?: readonly string[];
  readonly text?: string;
  readonly sort: Sort;
  readonly facets?: readonly Facet[];
}

/** `paper-search related`: finds papers similar to some papers and unlike others. */
export function relatedCommand(): Command {
  const command = new Command('related')
    .description('find papers related to some papers, and unlike others')
    .argument('[ids...]', 'ids of papers, as search shows them; - for standard input')
    .addOption(
      new Option('--not <id>', 'rank papers like this one lower; may be repeated').argParser(collected),
    )
    .addOption(new Option('--text <text>', 'what else the papers should be about'))
    .addOption(modeOption())
    .addOption(limitOption())
    .addOption(offsetOption());
  addAnswerOptions(addFilterOptions(command));
  return command
    .addOption(
      new Option('--sort <order>', 'order of the hits; all orders but relevance sort the relevant papers')
        .choices(SORTS)
        .default('relevance'),
    )
    .addOption(
      new Option('--facets <names>', `count the values of these facets: ${FACETS.join(',')}`).argParser(
        listOf(FACETS),
      ),
    )
    .addOption(rejectedOption())
    .addOption(indexOption())
    .addHelpText(
      'after',
      `
With several papers, each counts equally, and a hit names the one that it is closest to.
Standard input holds one id per line, or one JSON object with an "id" per line.

Examples:
  $ paper-search related doi:10.18653/v1/2020.acl-main.1 -n 5
  $ paper-search related arxiv:2101.11408 arxiv:1706.03762 --not arxiv:1810.04805 --text "long documents"
  $ paper-search related arxiv:2101.11408 arxiv:1706.03762 --sort date --facets venue,year
  $ paper-search search "dialogue systems" -n 3 --format jsonl | paper-search related -`,
    )
    .action(async (ids: string[], given: Options) => {
      const { place, others } = placeAndOthers(given);
      const { not, ...options } = others;
      const { format, json, abstract: whole, pager, open, ...asked } = options;
      const positive = await withInputIds(ids);
      const { withFilters } = await import('../../search/match/filters.ts');
      const response = await withSnapshot(place, (snapshot) =>
        snapshot.related({ positive, negative: not, ...withFilters(asked) }),
      );
      await printAnswer(response, options, () => renderRelated(response, { whole }));
    });
}
