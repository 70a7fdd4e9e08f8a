import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Hit, SearchRequest } from '../../../src/search/api.ts';
import type { Snapshot } from '../../../src/search/engine.ts';
import type { Explanation } from '../../../src/search/explain/explanation.ts';
import { FUSION_NAMES } from '../../../src/search/fuse/methods.ts';
import type { Filters } from '../../../src/search/match/filters.ts';
import { SEARCH_MODES } from '../../../src/search/mode.ts';
import { paperOf } from '../../support/papers.ts';
import { RANDOM_QUERY, randomPapers } from '../../support/random-papers.ts';
import { snapshotOver } from '../../support/snapshot-over.ts';

const ALL = 100;
const sum = (parts: readonly { readonly score: number }[]) =>
  parts.reduce((total, { score }) => total + score, 0);

/** The rank of every paper by its id. */
async function placesOf(snapshot: Snapshot, request: SearchRequest): Promise<Map<string, Hit>> {
  const { hits } = await snapshot.search({ fallback: false, limit: ALL, ...request });
  return new Map(hits.map((hit) => [hit.paper.id, hit]));
}

const WAYS = [
  ...SEARCH_MODES.filter((mode) => mode !== 'hybrid').map((mode) => ({ mode, fusion: FUSION_NAMES[0] })),
  ...FUSION_NAMES.map((fusion) => ({ mode: 'hybrid' as const, fusion })),
];

describe.each(WAYS)('an explanation, $mode, $fusion', ({ mode, fusion }) => {
  const corpora = fc.tuple(
    randomPapers(8),
    // A query of stop words has no terms to explain by keyword.
    RANDOM_QUERY.filter((query) => query.replaceAll('the', '').trim() !== ''),
    fc.constantFrom<Filters | undefined>(undefined, { has: ['pdf'] }, { year: '2020..2022' }),
  );

  test('adds up, and has the ranks of the single rankings', async () => {
    await fc.assert(
      fc.asyncProperty(corpora, async ([papers, query, filters]) => {
        const { engine, snapshot } = await snapshotOver(papers);
        const request = {
          query,
          filters,
          mode,
          fusion,
          explain: true,
          fallback: false,
          limit: ALL,
        } as const;
        const { hits } = await snapshot.search(request);
        const byKeyword = await placesOf(snapshot, { query, filters, mode: 'keyword' });
        const bySemantics = await placesOf(snapshot, { query, filters, mode: 'semantic' });
        for (const { paper, score, explanation } of hits) {
          const { keyword, semantic, parts, ...whole } = explanation!;
          expect(whole.score).toBe(score);
          expect(sum(parts)).toBeCloseTo(score, 5);
          expect(keyword === undefined).toBe(mode === 'semantic');
          expect(semantic === undefined).toBe(mode === 'keyword');
          if (keyword) {
            expect(sum(keyword.terms)).toBeCloseTo(keyword.score, 9);
            for (const term of keyword.terms) expect(sum(term.fields)).toBeCloseTo(term.score, 9);
            expect(keyword.score).toBeLessThanOrEqual(keyword.most);
            expect(keyword.score).toBeCloseTo(byKeyword.get(paper.id)?.score ?? 0, 9);
            expect(keyword.rank).toBe(byKeyword.get(paper.id)?.rank);
          }
          if (semantic) {
            const alone = bySemantics.get(paper.id)!;
            expect(semantic.cosine).toBeCloseTo(alone.score, 6);
            // Ranks are fused by the cosines of 8-bit codes, which may order similar papers differently.
            if (fusion === 'weighted-sum') expect(semantic.rank).toBe(alone.rank);
            expectSentenceOf(paper.abstract, semantic);
          }
        }
        await engine.close();
      }),
      { numRuns: 40 },
    );
  });

  test('has the rank of a paper without a word: that of a search without the word', async () => {
    await fc.assert(
      fc.asyncProperty(corpora, async ([papers, query, filters]) => {
        const { engine, snapshot } = await snapshotOver(papers);
        const explained = await snapshot.search({
          query,
          filters,
          mode,
          fusion,
          explain: true,
          fallback: false,
        });
        const { ranking } = explained.understood;
        for (const { word } of explained.hits[0]?.explanation?.without ?? []) {
          const rest = ranking.split(' ').filter((other) => other !== word);
          const isNothing = rest.every((other) => other === 'the');
          const places = isNothing
            ? new Map<string, Hit>()
            : await placesOf(snapshot, { query: rest.join(' '), filters, mode, fusion });
          for (const { paper, explanation } of explained.hits) {
            const found = explanation!.without.find((counterfactual) => counterfactual.word === word);
            expect(found).toEqual({ word, rank: places.get(paper.id)?.rank });
          }
        }
        await engine.close();
      }),
      { numRuns: 40 },
    );
  });
});

function expectSentenceOf(
  abstract: string,
  { sentence }: Pick<NonNullable<Explanation['semantic']>, 'sentence'>,
) {
  expect(sentence === undefined).toBe(abstract === '');
  if (!sentence) return;
  expect(sentence.text).toBe(abstract.slice(sentence.start, sentence.end));
  expect(sentence.text).not.toBe('');
}

describe('of three papers', async () => {
  const { snapshot } = await snapshotOver([
    paperOf({ title: 'Alpha', abstract: 'Nothing here. Beta gamma stand in this one. The end.' }),
    paperOf({ title: 'Beta', abstract: 'Delta.' }),
    paperOf({ title: 'Gammas and gamma rays', abstract: '' }),
  ]);
  const explained = async (request: SearchRequest) =>
    (await snapshot.search({ explain: true, fallback: false, ...request })).hits;

  test('chooses the sentence with the words as the nearest', async () => {
    const [first] = await explained({
      query: 'beta gamma',
      mode: 'semantic',
      filters: { has: ['abstract'] },
    });
    expect(first!.explanation!.semantic!.sentence!.text).toMatch(/^(Beta gamma stand in this one|Delta)\.$/);
    const alpha = (await explained({ query: 'beta gamma' })).find(({ paper }) => paper.id === 'alpha')!;
    expect(alpha.explanation!.semantic!.sentence!.text).toBe('Beta gamma stand in this one.');
  });

  test('shows words as they were typed, with their fields', async () => {
    const [first] = await explained({ query: 'GAMMAS', mode: 'keyword' });
    expect(first!.explanation!.keyword!.terms).toMatchObject([
      { text: 'GAMMAS', term: 'gamma', documentFrequency: 2, fields: [{ field: 'title', frequency: 2 }] },
    ]);
  });

  test('counts a prefix next to a word that is removed', async () => {
    const hits = await explained({ query: 'gam* OR delta', mode: 'keyword' });
    const beta = hits.find(({ paper }) => paper.id === 'beta')!;
    // Without "delta" it has no words to rank by, but still matches the condition.
    expect(beta.explanation!.without).toContainEqual({ word: 'delta', rank: 3 });
    const gammas = hits.find(({ paper }) => paper.title.startsWith('Gammas'))!;
    expect(gammas.explanation!.without).toContainEqual({ word: 'delta', rank: 1 });
  });

  test.each([
    ['sort', { query: 'beta', sort: 'title' }],
    ['filters alone', { query: '', filters: { has: ['abstract'] } }],
    ['negatives alone', { query: '-delta' }],
  ] as const)('is absent for %s, which is not ranked', async (_what, request) => {
    const hits = await explained(request);
    expect(hits.length).toBeGreaterThan(0);
    for (const hit of hits) expect(hit).not.toHaveProperty('explanation');
  });

  test('has the sentence as a part of the score after reranking, and mentions the rank before', async () => {
    const hits = await explained({ query: 'beta gamma', rerank: 3 });
    for (const { score, explanation } of hits) expect(sum(explanation!.parts)).toBeCloseTo(score, 6);
    const bonuses = hits.flatMap(({ explanation }) =>
      explanation!.parts.filter(({ name }) => name === 'sentence'),
    );
    expect(bonuses.length).toBeGreaterThan(0);
    for (const { score } of bonuses) expect(score).toBeGreaterThan(0);
  });

  test('says that the only word of a query is the only word', async () => {
    const [first] = await explained({ query: 'beta' });
    expect(first!.explanation!.summary).toBe('“beta” is the only word of the query.');
  });

  test('names the word without which a paper would fall', async () => {
    const [first] = await explained({ query: 'alpha gamma', mode: 'keyword' });
    expect(first!.paper.id).toBe('alpha');
    expect(first!.explanation!.summary).toMatch(/^“alpha” keeps it here: without, it would fall from 1 to 2/);
  });

  test('shows a prefix and a misspelt word with the word that they match', async () => {
    const textsOf = async (query: string) =>
      (await explained({ query, mode: 'keyword' }))[0]!.explanation!.keyword!.terms.map(({ text }) => text);
    expect(await textsOf('delt*')).toEqual(['delt* (delta)']);
    expect(await textsOf('delto~')).toEqual(['delto~ (delta)']);
    expect(await textsOf('delta*')).toEqual(['delta* (delta)']);
  });
});

test('shows neighbours that are one term of the index as two words', async () => {
  const { snapshot } = await snapshotOver([
    paperOf({ title: 'Adversarial-examples' }),
    paperOf({ title: 'Other', abstract: 'Adversarial training, with examples.' }),
  ]);
  const { hits } = await snapshot.search({ query: 'Adversarial examples', mode: 'keyword', explain: true });
  const texts = hits[0]!.explanation!.keyword!.terms.map(({ text }) => text);
  expect(texts).toContain('Adversarial-examples');
  expect(texts).not.toContain('adversarialexampl');
});
