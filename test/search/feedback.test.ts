import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BUNDLED_RANKING } from '../../src/encode/model-info.ts';
import { innerProduct } from '../../src/indexes/vectors/inner-product.ts';
import type { SearchRequest, SearchResponse } from '../../src/search/api.ts';
import type { Snapshot } from '../../src/search/engine.ts';
import { FEEDBACK_PAPERS, feedbackVector } from '../../src/search/feedback.ts';
import { FUSION_NAMES } from '../../src/search/fuse/methods.ts';
import type { Filters } from '../../src/search/match/filters.ts';
import { HashingEncoder } from '../support/hashing-encoder.ts';
import { paperOf } from '../support/papers.ts';
import { RANDOM_QUERY, randomPapers } from '../support/random-papers.ts';
import { snapshotOver } from '../support/snapshot-over.ts';

const FEEDBACK = 0.5;
const ALL = 100;
const encoderWith = (feedback: number) => new HashingEncoder('test-model', { ...BUNDLED_RANKING, feedback });
const untimed = ({ tookMs: _, ...answer }: SearchResponse) => answer;

describe('the vector of a query with feedback', () => {
  const papers = [
    [0, 1, 0],
    [0, 0, 1],
  ].map((vector) => Float32Array.from(vector));
  const of = (scores: readonly number[], weight: number) =>
    feedbackVector(
      Float32Array.of(1, 0, 0),
      scores.map((score, doc) => ({ doc, score })),
      weight,
      (doc) => papers[doc]!,
    );

  test.each([
    ['one paper', [0.7], 0.5, [1, 0.5, 0]],
    ['papers weighted by their scores', [0.6, 0.2], 0.4, [1, 0.3, 0.1]],
    ['only papers with a score above 0', [0.6, -0.2], 0.4, [1, 0.4, 0]],
  ])('is the sum with %s, of length 1', (_, scores, weight, sum) => {
    const length = Math.hypot(...sum);
    of(scores, weight)!.forEach((value, i) => {
      expect(value).toBeCloseTo(sum[i]! / length, 6);
    });
  });

  test.each([[[]], [[0, -0.5]]])('does not exist if no paper has a score above 0: %j', (scores) => {
    expect(of(scores, 0.5)).toBeUndefined();
  });
});

/** The same papers with and without feedback. */
async function both(papers: Parameters<typeof snapshotOver>[0]) {
  const encoder = encoderWith(FEEDBACK);
  const plain = await snapshotOver(papers, new HashingEncoder());
  const moved = await snapshotOver(papers, encoder);
  const close = async () => {
    await plain.engine.close();
    await moved.engine.close();
  };
  return { plain: plain.snapshot, moved: moved.snapshot, encoder, close };
}

/** The scores that a ranking with feedback should have, by id, from the ranking without and from all vectors. */
async function expectedScores(request: SearchRequest, plain: Snapshot, encoder: HashingEncoder) {
  const first = await plain.search({ ...request, explain: true, limit: ALL, offset: 0 });
  const ids = first.hits.map(({ paper }) => paper.id);
  const vectors = await plain.vectors(ids);
  const query = await encoder.encode([first.understood.ranking]);
  const best = first.hits.slice(0, FEEDBACK_PAPERS).map(({ score }, doc) => ({ doc, score }));
  const moved = feedbackVector(query, best, FEEDBACK, (doc) => vectors[doc]!) ?? query;
  return new Map(
    first.hits.map(({ explanation }, i) => {
      const keyword = explanation!.parts.find(({ name }) => name === 'keyword')!.score;
      return [ids[i]!, keyword + (1 - BUNDLED_RANKING.keywordShare) * innerProduct(moved, vectors[i]!)];
    }),
  );
}

const corpora = fc.tuple(
  // Queries that name authors get no feedback.
  randomPapers(8).map((papers) => papers.map((paper) => ({ ...paper, authors: [], authorNames: [] }))),
  RANDOM_QUERY.filter((query) => query.replaceAll('the', '').trim() !== ''),
  fc.constantFrom<Filters | undefined>(undefined, { has: ['pdf'] }, { year: '2020..2022' }),
);

describe('search with feedback', () => {
  test('ranks all papers of the match by their cosines to the moved query', async () => {
    await fc.assert(
      fc.asyncProperty(corpora, async ([papers, query, filters]) => {
        const { plain, moved, encoder, close } = await both(papers);
        const request = { query, filters, fallback: false } as const;
        const expected = await expectedScores(request, plain, encoder);
        const answer = await moved.search({ ...request, limit: ALL, explain: true });
        expect(answer.hits.length).toBe(expected.size);
        for (const [i, { paper, score, explanation }] of answer.hits.entries()) {
          expect(score).toBeCloseTo(expected.get(paper.id)!, 5);
          expect(score).toBeLessThanOrEqual(answer.hits[i - 1]?.score ?? Number.POSITIVE_INFINITY);
          expect(explanation!.parts.reduce((sum, part) => sum + part.score, 0)).toBeCloseTo(score, 5);
        }
        await close();
      }),
      { numRuns: 30 },
    );
  });

  test('gives pages of one ranking, for every fusion', async () => {
    await fc.assert(
      fc.asyncProperty(
        corpora,
        fc.constantFrom(...FUSION_NAMES),
        async ([papers, query, filters], fusion) => {
          const { moved, close } = await both(papers);
          const request = { query, filters, fusion, fallback: false };
          const whole = await moved.search({ ...request, limit: ALL });
          const paged = [];
          for (let offset = 0; offset < whole.hits.length; offset += 2) {
            paged.push(...(await moved.search({ ...request, offset, limit: 2 })).hits);
          }
          expect(paged).toEqual(whole.hits);
          await close();
        },
      ),
      { numRuns: 20 },
    );
  });

  test('has the total and the confidence of the ranking without feedback', async () => {
    await fc.assert(
      fc.asyncProperty(corpora, async ([papers, query, filters]) => {
        const { plain, moved, close } = await both(papers);
        const request = { query, filters, fallback: false, facets: ['year'] } as const;
        const { confidence, total, facets } = await plain.search(request);
        expect(await moved.search(request)).toMatchObject({ confidence, total, facets });
        await close();
      }),
      { numRuns: 20 },
    );
  });

  test('explains the rank without a word by a search without it', async () => {
    await fc.assert(
      fc.asyncProperty(corpora, async ([papers, query, filters]) => {
        const { moved, close } = await both(papers);
        const request = { filters, fallback: false, limit: ALL } as const;
        const explained = await moved.search({ ...request, query, explain: true });
        const words = explained.understood.ranking.split(' ');
        for (const { word } of explained.hits[0]?.explanation?.without ?? []) {
          const rest = words.filter((other) => other !== word);
          if (rest.every((other) => other === 'the')) continue;
          const { hits } = await moved.search({ ...request, query: rest.join(' ') });
          const ranks = new Map(hits.map(({ paper, rank }) => [paper.id, rank]));
          for (const { paper, explanation } of explained.hits) {
            const found = explanation!.without.find((counterfactual) => counterfactual.word === word);
            expect(found).toEqual({ word, rank: ranks.get(paper.id) });
          }
        }
        await close();
      }),
      { numRuns: 20 },
    );
  });
});

describe('of five papers', async () => {
  const papers = [
    paperOf({ title: 'Alpha beta', authors: ['Ann Lee'], date: '2020' }),
    paperOf({ title: 'Beta gamma', date: '2021' }),
    paperOf({ title: 'Gamma delta', date: '2022' }),
    paperOf({ title: 'Delta epsilon', date: '2023' }),
    paperOf({ title: 'Zeta', date: '2024' }),
  ];
  const { plain, moved } = await both(papers);

  test('names the papers that the query got feedback from, and the cosine without it', async () => {
    const request = { query: 'alpha beta', fallback: false, explain: true };
    const before = await plain.search(request);
    const { hits } = await moved.search(request);
    const cosines = new Map(
      before.hits.map(({ paper, explanation }) => [paper.id, explanation!.semantic!.cosine]),
    );
    for (const { paper, explanation } of hits) {
      const { feedback, cosine } = explanation!.semantic!;
      expect(feedback!.papers).toEqual(
        before.hits.slice(0, 3).map((hit) => ({ id: hit.paper.id, title: hit.paper.title })),
      );
      expect(feedback!.cosine).toBeCloseTo(cosines.get(paper.id)!, 6);
      expect(cosine).not.toBeCloseTo(feedback!.cosine, 4);
    }
    expect(before.hits[0]!.explanation!.semantic).not.toHaveProperty('feedback');
  });

  test.each<[what: string, request: SearchRequest]>([
    ['in keyword mode', { query: 'gamma', mode: 'keyword' }],
    ['in semantic mode', { query: 'gamma', mode: 'semantic' }],
    ['for the name of an author', { query: 'Ann Lee' }],
    ['for another order', { query: 'gamma', sort: 'date' }],
    ['for conditions alone', { query: 'year:2021..' }],
  ])('changes nothing %s', async (_, request) => {
    const asked = { ...request, explain: true };
    expect(untimed(await moved.search(asked))).toEqual(untimed(await plain.search(asked)));
  });

  test('changes nothing with weight 0', async () => {
    const none = await snapshotOver(papers, encoderWith(0));
    for (const query of ['alpha beta', 'gamma -delta', 'zeta']) {
      const asked = { query, explain: true };
      expect(untimed(await none.snapshot.search(asked))).toEqual(untimed(await plain.search(asked)));
    }
  });

  test('changes nothing in related papers', async () => {
    const { tookMs: _, ...expected } = await plain.related({ positive: ['alpha-beta'] });
    expect(await moved.related({ positive: ['alpha-beta'] })).toMatchObject(expected);
  });

  test('takes feedback only from papers that may be in the answer', async () => {
    const { hits } = await moved.search({ query: 'alpha beta year:2022..', explain: true });
    const { papers: from } = hits[0]!.explanation!.semantic!.feedback!;
    expect(from.map(({ id }) => id).sort()).toEqual(['delta-epsilon', 'gamma-delta', 'zeta']);
  });
});
