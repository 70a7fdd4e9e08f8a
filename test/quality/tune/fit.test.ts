import { describe, expect, test } from 'vitest';
import { bm25Engine } from '../../../src/indexes/keyword/bm25/engine.ts';
import { minisearchEngine } from '../../../src/indexes/keyword/minisearch.ts';
import { fitWeights, type Measure } from '../../../src/quality/tune/fit.ts';
import {
  defaultWeights,
  informativeKinds,
  parametersFor,
  type TunedWeights,
} from '../../../src/quality/tune/weights.ts';

const queries = [{ kind: 'title' }, { kind: 'sentence' }, { kind: 'key-phrase' }] as const;
const start = defaultWeights(bm25Engine);
const parameters = parametersFor(start);

/** @param value of a setting, by the number of the query. */
const measureBy =
  (value: (weights: TunedWeights, query: number) => number): Measure =>
  async (settings) =>
    settings.map((weights) => queries.map((_, query) => value(weights, query)));

describe('fitting', () => {
  test('finds the best value on queries of one kind', async () => {
    const measure = measureBy(({ lexicalShare, bm25 }) => {
      const { k1, b, fieldWeights } = bm25!;
      const off = [lexicalShare - 0.4, (fieldWeights.title - 8) / 10, b - 0.3, (k1 - 1.6) / 2];
      return 1 - off.reduce((sum, each) => sum + each * each, 0);
    });
    const { lexicalShare, bm25 } = await fitWeights(start, parameters, queries, measure);
    expect(lexicalShare).toBe(0.4);
    expect(bm25).toEqual({ k1: 1.6, b: 0.3, fieldWeights: { ...start.bm25!.fieldWeights, title: 8 } });
  });

  test('keeps a parameter that cannot be fitted on the same queries as those changed before', async () => {
    const measure = measureBy(
      ({ bm25 }) => 1 - Math.abs(bm25!.fieldWeights.keywords - 1) / 10 - Math.abs(bm25!.b - 0.3),
    );
    const fitted = await fitWeights(start, parameters, queries, measure);
    expect(fitted.bm25).toEqual({
      ...start.bm25,
      fieldWeights: { ...start.bm25!.fieldWeights, keywords: 1 },
    });
    expect(informativeKinds(start, fitted, parameters)).toEqual(['title', 'sentence']);
  });

  test('considers that the best value of one parameter depends on another', async () => {
    // The best share depends on b, which comes later: only a second round finds it.
    const measure = measureBy(({ lexicalShare, bm25 }) =>
      bm25!.b === 0.3 ? 0.8 - Math.abs(lexicalShare - 0.3) : 0.2,
    );
    expect((await fitWeights(start, parameters, queries, measure)).lexicalShare).toBe(0.3);
  });

  test.each([
    ['a gain of an accident', measureBy(({ lexicalShare }) => (lexicalShare === 0.3 ? 0.5015 : 0.5))],
    ['nothing to choose from', measureBy(() => 0.5)],
    [
      'the word of titles on what a title is worth',
      measureBy(({ bm25 }, query) => (query === 0 ? 1 / (1 + bm25!.fieldWeights.title) : 0.5)),
    ],
    [
      'the word of keywords on what a keyword is worth',
      measureBy(({ bm25 }, query) => (query === 2 ? 1 / (1 + bm25!.fieldWeights.keywords) : 0.5)),
    ],
    [
      'the word of titles and sentences on k1',
      measureBy(({ bm25 }, query) => (query < 2 ? 1 / bm25!.k1 : 0.5)),
    ],
  ])('%s changes nothing', async (_, measure) => {
    expect(await fitWeights(start, parameters, queries, measure)).toBe(start);
  });

  test('fits only the share for an engine with fixed weights', async () => {
    const fixed = defaultWeights(minisearchEngine);
    const measure = measureBy(({ lexicalShare }) => lexicalShare);
    expect(await fitWeights(fixed, parametersFor(fixed), queries, measure)).toEqual({
      lexicalShare: 0.8,
      bm25: undefined,
    });
  });

  test('reports progress up to the end', async () => {
    const reported: [number, number][] = [];
    await fitWeights(
      start,
      parameters,
      queries,
      measureBy(() => 0.5),
      (...progress) => reported.push(progress),
    );
    const dones = reported.map(([done]) => done);
    expect(dones).toEqual([...dones].sort((a, b) => a - b));
    expect(reported.at(-1)![0]).toBe(reported.at(-1)![1]);
  });
});
