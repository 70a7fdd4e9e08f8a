import { Command, Option } from 'commander';
import { SORT_NAMES, type SortName } from '../../papers/fields.ts';
import { jsonText } from '../json-text.ts';
import { withSnapshot } from '../open-engine.ts';
import { indexOption, jsonOption, limitOption, offsetOption } from '../options.ts';
import { type PlaceOptions, placeOf } from '../place.ts';
import { renderCitations } from '../render-citations.ts';

interface Options extends PlaceOptions {
  readonly direction: 'references' | 'citations' | 'both';
  readonly sort: SortName;
  readonly limit: number;
  readonly offset: number;
  readonly json?: boolean;
}

/** `paper-search citations`: lists the papers that a paper cites and that cite it. */
export function citationsCommand(): Command {
  return new Command('citations')
    .description('list the papers that a paper cites and the papers that cite it')
    .argument('<id>', 'id of a paper')
    .addOption(
      new Option('--direction <which>', 'the works that it cites, the papers that cite it, or both')
        .choices(['references', 'citations', 'both'])
        .default('both'),
    )
    .addOption(new Option('--sort <order>', 'order of the papers').choices(SORT_NAMES).default('date'))
    .addOption(limitOption())
    .addOption(offsetOption())
    .addOption(indexOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Only papers of the index are listed. Works that the paper cites and that the index lacks are named by their identifiers.

Examples:
  $ paper-search citations doi:10.1000/182
  $ paper-search citations arxiv:2101.11408 --direction citations --sort citations -n 20 --json`,
    )
    .action(async (id: string, options: Options) => {
      const { direction, sort, limit, offset, json } = options;
      const directions = direction === 'both' ? (['references', 'citations'] as const) : [direction];
      const answers = await withSnapshot(placeOf(options), async (snapshot) => {
        const found = [];
        for (const each of directions) {
          found.push(await snapshot.citations(id, { direction: each, sort, limit, offset }));
        }
        return found;
      });
      const both = Object.fromEntries(answers.map((answer) => [answer.direction, answer]));
      process.stdout.write(`${json ? jsonText(both) : renderCitations(answers)}\n`);
    });
}
