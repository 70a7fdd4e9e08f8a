import { Command, Option } from 'commander';
import { jsonText } from '../json-text.ts';
import { indexOption, jsonOption, wholeNumber } from '../options.ts';
import { createProgress } from '../progress.ts';
import { renderTuning } from '../render-tuning.ts';
import { stopOnSignals } from '../stop-on-signals.ts';

interface Options {
  readonly index: string;
  readonly queries: number;
  readonly seed: number;
  readonly drop?: boolean;
  readonly json?: boolean;
}

/** `paper-search tune`: fits the weights to the corpus without judgments. */
export function tuneCommand(): Command {
  return new Command('tune')
    .description('fit the weights of the index to its corpus, without judgments')
    .addOption(
      new Option(
        '--queries <n>',
        'queries to make from the corpus: one half fits the weights, the other checks them',
      )
        .argParser(wholeNumber(50))
        .default(300),
    )
    .addOption(new Option('--seed <n>', 'random seed').argParser(wholeNumber(0, 2 ** 32 - 1)).default(1))
    .option('--drop', 'restore the default weights')
    .addOption(indexOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
The queries are titles, sentences and keywords that are removed from their papers; each paper has to be found without
them. The fitted weights are kept only if they are better on the half that they were not fitted to (p < 0.05); earlier
weights are replaced or dropped. "paper-search stats" shows whether an index is tuned.

Such queries are not your users' queries. If you have judgments, trust "paper-search evaluate" more.

Examples:
  $ paper-search tune --index my-index
  $ paper-search tune --index my-index --queries 600 --seed 7
  $ paper-search tune --index my-index --drop`,
    )
    .action(async (options: Options) => {
      const { dropTuning, tune } = await import('../../quality/tune/tune.ts');
      const { index, queries, seed } = options;
      const progress = createProgress();
      const running = {
        index,
        onProgress: (event: Parameters<typeof progress.update>[0]) => progress.update(event),
        signal: stopOnSignals('Stopped. The index is unchanged.'),
      };
      const print = (result: unknown, text: string) =>
        process.stdout.write(`${options.json ? jsonText(result) : text}\n`);
      if (options.drop) {
        const result = await dropTuning(running).finally(() => progress.end());
        const was = result.dropped ? 'has its default weights back' : 'was not tuned';
        print(result, `The index "${index}" ${was}.`);
      } else {
        const report = await tune({ ...running, queries, seed }).finally(() => progress.end());
        print(report, renderTuning(report));
      }
    });
}
