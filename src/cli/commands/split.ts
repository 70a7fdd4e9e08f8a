import { Command } from 'commander';
import { jsonText } from '../json-text.ts';
import { indexOption, jsonOption } from '../options.ts';
import { createProgress } from '../progress.ts';
import { stopOnSignals } from '../stop-on-signals.ts';

interface Options {
  readonly index: string;
  readonly json?: boolean;
}

/** `paper-search split`: records of one paper become several papers. */
export function splitCommand(): Command {
  return new Command('split')
    .description('undo a merge: make several papers of the records of one')
    .argument('<id>', 'id of a paper')
    .argument('[record-id]', 'id of the record to part from the others (default: part all records)')
    .addOption(indexOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
The decision is kept: later ingests leave these records apart, too. "paper-search why ID" lists the records of a paper
and their ids; "paper-search join" undoes a split.

Examples:
  $ paper-search split doi:10.1000/182
  $ paper-search split doi:10.1000/182 arxiv:2101.11408`,
    )
    .action(async (id: string, recordId: string | undefined, { index, json }: Options) => {
      const { splitPaper } = await import('../../ingest/decide.ts');
      const progress = createProgress();
      const signal = stopOnSignals('Stopped. The index is as it was.');
      const report = await splitPaper(id, recordId, {
        index,
        signal,
        onProgress: (event) => progress.update(event),
      }).finally(() => progress.end());
      const text = `The records of "${id}" are ${report.ids.length} papers now: ${report.ids.join(', ')}.`;
      process.stdout.write(`${json ? jsonText(report) : text}\n`);
    });
}
