import { describe, expect, test } from 'vitest';
import type { SearchRequest } from '../../src/search/api.ts';
import { deprecatedNames } from '../../src/search/deprecated-names.ts';
import { paperOf } from '../support/papers.ts';
import { snapshotOver } from '../support/snapshot-over.ts';

const { snapshot } = await snapshotOver([
  paperOf({
    title: 'Sharpening Mechanisms',
    abstract: 'We are here to speak of this and of that. Models sharpen themselves. Much else is said.',
    keywords: ['BERT', 'GPT', 'T5'],
  }),
  paperOf({ title: 'Cats', abstract: 'Animals that purr at night. They are fed. They sleep.' }),
  paperOf({ title: 'Dogs', abstract: 'Animals that bark by day. They run. They eat.' }),
]);

const search = (request: SearchRequest) => snapshot.search({ mode: 'keyword', ...request });

describe('a misspelt query', () => {
  test('is answered in the spelling of the corpus, and says so', async () => {
    const response = await search({ query: 'sharpning mechanisms' });
    const corrected = await search({ query: 'sharpening mechanisms' });
    const first = (await search({ query: 'sharpning mechanisms', fallback: false })).confidence;
    expect(first.level).not.toBe('strong');
    expect(response.query).toBe('sharpning mechanisms');
    expect(response.hits).toEqual(corrected.hits);
    expect(response.confidence).toEqual(corrected.confidence);
    expect(response.understood).toEqual(corrected.understood);
    const replacements = [{ from: 'sharpning', to: 'sharpening', span: { start: 0, end: 9 } }];
    expect(response.didYouMean).toEqual({ text: 'sharpening mechanisms', replacements });
    expect(response.fallback).toEqual({
      kind: 'spelling',
      tookMs: expect.any(Number),
      query: 'sharpening mechanisms',
      replacements,
      first,
    });
  });

  test('keeps its operators, filters, page and the case of acronyms', async () => {
    const response = await search({
      query: 'sharpning -purr keyword:bertt',
      filters: { has: ['abstract'] },
      limit: 1,
    });
    expect(response.didYouMean?.text).toBe('sharpening -purr keyword:BERT');
    expect(response.fallback).toMatchObject({ kind: 'spelling' });
    expect(response).toMatchObject({
      total: 1,
      limit: 1,
      hits: [{ paper: { id: 'sharpening-mechanisms' } }],
    });
  });

  test('is not corrected with fallback: false, and has no proposal', async () => {
    const response = await search({ query: 'sharpning', fallback: false });
    expect(response).toMatchObject({ query: 'sharpning', total: 0, confidence: { level: 'none' } });
    expect(response).not.toHaveProperty('didYouMean');
    expect(response).not.toHaveProperty('fallback');
  });

  // The more other unknown words, the less a correction adds.
  const strange = (count: number) => Array.from({ length: count }, (_, i) => `q${i}x`).join(' ');

  test.each([
    // The corpus contains the word, but the condition excludes all papers either way.
    'sharpning author:nobody',
    // A little nearer, but not relevant either.
    `sharpning ${strange(14)}`,
    `models sharpen themselves mechanisms speak else said sharpning ${strange(30)}`,
  ])('is not corrected if the correction does not help: %s', async (query) => {
    const response = await search({ query });
    expect(response).not.toHaveProperty('didYouMean');
    expect(response).not.toHaveProperty('fallback');
    expect(response.understood.text).toContain('sharpning');
  });

  test('gets only a proposal if the correction helps little', async () => {
    const query = `sharpening mechanisms bert gpt t5 speak modles ${strange(3)}`;
    const response = await search({ query });
    expect(response.confidence.level).toBe('weak');
    expect(response.didYouMean?.text).toBe(query.replace('modles', 'models'));
    expect(response).not.toHaveProperty('fallback');
  });

  test('gets only a proposal if the answer is strong anyway', async () => {
    const query = 'sharpening mechanisms models sharpen themselves much is said mechanizms';
    const response = await search({ query, mode: 'semantic' });
    expect(response.confidence.level).toBe('strong');
    expect(response.didYouMean?.text).toBe(query.replace('mechanizms', 'mechanisms'));
    expect(response).not.toHaveProperty('fallback');
    expect(response.understood.text).toBe(query);
  });

  test('is not corrected if it is long', async () => {
    const response = await search({ query: `sharpning ${'mechanisms '.repeat(20)}` });
    expect(response).not.toHaveProperty('didYouMean');
  });

  test.each(['"sharpning"', 'sharpnin*', 'zebra quagga', 'sharpening'])(
    'is not corrected: %s',
    async (query) => {
      const response = await search({ query });
      expect(response).not.toHaveProperty('didYouMean');
      expect(response).not.toHaveProperty('fallback');
    },
  );
});

describe('a weak answer', async () => {
  // The more unknown words, the weaker: this one is just weak, whatever the thresholds are.
  const strange = ['zebra', 'quagga', 'okapi', 'tapir', 'gnu', 'yak', 'ibex', 'dingo', 'lemur', 'civet'];
  const queries = strange.map((_, i) => `models sharpen themselves ${strange.slice(0, i + 1).join(' ')}`);
  const levels = await Promise.all(
    queries.map(
      async (query) => (await snapshot.search({ query, mode: 'semantic', fallback: false })).confidence.level,
    ),
  );
  const weak = { query: queries[levels.indexOf('weak')] ?? '', mode: 'semantic' } as const;

  test('has its first papers reranked by their sentences, and says so', async () => {
    const first = await snapshot.search({ ...weak, fallback: false });
    expect(first.confidence.level).toBe('weak');
    const response = await snapshot.search(weak);
    const reranked = await snapshot.search({
      ...weak,
      rerank: 20,
      rerankBy: 'likely-sentences',
      fallback: false,
    });
    expect(response.fallback).toEqual({
      kind: 'sentences',
      papers: 3,
      first: first.confidence,
      tookMs: expect.any(Number),
    });
    expect(response.hits).toEqual(reranked.hits);
    expect(response.total).toBe(first.total);
    const before = new Map(first.hits.map(({ paper, score }) => [paper.id, score]));
    for (const { paper, score } of response.hits) expect(score).toBeGreaterThanOrEqual(before.get(paper.id)!);
    expect(response.hits.some(({ paper, score }) => score > before.get(paper.id)!)).toBe(true);
  });

  test.each([
    {},
    { facets: ['keyword', 'year'] },
    { relevantFirst: true },
    { explain: true },
    { limit: 0 },
    { offset: 1, limit: 1 },
    { filters: { has: ['abstract'] } },
  ] as const)('is what reranking from the start gives with %o', async (other) => {
    const request = { ...weak, ...other };
    const { fallback, tookMs: _, ...response } = await snapshot.search(request);
    const asked = { ...request, rerank: 10, rerankBy: 'likely-sentences', fallback: false };
    const { reranked, tookMs: __, ...expected } = await snapshot.search(asked);
    expect(fallback?.kind).toBe('sentences');
    expect(reranked?.papers).toBe(3);
    expect(response).toEqual({ ...expected, ...deprecatedNames(response.confidence, fallback) });
  });

  test('has pages that follow one another', async () => {
    const { hits: all } = await snapshot.search(weak);
    const pages = await Promise.all(
      [0, 1, 2].map((offset) => snapshot.search({ ...weak, offset, limit: 1 })),
    );
    expect(pages.flatMap(({ hits }) => hits)).toEqual(all);
  });

  test.each([
    { sort: 'title' },
    { sort: 'date' },
    { mode: 'keyword' },
    { mode: 'hybrid', fusion: 'reciprocal-rank' },
    { rerank: 2 },
    { fallback: false },
  ] as const)('is not reranked with %o', async (other) => {
    expect(await snapshot.search({ ...weak, ...other })).not.toHaveProperty('fallback');
  });
});

describe('the deprecated names', () => {
  test('are still in the answer', async () => {
    const response = await search({ query: 'sharpning mechanisms' });
    const { confidence, fallback } = response;
    expect(response.verdict).toEqual({ level: confidence.level, evidence: confidence.score });
    expect(fallback).toMatchObject({ kind: 'spelling' });
    const { level, score } = fallback!.first;
    const { tookMs: _, ...before } = fallback!;
    expect(response.secondLook).toEqual({ ...before, first: { level, evidence: score } });
  });

  test('are accepted in requests for fallback', async () => {
    const { tookMs: _, ...old } = await search({ query: 'sharpning mechanisms', secondLook: false });
    const { tookMs: __, ...current } = await search({ query: 'sharpning mechanisms', fallback: false });
    expect(old).toEqual(current);
    expect(old).not.toHaveProperty('secondLook');
  });

  test('are ignored if fallback is given too', async () => {
    const response = await search({ query: 'sharpning mechanisms', secondLook: false, fallback: true });
    expect(response.fallback).toMatchObject({ kind: 'spelling' });
  });
});
