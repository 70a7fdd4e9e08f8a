import { expect, test } from 'vitest';
import { bm25Engine } from '../../../src/indexes/keyword/bm25/engine.ts';
import { minisearchEngine } from '../../../src/indexes/keyword/minisearch.ts';
import { HeldOutIndex } from '../../../src/quality/tune/held-out-index.ts';
import { defaultWeights } from '../../../src/quality/tune/weights.ts';
import { paperOf } from '../../support/papers.ts';

const papers = [
  paperOf({ title: 'Zebra', abstract: 'Stripes.' }),
  paperOf({ title: 'Horses', abstract: 'A zebra, a zebra, a zebra.' }),
  paperOf({ title: 'Fish', abstract: 'Water.' }),
];
const vectors = [
  [0, 1],
  [Math.SQRT1_2, Math.SQRT1_2],
  [1, 0],
].map((vector) => Float32Array.from(vector));
const index = await HeldOutIndex.build(papers, () => vectors, bm25Engine, {});
const PLAIN = { titleWeight: 0, feedback: 0 };
const { bm25 } = defaultWeights(bm25Engine);
const withTitle = (title: number) => ({ ...bm25!, fieldWeights: { ...bm25!.fieldWeights, title } });

/** A question for a zebra by word, for fish by meaning. @param doc what is looked for. */
const queryFor = (doc: number) =>
  index.prepare('title', index.contentOf('papers about zebras'), vectors[2]!, doc);
const ranksOf = async (lexicalShare: number, title: number) =>
  (await index.measure([{ ...PLAIN, lexicalShare, bm25: withTitle(title) }], [0, 1, 2].map(queryFor))).flat();

test.each([
  ['keywords alone, by the title', 1, 8, [1, 1 / 2, 1 / 3]],
  ['keywords alone, by the abstract', 1, 0.1, [1 / 2, 1, 1 / 3]],
  ['meaning alone', 0, 8, [1 / 3, 1 / 2, 1]],
  ['both, by the abstract', 0.6, 0.1, [1 / 3, 1, 1 / 2]],
  ['both, by the title', 0.6, 8, [1 / 2, 1, 1 / 3]],
])('%s', async (_, share, title, expected) => {
  expect(await ranksOf(share, title)).toEqual(expected);
});

test('measures many settings as it measures each alone', async () => {
  const queries = [0, 1, 2].map(queryFor);
  const same = withTitle(8);
  const settings = [
    { ...PLAIN, lexicalShare: 0, bm25: same },
    { ...PLAIN, lexicalShare: 1, bm25: withTitle(0.1) },
    { ...PLAIN, lexicalShare: 1, bm25: same },
  ];
  const alone = await Promise.all(
    settings.map(async (setting) => (await index.measure([setting], queries))[0]),
  );
  expect(await index.measure(settings, queries)).toEqual(alone);
});

test('scores rank 11 with 0', async () => {
  const many = Array.from({ length: 12 }, (_, n) =>
    paperOf({ title: 'Same', id: String(n).padStart(2, '0') }),
  );
  const alike = many.map(() => vectors[0]!);
  const flat = await HeldOutIndex.build(many, () => alike, minisearchEngine, {});
  const queries = [0, 9, 10].map((doc) => flat.prepare('title', 'same', vectors[0]!, doc));
  const measured = await flat.measure([{ ...PLAIN, lexicalShare: 0.5, bm25: undefined }], queries);
  expect(measured).toEqual([[1, 1 / 10, 0]]);
});

test('ranks by the vectors with the title weight of the setting, made once for each', async () => {
  const asked: number[] = [];
  const reversed = vectors.toReversed();
  const two = await HeldOutIndex.build(
    papers,
    (titleWeight) => {
      asked.push(titleWeight);
      return titleWeight === 0 ? vectors : reversed;
    },
    bm25Engine,
    {},
  );
  const settings = [0, 1, 0].map((titleWeight) => ({ lexicalShare: 0, bm25, titleWeight, feedback: 0 }));
  const queries = [
    two.prepare('title', 'zebra', vectors[2]!, 2),
    two.prepare('title', 'zebra', vectors[2]!, 0),
  ];
  expect(await two.measure(settings, queries)).toEqual([
    [1, 1 / 3],
    [1 / 3, 1],
    [1, 1 / 3],
  ]);
  expect(asked).toEqual([0, 1]);
});

test('ranks with feedback', async () => {
  // At 20 degrees: fish at 0 are nearer than horses at 45. All three papers move it to 27 degrees, nearer to horses.
  const vector = Float32Array.of(Math.cos(Math.PI / 9), Math.sin(Math.PI / 9));
  const settings = [0, 2].map((feedback) => ({ lexicalShare: 0, bm25, titleWeight: 0, feedback }));
  const queries = [1, 2].map((doc) => index.prepare('title', 'zebra', vector, doc));
  expect(await index.measure(settings, queries)).toEqual([
    [1 / 2, 1],
    [1, 1 / 2],
  ]);
});
