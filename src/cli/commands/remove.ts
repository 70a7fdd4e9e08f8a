import { Command } from 'commander';
import { PaperSearchError } from '../../errors.ts';
import { jsonText } from '../json-text.ts';
import { indexOption, jsonOption } from '../options.ts';
import { type PlaceOptions, placeOf, placeText } from '../place.ts';
import { createProgress } from '../progress.ts';
import { withInputIds } from '../standard-input.ts';
import { stopOnSignals } from '../stop-on-signals.ts';

interface Options extends PlaceOptions {
  readonly json?: boolean;
  readonly source?: string[];
}

/** `paper-search remove`: removes papers from the index. */
export function removeCommand(): Command {
  return new Command('remove')
    .description('remove papers from the index')
    .argument('[id...]', 'ids of papers; - for standard input')
    .option('--source <file...>', 'remove what came from these files or folders')
    .addOption(indexOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
A paper is removed with all its records. With --source, the records from these files are removed; a paper that other
files contain too stays, as they have it. A removed paper comes back when its file is ingested again.

Examples:
  $ paper-search remove arxiv:2101.11408 doi:10.1000/182
  $ paper-search remove --source old-library.bib
  $ paper-search search venue:OLDCONF -n 100 --format jsonl | paper-search remove -`,
    )
    .action(async (given: string[], options: Options) => {
      const { json, source = [] } = options;
      const place = placeOf(options);
      const ids = await withInputIds(given);
      if (ids.length + source.length === 0) {
        throw new PaperSearchError('BAD_REQUEST', 'Name the papers to remove: by id, or by --source FILE.');
      }
      const { removeFrom } = await import('../change-papers.ts');
      const progress = createProgress();
      const signal = stopOnSignals(
        `Stopped. ${place.cluster ? 'What is served' : 'The index'} is unchanged.`,
      );
      const report = await removeFrom(
        place,
        { ids, sources: source },
        { signal, onProgress: (event) => progress.update(event) },
      ).finally(() => progress.end());
      const { records, removed, papers } = report;
      const text = `Records removed: ${records}. Papers removed: ${removed}; left in ${placeText(place)}: ${papers}.`;
      process.stdout.write(`${json ? jsonText(report) : text}\n`);
    });
}
