import { Command, Option } from 'commander';
import { MAX_SNOWBALL_DEPTH } from '../../limits.ts';
import { SNOWBALL_DIRECTIONS, type SnowballDirection } from '../../search/citations/api.ts';
import { type AnswerOptions, addAnswerOptions, printAnswer } from '../answer-output.ts';
import { graphmlOf } from '../graphml.ts';
import { withSnapshot } from '../open-engine.ts';
import { indexOption, limitOption, offsetOption, wholeNumber } from '../options.ts';
import { writePaged } from '../pager.ts';
import { type PlaceOptions, placeOf } from '../place.ts';
import { asHit, renderSnowball } from '../render-citations.ts';
import { withInputIds } from '../standard-input.ts';

interface Options extends AnswerOptions, PlaceOptions {
  readonly direction: SnowballDirection;
  readonly depth: number;
  readonly limit: number;
  readonly offset: number;
  readonly graphml?: boolean;
}

/** `paper-search snowball`: follows citations from a set of papers. */
export function snowballCommand(): Command {
  const command = new Command('snowball')
    .description('find the papers that citations lead to from a set of papers')
    .argument('[ids...]', 'ids of papers, as search shows them; - for standard input')
    .addOption(
      new Option(
        '--direction <which>',
        'follow citations backward to the cited papers, forward to the citing papers, or both',
      )
        .choices(SNOWBALL_DIRECTIONS)
        .default('both'),
    )
    .addOption(
      new Option('--depth <n>', `links to follow, 1 to ${MAX_SNOWBALL_DEPTH}`)
        .argParser(wholeNumber(1, MAX_SNOWBALL_DEPTH))
        .default(1),
    )
    .addOption(limitOption())
    .addOption(offsetOption())
    .addOption(
      new Option(
        '--graphml',
        'print the given and found papers and all citations between them as GraphML, for Gephi, Cytoscape or yEd',
      ).conflicts(['format', 'json', 'open']),
    );
  return addAnswerOptions(command)
    .addOption(indexOption())
    .addHelpText(
      'after',
      `
Nearer papers come first, then those with more links to the papers at the distance before, then the newer ones.
Standard input holds one id per line, or one JSON object with an "id" per line.

Examples:
  $ paper-search snowball doi:10.1000/182 arxiv:2101.11408 --direction backward
  $ paper-search search "dialogue systems" -n 20 --format jsonl | paper-search snowball - --depth 2 --json
  $ paper-search snowball doi:10.1000/182 --depth 2 -n 100 --graphml > citations.graphml`,
    )
    .action(async (given: string[], options: Options) => {
      const { direction, depth, limit, offset, abstract: whole } = options;
      const place = placeOf(options);
      const ids = await withInputIds(given);
      const request = { ids, direction, depth, limit, offset };
      if (options.graphml) {
        const graph = await withSnapshot(place, async (snapshot) =>
          graphmlOf(await snapshot.snowball(request), snapshot),
        );
        await writePaged(graph, { paged: false });
        return;
      }
      const response = await withSnapshot(place, (snapshot) => snapshot.snowball(request));
      const printed = { ...response, hits: response.hits.map((hit) => ({ ...hit, ...asHit(hit) })) };
      await printAnswer(printed, options, () => renderSnowball(response, { whole }));
    });
}
