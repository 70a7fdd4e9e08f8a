/**
 * Compares variants of the learner on finished reviews, beside runs of ASReview from the same known papers:
 *   npx tsx scripts/bench/screening/learners.ts COLLECTION PRIORS.json ASREVIEW_RUNS --index FOLDER
 *     [--reviews NAME,NAME] [--variants NAME,NAME] [--seeds 3] [--batch 0.1]
 * ASREVIEW_RUNS is the folder of asreview-runs.py. Papers are ranked again after each tenth more labels (`--batch`); 0 is after
 * each label. Prints Markdown for scripts/measurements/screening-learners.md.
 */
import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { denseFeatures, type Features, sparseFeatures } from '../../../src/review/learn/features.ts';
import {
  type Label,
  type LearnerInput,
  type LearnerOptions,
  type PreparedPool,
  preparePool,
  rankPool,
} from '../../../src/review/learn/learner.ts';
import { foundInOrder, lossOf, papersToRecall } from '../../../src/review/simulate/measures.ts';
import { type Simulation, simulate } from '../../../src/review/simulate/simulate.ts';
import { median } from '../../../src/review/simulate/summary.ts';
import { openIndex } from '../../../src/search/open-index.ts';
import { analyze } from '../../../src/text/analyzer.ts';
import { type Priors, readReviews, type ScreenedReview } from './collection.ts';
import { inputOf, OUR_SYSTEMS } from './inputs.ts';
import { growingRuns } from './run-files.ts';

interface Variant {
  readonly name: string;
  readonly options?: LearnerOptions;
  /** Changes what the learner is given. */
  readonly input?: (input: LearnerInput) => LearnerInput;
  /** Changes what is learned from. */
  readonly pool?: (pool: PreparedPool) => PreparedPool;
}

const VARIANTS: readonly Variant[] = [
  { name: 'default' },
  { name: 'words alone', pool: (pool) => ({ ...pool, views: pool.views.slice(0, 1) }) },
  { name: 'vectors alone', pool: (pool) => ({ ...pool, views: pool.views.slice(1) }) },
  { name: 'one model', pool: (pool) => ({ ...pool, views: [joined(pool)] }) },
  { name: 'sum of scores', options: { spread: 0.001 } },
  { name: 'spread 1.2', options: { spread: 1.2 } },
  { name: 'stems', input: (input) => ({ ...input, texts: stemmed(input) }) },
  { name: 'cost 0.03', options: { cost: 0.03 } },
  { name: 'cost 0.11', options: { cost: 0.11 } },
  { name: 'balance 3', options: { balance: 3 } },
  { name: 'balance 30', options: { balance: 30 } },
];

interface Result {
  /** Share of the pool that is read until 95 % of the includes are found, known papers among them. */
  readonly read: number;
  readonly loss: number;
}

const program = new Command('learners')
  .argument('<collection>')
  .argument('<priors>')
  .argument('<asreview>')
  .requiredOption('--index <folder>', 'index with the papers of the collection under their ids')
  .option('--reviews <names>')
  .option('--variants <names>')
  .option('--seeds <number>', 'seeds from 1 on', '3')
  .option('--batch <share>', 'new labels before the next ranking, as a share of the labels', '0.1')
  .parse();
const [collection, priorsFile, asreview] = program.args as [string, string, string];
const options = program.opts<{
  index: string;
  reviews?: string;
  variants?: string;
  seeds: string;
  batch: string;
}>();

const priors: Priors = JSON.parse(readFileSync(priorsFile, 'utf8'));
const reviews = readReviews(collection).filter(
  ({ name }) => options.reviews?.split(',').includes(name) ?? true,
);
const variants = VARIANTS.filter(({ name }) => options.variants?.split(',').includes(name) ?? true);
const seeds = Array.from({ length: Number(options.seeds) }, (_, i) => i + 1);
const withVectors = OUR_SYSTEMS.find(({ name }) => name === 'ours-no-topic')!;

const engine = await openIndex(options.index);
const snapshot = await engine.acquire();
const baseline = reviews.map((review) => meanOf(asreviewResults(review)));
const results = new Map(variants.map(({ name }) => [name, [] as Result[]]));
for (const review of reviews) {
  const input = await inputOf(review, withVectors, snapshot);
  for (const variant of variants) results.get(variant.name)!.push(meanOf(resultsOf(review, input, variant)));
}
await engine.close();

const short = reviews.map(({ name }) => name.replace(/^(cohen|hannousse)-/, ''));
console.log(`| | ${short.join(' | ')} | median | mean | worst | loss, mean |`);
console.log(`| --- |${' ---: |'.repeat(reviews.length + 4)}`);
row('ASReview, share read', baseline, ({ read }) => `${(100 * read).toFixed(1)} %`, baseline);
for (const [name, found] of results) {
  row(name, found, ({ read }, i) => (read / baseline[i]!.read).toFixed(2), found);
}

function row(
  name: string,
  list: readonly Result[],
  cell: (result: Result, i: number) => string,
  of: readonly Result[],
): void {
  const ratios = of.map(({ read }, i) => read / baseline[i]!.read);
  const loss = of.reduce((sum, result) => sum + result.loss, 0) / of.length;
  const summary = [
    median(ratios).toFixed(2),
    Math.exp(ratios.reduce((sum, ratio) => sum + Math.log(ratio), 0) / ratios.length).toFixed(2),
    Math.max(...ratios).toFixed(2),
    loss.toFixed(3),
  ];
  console.log(`| ${[name, ...list.map(cell), ...summary].join(' | ')} |`);
}

function resultsOf({ name, ids, truth }: ScreenedReview, input: LearnerInput, variant: Variant): Result[] {
  const prepared = preparePool(variant.input?.(input) ?? input);
  const pool = variant.pool?.(prepared) ?? prepared;
  return seeds.map((seed) => {
    const { include, exclude } = priors[name]![seed]!;
    let order: ArrayLike<number> = [];
    let next = 0;
    const rank = (labels: readonly Label[]) => {
      // A ranking is used until there are enough new labels; `simulate` skips the papers that were read meanwhile.
      if (labels.length >= next) {
        order = rankPool(pool, labels, variant.options).order;
        next = labels.length + Math.max(1, Math.floor(Number(options.batch) * labels.length));
      }
      return order;
    };
    return resultOf(simulate({ truth, known: [ids.indexOf(include), ids.indexOf(exclude)], rank }), truth);
  });
}

function asreviewResults({ name, truth }: ScreenedReview): Result[] {
  return growingRuns(asreview, name)
    .filter(({ seed }) => seeds.includes(seed))
    .map(({ order }) => resultOf({ known: order.slice(0, 2), read: order.slice(2) }, truth));
}

function resultOf(simulation: Simulation, truth: Uint8Array): Result {
  return {
    read: papersToRecall(simulation, truth, 0.95) / truth.length,
    loss: lossOf(foundInOrder(simulation, truth)),
  };
}

function meanOf(list: readonly Result[]): Result {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  return { read: mean(list.map(({ read }) => read)), loss: mean(list.map(({ loss }) => loss)) };
}

/** Words and vectors side by side, each row of length √2, as one view. */
function joined({ words, vectors }: PreparedPool) {
  const [first, second] = [sparseFeatures(words), denseFeatures(vectors!)];
  const features: Features = {
    width: first.width + second.width,
    dot: (at, weights) => first.dot(at, weights) + second.dot(at, weights.subarray(first.width)),
    add(at, factor, weights) {
      first.add(at, factor, weights);
      second.add(at, factor, weights.subarray(first.width));
    },
    square: (at) => first.square(at) + second.square(at),
  };
  return { name: 'words' as const, features, unshared: words.unshared };
}

/** Texts as an index has them: stems, without stop words. */
function stemmed({ texts }: LearnerInput): LearnerInput['texts'] {
  const stems = (text: string) =>
    analyze(text)
      .filter(({ parts }) => parts.length === 0)
      .map(({ term }) => term)
      .join(' ');
  return { titles: texts.titles.map(stems), abstracts: texts.abstracts.map(stems) };
}
