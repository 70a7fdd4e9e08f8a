/**
 * Simulates the screening of each review with our learner, as asreview-runs.py does with ASReview:
 *   npx tsx scripts/bench/screening/ours-runs.ts COLLECTION PRIORS.json OUTPUT_FOLDER --system NAME [--seeds 1-3,4-10]
 *     [--reviews NAME,NAME] [--index FOLDER]
 * Ranks again after each label, until all includes are found. Runs that are already in OUTPUT_FOLDER are not done again. With
 * --index, `npm run build` is needed.
 */
import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { preparePool, rankPool } from '../../../src/review/learn/learner.ts';
import { simulate } from '../../../src/review/simulate/simulate.ts';
import { type Priors, readReviews, seedGroups } from './collection.ts';
import { inputOf, OUR_SYSTEMS } from './inputs.ts';
import { addRun, growingRuns } from './run-files.ts';

const program = new Command('ours-runs')
  .argument('<collection>')
  .argument('<priors>')
  .argument('<output>')
  .requiredOption('--system <name>', OUR_SYSTEMS.map(({ name }) => name).join(', '))
  .option('--seeds <groups>', 'groups of seeds, one after the other for all reviews', '1-3,4-10')
  .option('--reviews <names>')
  .option('--index <folder>', 'index with the papers of the collection under their ids')
  .parse();
const [collection, priorsFile, output] = program.args as [string, string, string];
const options = program.opts<{ system: string; seeds: string; reviews?: string; index?: string }>();

const system = OUR_SYSTEMS.find(({ name }) => name === options.system)!;
const priors: Priors = JSON.parse(readFileSync(priorsFile, 'utf8'));
const wanted = options.reviews?.split(',');
const reviews = readReviews(collection).filter(({ name }) => wanted?.includes(name) ?? true);
// The encoder of the questions is a process of the built product.
const engine =
  options.index === undefined
    ? undefined
    : await (await import('../product.ts')).product.openIndex(options.index);
try {
  const snapshot = await engine?.acquire();
  for (const group of system.known ? seedGroups(options.seeds) : [[0]]) {
    for (const review of reviews) {
      const done = new Set(growingRuns(output, review.name).map(({ seed }) => seed));
      const seeds = group.filter((seed) => !done.has(seed));
      if (seeds.length === 0) continue;
      const pool = preparePool(await inputOf(review, system, snapshot));
      for (const seed of seeds) {
        const prior = priors[review.name]?.[seed];
        const ids = prior ? [prior.include, prior.exclude] : [];
        const started = performance.now();
        const { known, read } = simulate({
          truth: review.truth,
          known: ids.map((id) => review.ids.indexOf(id)),
          rank: (labels) => rankPool(pool, labels).order,
        });
        const seconds = Math.round((performance.now() - started) / 100) / 10;
        addRun(output, review.name, { seed, seconds, order: [...known, ...read] });
        process.stdout.write(`${review.name} ${seed} ${read.length} of ${pool.size} ${seconds} s\n`);
      }
    }
  }
} finally {
  await engine?.close();
}
