/**
 * Makes reviews of test collections for search, to check methods on other data than the reviews they were chosen on: a query with 20
 * relevant papers or more is a review of the whole collection, and its relevant papers are the includes.
 *
 * Usage: npx tsx scripts/bench/screening/coverage-pseudo.ts OUTPUT [--seeds 1] [--queries 20]
 *
 * OUTPUT gets corpus.jsonl, queries.jsonl, pools.json and qrels/test.tsv, and in runs/ the orders in which our learner, with words
 * alone, reads them. To save time, it is trained again only after a tenth more papers. Runs that are there are not done again.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { type PreparedPool, preparePool, rankPool } from '../../../src/review/learn/learner.ts';
import { drawKnown } from '../../../src/review/simulate/known.ts';
import { COLLECTIONS } from '../corpora.ts';
import { readReviews } from './collection.ts';
import { addRun, growingRuns } from './run-files.ts';

const SOURCES = ['cisi', 'cranfield', 'cacm-related'];
const MIN_RELEVANT = 20;

const program = new Command('coverage-pseudo')
  .argument('<output>')
  .option('--seeds <n>', 'runs of each review', Number, 1)
  .option('--queries <n>', 'queries of each collection, at most', Number, 20)
  .parse();
const [output] = program.processedArgs as [string];
const { seeds, queries } = program.opts<{ seeds: number; queries: number }>();

writeReviews();
const pools = new Map<string, PreparedPool>();
for (const { name, titles, abstracts, truth } of readReviews(output)) {
  const source = name.slice(0, name.lastIndexOf('-'));
  const pool = pools.get(source) ?? preparePool({ texts: { titles, abstracts } });
  pools.set(source, pool);
  const done = growingRuns(join(output, 'runs'), name).length;
  for (let seed = done + 1; seed <= seeds; seed++) {
    addRun(join(output, 'runs'), name, { seed, order: orderOf(pool, truth, seed) });
  }
}

/** The rows in the order of reading, until all includes are found. */
function orderOf(pool: PreparedPool, truth: Uint8Array, seed: number): number[] {
  const order = drawKnown(truth, { includes: 1, excludes: 1 }, seed);
  let left = truth.reduce((sum, include) => sum + include, 0) - 1;
  while (left > 0) {
    const labels = order.map((row) => ({ row, included: truth[row] === 1 }));
    for (const row of rankPool(pool, labels).order.subarray(0, Math.ceil(order.length / 10))) {
      order.push(row);
      left -= truth[row]!;
    }
  }
  return order;
}

function writeReviews(): void {
  mkdirSync(join(output, 'qrels'), { recursive: true });
  const corpus: string[] = [];
  const topics: string[] = [];
  const judgments = ['query-id\tcorpus-id\tscore'];
  const poolIds: Record<string, string[]> = {};
  for (const source of SOURCES) {
    const ids: string[] = [];
    for (const line of linesOf(join(COLLECTIONS, source, 'corpus.jsonl'))) {
      const paper = JSON.parse(line) as { _id: string; title?: string; text?: string };
      ids.push(`${source}-${paper._id}`);
      corpus.push(JSON.stringify({ _id: ids.at(-1), title: paper.title, text: paper.text }));
    }
    const relevant = new Map<string, string[]>();
    for (const line of linesOf(join(COLLECTIONS, source, 'qrels', 'test.tsv')).slice(1)) {
      const [query, paper, gain] = line.split('\t') as [string, string, string];
      if (Number(gain) > 0) relevant.set(query, [...(relevant.get(query) ?? []), paper]);
    }
    const large = [...relevant].filter(([, papers]) => papers.length >= MIN_RELEVANT).slice(0, queries);
    for (const [query, papers] of large) {
      const name = `${source}-${query}`;
      topics.push(JSON.stringify({ _id: name, text: '' }));
      poolIds[name] = ids;
      judgments.push(...papers.map((paper) => `${name}\t${source}-${paper}\t1`));
    }
  }
  writeFileSync(join(output, 'corpus.jsonl'), `${corpus.join('\n')}\n`);
  writeFileSync(join(output, 'queries.jsonl'), `${topics.join('\n')}\n`);
  writeFileSync(join(output, 'pools.json'), JSON.stringify(poolIds));
  writeFileSync(join(output, 'qrels', 'test.tsv'), `${judgments.join('\n')}\n`);
}

function linesOf(file: string): string[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '');
}
