/**
 * Checks `paper-search model calibrate`: for each model and collection, the values that it fits without judgments beside
 * the best fixed ones of a grid over keyword share, title weight and feedback, by judged queries for tuning (training
 * queries of SciFact, even-numbered queries of conference-keywords) and those of Cranfield:
 *   npx tsx scripts/eval/calibration.ts [--models a,b] [--only a,b] [--seeds 1,2]
 * scripts/measurements/models.md has the table. Vectors and indexes are cached in .cache/.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import type { Encoder } from '../../src/encode/encoder.ts';
import { infoOf, type Model } from '../../src/encode/models/model.ts';
import { bm25Engine } from '../../src/indexes/keyword/bm25/engine.ts';
import { openSnapshot, type Snapshot } from '../../src/indexes/store/snapshot-reader.ts';
import { topDocuments } from '../../src/indexes/top-documents.ts';
import { type JudgedQuery, readCollection } from '../../src/quality/evaluate/collection.ts';
import { ndcgAt } from '../../src/quality/evaluate/metrics/ndcg.ts';
import { calibratedValues } from '../../src/quality/tune/calibrate.ts';
import { HeldOutIndex, type PreparedQuery } from '../../src/quality/tune/held-out-index.ts';
import type { CalibratedValues } from '../../src/quality/tune/report.ts';
import { vectorsByTitleWeight } from '../../src/quality/tune/title-weights.ts';
import type { RankingWeights } from '../../src/quality/tune/weights.ts';
import { COLLECTIONS } from '../bench/corpora.ts';
import { product } from '../bench/product.ts';
import { encodingDigest } from './code-digest.ts';
import { KeptEncoder } from './kept-encoder.ts';

const CACHE = fileURLToPath(new URL('.cache/', import.meta.url));
const VECTORS = join(CACHE, `vectors-${encodingDigest()}`);

/** Judged queries of each collection: those that weights may be tuned on, and all of Cranfield. */
const QUERIES: Readonly<
  Record<string, { readonly qrels: string; readonly uses: (place: number) => boolean }>
> = {
  scifact: { qrels: 'train', uses: () => true },
  'conference-keywords': { qrels: 'test', uses: (place) => place % 2 === 0 },
  cranfield: { qrels: 'test', uses: () => true },
};

const SHARES = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8];
const TITLE_WEIGHTS = [0, 0.15, 0.3, 0.5, 0.7, 1];
const FEEDBACKS = [0, 0.1, 0.2, 0.3, 0.5];
const DEPTH = 10;

const options = new Command('calibration')
  .option('--models <names>', 'separated by commas', 'all-MiniLM-L6-v2,bge-small-en-v1.5')
  .option('--only <names>', 'collections, separated by commas', Object.keys(QUERIES).join(','))
  .option('--seeds <numbers>', 'seeds of the calibration, separated by commas', '1,2')
  .parse()
  .opts<{ models: string; only: string; seeds: string }>();

print([
  'model',
  'papers',
  'queries',
  'best fixed: share / title / feedback',
  'nDCG@10',
  'seed',
  'calibrated',
  'nDCG@10',
  'difference',
  'weak, strong',
]);
print(Array.from({ length: 10 }, () => '---'));
for (const name of options.models.split(',')) {
  for (const collection of options.only.split(',')) await measure(await product.findModel(name), collection);
}

async function measure(model: Model, collection: string): Promise<void> {
  const snapshot = await indexOf(model, collection);
  const judged = await judgedQueries(collection);
  const meansOf = await measureOn(model, snapshot, judged);
  const grid = SHARES.flatMap((lexicalShare) =>
    TITLE_WEIGHTS.flatMap((titleWeight) =>
      FEEDBACKS.map((feedback) => ({ lexicalShare, titleWeight, feedback })),
    ),
  );
  const values = await meansOf(grid);
  const best = values.reduce((first, value, n) => (value > values[first]! ? n : first), 0);
  for (const seed of options.seeds.split(',').map(Number)) {
    const fitted = await calibratedValues(model, snapshot, {
      seed,
      encoderOf: (plain) => keptEncoder(plain, '/body'),
    });
    const { keywordShare: lexicalShare, titleWeight, feedback, confidence } = fitted.values;
    const [value] = await meansOf([{ lexicalShare, titleWeight, feedback }]);
    const { lexicalShare: share, titleWeight: title, feedback: moved } = grid[best]!;
    print([
      model.name,
      collection,
      String(judged.length),
      `${share} / ${title} / ${moved}`,
      values[best]!.toFixed(4),
      String(seed),
      shown(fitted.values),
      value!.toFixed(4),
      (value! - values[best]!).toFixed(4),
      `${confidence.weak}, ${confidence.strong}`,
    ]);
  }
  snapshot.close();
}

type Weights = Omit<RankingWeights, 'bm25'>;

/** Measures settings on judged queries: the mean nDCG@10 of each. */
async function measureOn(
  model: Model,
  { papers, vectors }: Snapshot,
  judged: readonly JudgedQuery[],
): Promise<(settings: readonly Weights[]) => Promise<number[]>> {
  const all = Array.from({ length: papers.size }, (_, doc) => papers.read(doc));
  const encoder = await keptEncoder({ ...model, titleWeight: 0 }, '/body');
  const known = { vectorOf: (doc: number) => vectors.read(doc), titleWeight: model.titleWeight };
  const vectorsAt = await vectorsByTitleWeight(all, encoder, known, {});
  const index = await HeldOutIndex.build(all, vectorsAt, bm25Engine, {});
  const contents = judged.map(({ text }) => index.contentOf(text));
  const encoded = await encoder.encode(contents);
  await encoder.close();
  const { dimension } = model;
  const queries = judged.map(({ gains }, n) => ({
    ...index.prepare('title', contents[n]!, encoded.subarray(n * dimension, (n + 1) * dimension), 0),
    // Papers that were merged into others have no position.
    gains: new Map(Array.from(gains, ([id, gain]) => [String(papers.find(id)), gain])),
  }));
  const ndcg = (scores: Float64Array, { gains }: PreparedQuery & { gains: ReadonlyMap<string, number> }) =>
    ndcgAt(
      DEPTH,
      topDocuments(scores, DEPTH).map(({ doc }) => String(doc)),
      gains,
    );
  return async (settings) => {
    const complete = settings.map((setting) => ({ ...setting, bm25: bm25Engine.weights }));
    const measured = await index.measure(complete, queries, undefined, ndcg);
    return measured.map((values) => values.reduce((sum, value) => sum + value, 0) / values.length);
  };
}

async function judgedQueries(collection: string): Promise<JudgedQuery[]> {
  const { qrels, uses } = QUERIES[collection]!;
  const judged = await readCollection(join(COLLECTIONS, collection), { qrels, related: false });
  return judged.filter((_, place) => uses(place));
}

async function indexOf(model: Model, collection: string): Promise<Snapshot> {
  const index = join(CACHE, `calibration-${model.name}`, collection);
  if (!existsSync(index)) {
    const encoder = await keptEncoder(model);
    await product.ingest([join(COLLECTIONS, collection, 'corpus.jsonl')], {
      index,
      encoder,
      corpusMap: false,
    });
    await encoder.close();
  }
  return openSnapshot(index);
}

/** @param variant what distinguishes its cached vectors from those of the same model with another title weight. */
async function keptEncoder(model: Model, variant = ''): Promise<Encoder> {
  const encoder = product.createProcessEncoder({ model });
  const info = infoOf(model);
  const named = {
    model: { ...info, digest: info.digest + variant },
    encode: encoder.encode.bind(encoder),
    close: () => encoder.close(),
  };
  return KeptEncoder.open(named, VECTORS, model.queryPrefix);
}

function shown({ keywordShare, titleWeight, feedback }: CalibratedValues): string {
  return `${keywordShare} / ${titleWeight} / ${feedback}`;
}

function print(cells: readonly string[]): void {
  process.stdout.write(`| ${cells.join(' | ')} |\n`);
}
