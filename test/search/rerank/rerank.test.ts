import { expect, test } from 'vitest';
import type { EncodedQuery } from '../../../src/search/encode.ts';
import { rerank } from '../../../src/search/rerank/rerank.ts';

const query = {} as EncodedQuery;
const hits = [10, 11, 12, 13].map((doc, i) => ({ doc, score: 4 - i }));
/** Adds a bonus to some papers by their positions. */
const giving = (bonuses: Record<number, number>) => ({
  bonuses: async (_query: EncodedQuery, reranked: readonly { doc: number }[]) =>
    reranked.map(({ doc }) => bonuses[doc] ?? 0),
});

test('puts the first hits in the order of their scores with bonuses, and keeps their first ranks', async () => {
  expect(await rerank(query, hits, 3, giving({ 12: 2.5 }))).toEqual([
    { doc: 12, score: 4.5, bonus: 2.5, rank: 1, firstRank: 3 },
    { doc: 10, score: 4, bonus: 0, rank: 2, firstRank: 1 },
    { doc: 11, score: 3, bonus: 0, rank: 3, firstRank: 2 },
    { doc: 13, score: 1, bonus: 0, rank: 4, firstRank: 4 },
  ]);
});

test('orders equal scores by position', async () => {
  const reranked = await rerank(query, hits, 4, giving({ 11: 1, 12: 2, 13: 3 }));
  expect(reranked.map(({ doc }) => doc)).toEqual([10, 11, 12, 13]);
});

test('asks about no more hits than the depth', async () => {
  const asked: number[] = [];
  const reranker = {
    bonuses: async (_query: EncodedQuery, some: readonly { doc: number }[]) => {
      asked.push(...some.map(({ doc }) => doc));
      return some.map(() => 0);
    },
  };
  await rerank(query, hits, 2, reranker);
  expect(asked).toEqual([10, 11]);
});

test('does not ask when the depth is 0', async () => {
  const reranker = { bonuses: () => Promise.reject(new Error('asked')) };
  const reranked = await rerank(query, hits, 0, reranker);
  expect(reranked.map(({ rank }) => rank)).toEqual([1, 2, 3, 4]);
});

test('scales the bonuses to the highest score possible', async () => {
  const fused = [10, 11, 12].map((doc, i) => ({ doc, score: 2 / (61 + i) }));
  const reranker = giving({ 11: 0.02, 12: 0.02 });
  const scaled = await rerank(query, fused, 3, reranker, 2 / 61);
  expect(scaled.map(({ doc }) => doc)).toEqual([11, 10, 12]);
  expect(scaled[0]).toMatchObject({ score: 2 / 62 + 0.02 * (2 / 61), bonus: 0.02 * (2 / 61) });
});
