/**
 * Compares ways to rank papers that have no vector yet among those that have one, as during an ingest:
 *   npx tsx scripts/eval/without-vectors.ts [--only scifact-train,scifact,cranfield,bench] [--papers number] [--seeds number]
 * scripts/measurements/without-vectors.md has the tables. Vectors are cached in .cache/; those of `bench`, its first papers in
 * random order with sentences and shortened titles as queries, come from scripts/bench/vectors.ts.
 */
import { Command } from 'commander';
import { topDocuments } from '../../src/indexes/top-documents.ts';
import { ndcgAt } from '../../src/quality/evaluate/metrics/ndcg.ts';
import { mulberry32 } from '../../src/util/random.ts';
import { COLLECTIONS } from '../bench/corpora.ts';
import { table } from '../bench/report/format.ts';
import { METHODS, type Method } from './without-vectors-methods.ts';
import { QUERY_SETS, type ScoredQuery, scoredQueries } from './without-vectors-queries.ts';

const K = 10;
const ENCODED = [0, 0.25, 0.5, 0.75, 1];
const HEAD = [
  'method',
  'encoded',
  'which',
  'nDCG@10',
  'first 10: without a vector',
  'with all',
  'ratio',
  'relevant in first 10, without a vector: ratio',
  'with one: ratio',
];

const options = new Command('without-vectors')
  .option('--collections <dir>', 'folder of collections in the BEIR layout', COLLECTIONS)
  .option('--only <names>', 'sets of queries, separated by commas', QUERY_SETS.join(','))
  .option('--papers <number>', 'papers of `bench`', '5000')
  .option('--seeds <number>', 'random choices of the papers that have a vector', '3')
  .parse()
  .opts<{ collections: string; only: string; papers: string; seeds: string }>();

for (const name of QUERY_SETS) {
  if (!options.only.split(',').includes(name)) continue;
  const { queries, size } = await scoredQueries(name, options.collections, Number(options.papers));
  console.log(`\n## ${name}: ${queries.length} queries, ${size} papers\n`);
  console.log(table(HEAD, measure(queries, size)));
}

function measure(queries: readonly ScoredQuery[], size: number): string[][] {
  return Object.entries(METHODS).flatMap(([name, method]) =>
    ENCODED.flatMap((share) =>
      (share === 0 || share === 1 ? ['file'] : ['random', 'file']).map((order) => {
        const masks =
          order === 'file'
            ? [lastOfFile(size, share)]
            : Array.from({ length: Number(options.seeds) }, (_, i) => randomPapers(size, share, i + 1));
        const which = share === 0 || share === 1 ? '' : order === 'file' ? 'first of the file' : 'random';
        return [name, `${100 * share} %`, which, ...figures(queries, masks, method)];
      }),
    ),
  );
}

/** What is counted among the first papers. */
interface Sums {
  withoutVector: number;
  relevantWithout: number;
  relevantWith: number;
}

function figures(queries: readonly ScoredQuery[], masks: readonly Uint8Array[], method: Method): string[] {
  let ndcg = 0;
  const found: Sums = { withoutVector: 0, relevantWithout: 0, relevantWith: 0 };
  const complete: Sums = { ...found };
  for (const missing of masks) {
    for (const query of queries) {
      const docs = method(query, missing, K);
      ndcg += ndcgAt(K, docs.map(String), query.gains);
      count(found, docs, missing, query);
      const fused = query.keyword.map(
        (score, doc) => query.share * score + (1 - query.share) * query.cosines[doc]!,
      );
      count(
        complete,
        topDocuments(fused, K).map(({ doc }) => doc),
        missing,
        query,
      );
    }
  }
  const runs = queries.length * masks.length;
  const ratio = (name: keyof Sums) =>
    complete[name] === 0 ? '-' : (found[name] / complete[name]).toFixed(2);
  return [
    (ndcg / runs).toFixed(3),
    (found.withoutVector / runs).toFixed(2),
    (complete.withoutVector / runs).toFixed(2),
    ratio('withoutVector'),
    ratio('relevantWithout'),
    ratio('relevantWith'),
  ];
}

function count(sums: Sums, docs: readonly number[], missing: Uint8Array, { gains }: ScoredQuery): void {
  for (const doc of docs) {
    sums.withoutVector += missing[doc]!;
    if ((gains.get(String(doc)) ?? 0) > 0) sums[missing[doc] === 1 ? 'relevantWithout' : 'relevantWith']++;
  }
}

/** One byte a paper, 1 for those without a vector: all but the first ones of the file. @param encoded share of all papers. */
function lastOfFile(size: number, encoded: number): Uint8Array {
  return Uint8Array.from({ length: size }, (_, doc) => (doc < Math.round(encoded * size) ? 0 : 1));
}

/** The same for papers that are chosen at random. */
function randomPapers(size: number, encoded: number, seed: number): Uint8Array {
  const random = mulberry32(seed);
  return Uint8Array.from({ length: size }, () => (random() < encoded ? 0 : 1));
}
