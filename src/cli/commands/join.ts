import { Command } from 'commander';
import { jsonText } from '../json-text.ts';
import { indexOption, jsonOption } from '../options.ts';
import { createProgress } from '../progress.ts';
import { stopOnSignals } from '../stop-on-signals.ts';

interface Options {
  readonly index: string;
  readonly json?: boolean;
}

/** `paper-search join`: two papers become one. */
export function joinCommand(): Command {
  return new Command('join')
    .description('make one paper of two')
    .argument('<id>', 'id of a paper')
    .argument('<other-id>', 'id of the other paper')
    .addOption(indexOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
The decision is kept: later ingests join these records, too. "paper-search split" undoes it.

Example:
  $ paper-search join doi:10.1000/182 arxiv:2101.11408`,
    )
    .action(async (id: string, otherId: string, { index, json }: Options) => {
      const { joinPapers } = await import('../../ingest/decide.ts');
      const progress = createProgress();
      const signal = stopOnSignals('Stopped. The index is as it was.');
      const report = await joinPapers(id, otherId, {
        index,
        signal,
        onProgress: (event) => progress.update(event),
      }).finally(() => progress.end());
      const text = `"${id}" and "${otherId}" are one paper now: ${report.ids.join(', ')}.`;
      process.stdout.write(`${json ? jsonText(report) : text}\n`);
    });
}
