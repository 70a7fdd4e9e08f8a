import { describe, expect, test } from 'vitest';
import { compareWithin, rerank } from '../../../src/search/rerank/rerank.ts';
import type { Candidate, Reranker } from '../../../src/search/rerank/reranker.ts';
import { paperOf } from '../../support/papers.ts';

const hits = [10, 11, 12, 13].map((doc, i) => ({ doc, score: 4 - i }));
const bonuses = (...values: number[]) => values.map((bonus) => ({ bonus }));

describe('rerank', () => {
  test('puts the compared hits in the order of their scores with bonuses, and keeps their first ranks', () => {
    expect(rerank(hits, bonuses(0, 0, 2.5), 'sentence')).toEqual([
      { doc: 12, score: 4.5, bonus: 2.5, rank: 1, firstRank: 3 },
      { doc: 10, score: 4, bonus: 0, rank: 2, firstRank: 1 },
      { doc: 11, score: 3, bonus: 0, rank: 3, firstRank: 2 },
      { doc: 13, score: 1, bonus: 0, rank: 4, firstRank: 4 },
    ]);
  });

  test('orders equal scores by position', () => {
    const reranked = rerank(hits, bonuses(0, 1, 2, 3), 'sentence');
    expect(reranked.map(({ doc }) => doc)).toEqual([10, 11, 12, 13]);
  });

  test('keeps the order of hits that were not compared', () => {
    expect(rerank(hits, [], 'sentence').map(({ rank, doc }) => [rank, doc])).toEqual([
      [1, 10],
      [2, 11],
      [3, 12],
      [4, 13],
    ]);
  });

  test('scales the bonuses to the highest score possible', () => {
    const fused = [10, 11, 12].map((doc, i) => ({ doc, score: 2 / (61 + i) }));
    const scaled = rerank(fused, bonuses(0, 0.02, 0.02), 'sentence', 2 / 61);
    expect(scaled.map(({ doc }) => doc)).toEqual([11, 10, 12]);
    expect(scaled[0]).toMatchObject({ score: 2 / 62 + 0.02 * (2 / 61), bonus: 0.02 * (2 / 61) });
  });

  test('keeps what the reranker says about a hit, under the name of its bonus', () => {
    const [first, second] = rerank(
      hits,
      [{ bonus: 0.9, formula: 'tiny: 0.90' }, { bonus: 0 }],
      'cross-encoder',
    );
    expect(first!.comparison).toEqual({ name: 'cross-encoder', formula: 'tiny: 0.90' });
    expect(second).not.toHaveProperty('comparison');
  });
});

describe('compareWithin', () => {
  const query = { text: 'q', vector: undefined };
  const candidates: Candidate[] = ['a', 'b', 'c', 'd', 'e'].map((id) => ({
    paper: paperOf({ title: id, id }),
    score: 1,
    cosine: undefined,
  }));

  /** A reranker of batches of two that remembers what it was asked, and does something before each batch. */
  function fake(before: (batch: number, signal: AbortSignal) => unknown = () => {}) {
    const asked: string[] = [];
    const reranker: Reranker = {
      name: 'fake',
      bonusName: 'reranker',
      needsVector: false,
      batchSize: 2,
      compare: async (_, batch, signal) => {
        asked.push(batch.map(({ paper }) => paper.id).join(''));
        await before(asked.length, signal);
        return batch.map(() => ({ bonus: 0.5 }));
      },
    };
    return { reranker, asked };
  }

  /** A clock whose time is up when a test says so. */
  function clock() {
    const up = new AbortController();
    const budgets: number[] = [];
    const deadlineAfter = (ms: number) => {
      budgets.push(ms);
      return up.signal;
    };
    return { deadlineAfter, budgets, timeIsUp: () => up.abort() };
  }

  test('compares all candidates at once without a time budget', async () => {
    const { reranker, asked } = fake();
    const { comparisons, outOfTime } = await compareWithin(reranker, query, candidates);
    expect([comparisons.length, outOfTime, asked]).toEqual([5, false, ['abcde']]);
  });

  test('compares batch by batch within a time budget', async () => {
    const { reranker, asked } = fake();
    const { deadlineAfter, budgets } = clock();
    const limits = { budgetMs: 300, deadlineAfter };
    const { comparisons, outOfTime } = await compareWithin(reranker, query, candidates, limits);
    expect([comparisons.length, outOfTime, asked, budgets]).toEqual([5, false, ['ab', 'cd', 'e'], [300]]);
  });

  test('returns the finished batches when the time is up, without waiting for the one that runs', async () => {
    const { deadlineAfter, timeIsUp } = clock();
    const { reranker, asked } = fake((batch) => {
      if (batch < 2) return;
      timeIsUp();
      return new Promise(() => {});
    });
    const { comparisons, outOfTime } = await compareWithin(reranker, query, candidates, {
      budgetMs: 1,
      deadlineAfter,
    });
    expect([comparisons.length, outOfTime, asked]).toEqual([2, true, ['ab', 'cd']]);
  });

  test('aborts the batch that runs when the time is up, and ignores how it fails', async () => {
    const { deadlineAfter, timeIsUp } = clock();
    const { reranker } = fake((_, signal) => {
      timeIsUp();
      signal.throwIfAborted();
    });
    const { comparisons, outOfTime } = await compareWithin(reranker, query, candidates, {
      budgetMs: 1,
      deadlineAfter,
    });
    expect([comparisons.length, outOfTime]).toEqual([0, true]);
  });

  test('fails when the client no longer waits, which is not the end of the time', async () => {
    const client = new AbortController();
    const { reranker } = fake((_, signal) => {
      client.abort();
      signal.throwIfAborted();
    });
    const limits = { budgetMs: 1000, signal: client.signal, deadlineAfter: clock().deadlineAfter };
    await expect(compareWithin(reranker, query, candidates, limits)).rejects.toThrow('aborted');
    await expect(compareWithin(reranker, query, candidates, { signal: client.signal })).rejects.toThrow(
      'aborted',
    );
  });

  test('fails as the reranker does', async () => {
    const { reranker } = fake(() => Promise.reject(new Error('no model')));
    const limits = { budgetMs: 1000, deadlineAfter: clock().deadlineAfter };
    await expect(compareWithin(reranker, query, candidates, limits)).rejects.toThrow('no model');
  });

  test.each([
    ['too few comparisons', [{ bonus: 0 }], 'compared 1 of 5 papers'],
    ['a bonus above 1', candidates.map(() => ({ bonus: 1.5 })), 'a bonus of 1.5'],
    ['a bonus that is no number', candidates.map(() => ({ bonus: Number.NaN })), 'a bonus of NaN'],
  ])('refuses %s', async (_, comparisons, problem) => {
    const reranker = { ...fake().reranker, compare: async () => comparisons };
    await expect(compareWithin(reranker, query, candidates)).rejects.toMatchObject({
      code: 'ENCODER_FAILED',
      message: expect.stringContaining(problem),
    });
  });
});
