import { availableParallelism } from 'node:os';
import { type Command, Option } from 'commander';
import { QUERY_STRATEGIES, type QueryStrategy } from '../../../review/simulate/strategy-names.ts';
import { jsonText } from '../../json-text.ts';
import { indexOption, jsonOption, wholeNumber } from '../../options.ts';
import { type PlaceOptions, placeOf } from '../../place.ts';
import { createProgress } from '../../progress.ts';
import { stopOnSignals } from '../../stop-on-signals.ts';
import { reviewAction } from './shared.ts';

interface Options extends PlaceOptions {
  readonly labels?: string;
  readonly judgmentsOf?: string;
  readonly question?: string;
  readonly seed: number;
  readonly runs: number;
  readonly knownIncludes: number;
  readonly knownExcludes: number;
  readonly queryStrategy: QueryStrategy;
  readonly batch: number;
  readonly threads: number;
  readonly keywordOnly?: boolean;
  readonly json?: boolean;
}

/** `paper-search review simulate`: measures the learner on a review that is finished. */
export function simulateCommand(): Command {
  return reviewAction(
    'simulate <pool>',
    'measure the learner on papers whose labels are known, as ASReview does',
    [
      'simulate gardens',
      'simulate papers.ris --labels decisions.csv --runs 10',
      'simulate my-index --labels qrels/test.tsv --judgments-of gardens --question "Do school gardens change diets?"',
      'simulate my-index --labels decisions.csv --keyword-only --seed 7 --runs 1 --json',
    ],
  )
    .option(
      '--labels <file>',
      'which papers were included: as for "review import" (default: what the review decided)',
    )
    .option('--judgments-of <query>', 'the query whose judgments are read, in a file of judgments of several')
    .option('--question <text>', 'with the folder of an index: what the papers should answer')
    .addOption(
      new Option('--seed <n>', 'random seed of the first run').argParser(wholeNumber(0, 2 ** 31)).default(1),
    )
    .addOption(
      new Option('--runs <n>', 'runs, each with the next seed').argParser(wholeNumber(1, 1000)).default(10),
    )
    .addOption(
      new Option('--known-includes <n>', 'includes that are known at the start of a run, drawn by the seed')
        .argParser(wholeNumber(0))
        .default(1),
    )
    .addOption(
      new Option('--known-excludes <n>', 'excludes that are known at the start')
        .argParser(wholeNumber(0))
        .default(1),
    )
    .addOption(
      new Option('--query-strategy <name>', 'what is read next: the best, one in twenty at random, or any')
        .choices(QUERY_STRATEGIES)
        .default('max' satisfies QueryStrategy),
    )
    .addOption(
      new Option('--batch <n>', 'papers that are read before the rest is ranked again')
        .argParser(wholeNumber(1))
        .default(1),
    )
    .addOption(
      new Option('--threads <n>', 'threads that share the runs; the result is the same')
        .argParser(wholeNumber(1, 256))
        .default(availableParallelism(), 'one per processor'),
    )
    .option('--keyword-only', 'learn from words only, without vectors')
    .addOption(indexOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
The pool is a review of --index, the folder of an index, or a file of papers. Papers without a label are left out, except with
judgments (qrels), where a paper that is not judged is excluded. A run reads until all includes are found.

WSS@95: work saved over sampling at 95 % of the includes; RRF@10: includes found in the first 10 % of the papers; ATD: average time
to discovery, in papers; loss: 0 for a perfect order, 1 for the worst. They are those of asreview and asreview-insights.`,
    )
    .action(async (pool: string, options: Options) => {
      const { simulateAll } = await import('../../../review/simulate/in-threads.ts');
      const { reportOf, startsOf } = await import('../../../review/simulate/report.ts');
      const { renderSimulation } = await import('../../review/render-simulation.ts');
      const { readSimulatedPool } = await import('../../review/simulated-pool.ts');
      const { writeError } = await import('../../write-error.ts');
      const { labels, judgmentsOf: query, question, keywordOnly = false, batch, threads, json } = options;
      const known = { includes: options.knownIncludes, excludes: options.knownExcludes };
      const signal = stopOnSignals('Stopped.');
      const source = { pool, labels, query, keywordOnly, question };
      const { ids, input, truth } = await readSimulatedPool(source, placeOf(options), writeError);
      const starts = startsOf(truth, known, options.seed, options.runs);
      const task = { input, truth, strategy: options.queryStrategy, batch };
      const progress = createProgress();
      const onProgress = (done: number, total: number) =>
        progress.update({ stage: 'simulating', done, total });
      const runs = await simulateAll(task, starts, threads, onProgress, signal).finally(() => progress.end());
      const report = reportOf(task, ids, known, runs);
      process.stdout.write(`${json ? jsonText(report) : renderSimulation(report)}\n`);
    });
}
