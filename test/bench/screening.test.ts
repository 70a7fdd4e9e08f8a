import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import {
  drawPriors,
  readReviews,
  type ScreenedReview,
  seedGroups,
} from '../../scripts/bench/screening/collection.ts';
import { compare, resultsOf, type SystemRuns } from '../../scripts/bench/screening/comparison.ts';
import { reportOf } from '../../scripts/bench/screening/report.ts';
import {
  addRun,
  continueRuns,
  growingRuns,
  keepRuns,
  keptRuns,
} from '../../scripts/bench/screening/run-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'screening-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Ten papers, the first two of which are includes. */
const review = (name: string): ScreenedReview => {
  const ids = Array.from({ length: 10 }, (_, row) => `${name}-${row}`);
  const truth = Uint8Array.from(ids, (_, row) => Number(row < 2));
  return { name, question: '', ids, titles: ids, abstracts: ids, truth };
};
const system = (name: string, orders: Readonly<Record<string, readonly number[][]>>): SystemRuns => ({
  name,
  says: 'a system',
  known: 2,
  runs: Object.entries(orders).flatMap(([of, each]) =>
    each.map((order, i) => ({ review: of, seed: i + 1, version: '1', order })),
  ),
});
const reviews = [review('a'), review('b')];
const asreview = system('asreview', {
  a: [
    [0, 9, 2, 3, 1],
    [0, 9, 2, 3, 4, 5, 1],
  ],
  b: [[0, 9, 2, 1]],
});
const ours = system('ours', { a: [[0, 9, 1]], b: [[0, 9, 2, 3, 4, 1]] });

test('compares by review, on the seeds that both have', () => {
  const theirs = resultsOf(asreview, reviews, ours);
  expect(theirs.get('a')).toMatchObject({ seeds: 1, shareTo95: { median: 0.5 } });
  const comparison = compare(resultsOf(ours, reviews), theirs);
  // 3 papers instead of 5, and 6 instead of 4.
  expect(comparison).toMatchObject({ reviews: 2, worstReview: 'b' });
  expect(comparison.medianRatio).toBeCloseTo((3 / 5 + 6 / 4) / 2, 12);
  expect(comparison.worstRatio).toBeCloseTo(1.5, 12);
  expect(comparison.ours).toBeCloseTo(0.45, 12);
  expect(comparison.theirs).toBeCloseTo(0.45, 12);
  expect(comparison.share.difference).toBeCloseTo(0, 12);
});

test('compares a system without known papers with all seeds', () => {
  const fromTopic = { ...system('ours', { a: [[1, 0]] }), known: 0 as const };
  expect(resultsOf(asreview, reviews, fromTopic).get('a')!.seeds).toBe(2);
  expect(resultsOf(fromTopic, reviews).get('a')!.shareTo95.median).toBeCloseTo(0.2, 12);
});

test('writes a report with every review and the systems that have runs', () => {
  const facts = { date: '2031-01-01', command: 'npx tsx x', chosenOn: 'Chosen on others.' };
  const report = reportOf(reviews, [asreview, ours, system('ours-words', {})], facts);
  expect(report).toContain('| a | 10 | 2 | 60.0 % (50.0 %–70.0 %) | 30.0 % (30.0 %–30.0 %), ×0.60 |');
  expect(report).toContain('| b | 10 | 2 | 40.0 % (40.0 %–40.0 %) | 60.0 % (60.0 %–60.0 %), ×1.50 |');
  expect(report).toContain('| ours | a system | 1 | 2 | 1 |');
});

test('keeps runs in the same bytes whatever their order was, and continues from them', () => {
  const runs = [
    { seed: 2, seconds: 1, order: [3, 1] },
    { seed: 1, seconds: 2, order: [0, 2] },
  ];
  for (const run of runs) addRun(join(folder, 'x'), 'a', run);
  for (const run of [...runs].reverse()) addRun(join(folder, 'y'), 'a', run);
  const [x, y] = ['x', 'y'].map((name) => {
    keepRuns(join(folder, name), join(folder, `${name}.gz`), 'v1');
    return readFileSync(join(folder, `${name}.gz`));
  });
  expect(x!.equals(y!)).toBe(true);
  expect(keptRuns(join(folder, 'x.gz')).map(({ seed }) => seed)).toEqual([1, 2]);
  continueRuns(join(folder, 'x.gz'), join(folder, 'z'), 'v2');
  expect(growingRuns(join(folder, 'z'), 'a')).toEqual([]);
  addRun(join(folder, 'z'), 'a', { seed: 1, order: [7] });
  continueRuns(join(folder, 'x.gz'), join(folder, 'z'), 'v1');
  expect(growingRuns(join(folder, 'z'), 'a')).toEqual([
    { seed: 1, order: [7] },
    { seed: 2, order: [3, 1] },
  ]);
});

test('reads a collection, the smallest review first, and draws known papers for each seed', () => {
  const collection = join(folder, 'collection');
  mkdirSync(join(collection, 'qrels'), { recursive: true });
  const lines = (rows: readonly unknown[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join('');
  const ids = ['p', 'q', 'r', 's'];
  writeFileSync(
    join(collection, 'corpus.jsonl'),
    lines(ids.map((_id) => ({ _id, title: `Title ${_id}`, text: '' }))),
  );
  writeFileSync(join(collection, 'queries.jsonl'), lines([{ _id: 'large', text: 'Why?' }]));
  writeFileSync(join(collection, 'pools.json'), JSON.stringify({ large: ids, small: ['s', 'p'] }));
  writeFileSync(
    join(collection, 'qrels', 'test.tsv'),
    'query-id\tcorpus-id\tscore\nlarge\tq\t1\nlarge\tr\t0\nsmall\ts\t2\n',
  );
  const [small, large] = readReviews(collection);
  expect(small).toMatchObject({ name: 'small', question: '', truth: Uint8Array.from([1, 0]) });
  expect(large).toMatchObject({ name: 'large', question: 'Why?', truth: Uint8Array.from([0, 1, 0, 0]) });
  const priors = drawPriors([small!, large!], seedGroups('1-2,7').flat());
  expect(Object.keys(priors.large!)).toEqual(['1', '2', '7']);
  expect(priors.small!['1']).toEqual({ include: 's', exclude: 'p' });
  expect(priors.large!['7']!.include).toBe('q');
});
