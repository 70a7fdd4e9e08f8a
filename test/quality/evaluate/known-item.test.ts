import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Paper } from '../../../src/papers/paper.ts';
import {
  evaluateKnownItems,
  knownItemQueries,
  withoutSomeWords,
} from '../../../src/quality/evaluate/known-item.ts';
import type { SearchRequest } from '../../../src/search/api.ts';
import { mulberry32 } from '../../../src/util/random.ts';
import { FakeSnapshot } from '../../support/fake-engine.ts';
import { paperOf } from '../../support/papers.ts';

const SENTENCE = 'Gradient descent finds flat minima of large networks.';
const corpus = [
  paperOf({
    id: 'both',
    title: 'Sparse attention scales transformers',
    abstract: `We ask why. ${SENTENCE} It does.`,
  }),
  paperOf({ id: 'short', title: 'On it', abstract: 'Yes. This is it.' }),
  paperOf({ id: 'title-only', title: 'Learned protein folding without alignment' }),
];

/** Finds papers in a fixed order for any query. */
class FixedSearcher extends FakeSnapshot {
  override async *papers() {
    yield* corpus;
  }

  override async paper(id: string): Promise<Paper> {
    return corpus.find((paper) => paper.id === id)!;
  }

  override async search(request: SearchRequest) {
    const hits = corpus.map((paper, index) => ({ rank: index + 1, score: 1, paper, highlights: [] }));
    return { ...(await super.search(request)), total: 3, hits };
  }
}
const snapshot = new FixedSearcher();

describe('queries', () => {
  test('are made from sentences and titles with enough content words', async () => {
    const queries = await knownItemQueries(snapshot, 10, 1);
    expect(queries.filter(({ kind }) => kind === 'sentence')).toEqual([
      { kind: 'sentence', text: SENTENCE, paper: 'both' },
    ]);
    const titles = queries.filter(({ kind }) => kind === 'title');
    expect(titles.map(({ paper }) => paper).sort()).toEqual(['both', 'title-only']);
  });

  test('are at most as many as wanted, and the same for one seed', async () => {
    const titlesOf = async (seed: number) =>
      (await knownItemQueries(snapshot, 1, seed)).filter(({ kind }) => kind === 'title');
    expect(await titlesOf(1)).toHaveLength(1);
    expect(await titlesOf(1)).toEqual(await titlesOf(1));
    const drawn = await Promise.all(Array.from({ length: 20 }, (_, seed) => titlesOf(seed)));
    expect(new Set(drawn.map(([query]) => query!.paper))).toEqual(new Set(['both', 'title-only']));
  });
});

describe('withoutSomeWords', () => {
  test('drops nothing, or all but two content words, depending on the random numbers', () => {
    expect(withoutSomeWords('the effect of heat on wings', () => 0.4)).toBe('the effect of heat on wings');
    expect(withoutSomeWords('the effect of heat on wings', () => 0)).toBe('effect heat');
  });

  test('returns words of the title in their order, with at least two content words', () => {
    const word = fc.constantFrom<string[]>(
      'the',
      'of',
      'deep',
      'graph',
      'networks',
      'self-play',
      '学习',
      'C++',
    );
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 12 }), fc.nat(), (words, seed) => {
        const content = (list: string[]) => list.filter((text) => text !== 'the' && text !== 'of');
        fc.pre(content(words).length >= 2);
        const kept = withoutSomeWords(words.join(' '), mulberry32(seed)).split(' ');
        expect(content(kept).length).toBeGreaterThanOrEqual(2);
        let position = -1;
        for (const text of kept) {
          position = words.indexOf(text, position + 1);
          expect(position).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });
});

test('measures the rank of the paper', async () => {
  const results = await evaluateKnownItems(snapshot, { modes: ['keyword', 'hybrid'], queries: 10 });
  expect(results.map(({ mode, kind, queries }) => [mode, kind, queries])).toEqual([
    ['keyword', 'sentence', 1],
    ['keyword', 'title', 2],
    ['hybrid', 'sentence', 1],
    ['hybrid', 'title', 2],
  ]);
  expect(results[0]).toMatchObject({
    'success@1': 1,
    perQuery: [{ paper: 'both', text: SENTENCE, rank: 1 }],
  });
  // One title is of the first paper of every ranking, the other of the third.
  expect(results[1]).toMatchObject({ 'success@1': 1 / 2, 'mrr@10': (1 + 1 / 3) / 2, 'recall@10': 1 });
});

test('passes rerank and fallback on', async () => {
  const asked = new FixedSearcher();
  const options = {
    modes: ['hybrid'],
    fusion: 'reciprocal-rank',
    rerank: 20,
    rerankBy: 'tiny',
    fallback: false,
  } as const;
  await evaluateKnownItems(asked, options);
  expect(asked.requests.length).toBeGreaterThan(0);
  for (const request of asked.requests) {
    expect(request).toMatchObject({
      mode: 'hybrid',
      fusion: 'reciprocal-rank',
      rerank: 20,
      rerankBy: 'tiny',
      fallback: false,
      limit: 11,
    });
  }
});

test('refuses a corpus without suitable papers', async () => {
  class Bare extends FixedSearcher {
    override async *papers() {
      yield corpus[1]!;
    }
  }
  await expect(evaluateKnownItems(new Bare(), { modes: ['keyword'] })).rejects.toMatchObject({
    code: 'BAD_INPUT',
  });
});
