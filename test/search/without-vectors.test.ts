import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Paper } from '../../src/papers/paper.ts';
import type { Hit, SearchRequest } from '../../src/search/api.ts';
import { FUSION_NAMES } from '../../src/search/fuse/methods.ts';
import { RANDOM_QUERY, randomPapers } from '../support/random-papers.ts';
import { snapshotOver } from '../support/snapshot-over.ts';

const ALL = 200;
const papers = fc
  .sample(randomPapers(40), { numRuns: 9, seed: 14 })
  .flatMap((some, n) => some.map((paper) => ({ ...paper, id: `${n} ${paper.id}` })));
const queries = [
  ...fc.sample(RANDOM_QUERY, { numRuns: 25, seed: 5 }).filter((query) => query.trim() !== ''),
  'graph learning',
  'model -zebra',
];
const hasVector = (title: string) => title.length % 2 !== 0;
const snapshotWith = async (has: (paper: Paper) => boolean) =>
  (await snapshotOver(papers, undefined, undefined, { hasVector: has })).snapshot;
const all = await snapshotWith(() => true);
const some = await snapshotWith(({ title }) => hasVector(title));
const none = await snapshotWith(() => false);
const withVector = papers.filter(({ title }) => hasVector(title)).length;

const idsOf = ({ hits }: { hits: readonly Hit[] }) => hits.map(({ paper }) => paper.id);
const asked = (query: string, more: Partial<SearchRequest> = {}): SearchRequest => ({
  query,
  limit: ALL,
  fallback: false,
  ...more,
});

test('says how many papers have a vector, and nothing once all have one', async () => {
  const encoded = { papers: withVector, of: papers.length };
  expect(withVector).toBeGreaterThan(20);
  expect(withVector).toBeLessThan(papers.length - 20);
  for (const mode of ['hybrid', 'semantic', 'keyword'] as const)
    expect((await some.search(asked('graph', { mode }))).encoded).toEqual(encoded);
  expect((await some.related({ positive: [papers[0]!.id] })).encoded).toEqual(encoded);
  expect((await some.stats()).encoded).toEqual(encoded);
  for (const answer of [
    await all.search(asked('graph')),
    await all.related({ positive: [papers[0]!.id] }),
    await all.stats(),
  ])
    expect(answer).not.toHaveProperty('encoded');
});

describe.each(FUSION_NAMES)('hybrid by %s', (fusion) => {
  test('ranks by keyword if no paper has a vector', async () => {
    for (const query of queries) {
      const hybrid = await none.search(asked(query, { fusion }));
      const keyword = await none.search(asked(query, { mode: 'keyword' }));
      expect(idsOf(hybrid).slice(0, keyword.total)).toEqual(idsOf(keyword));
      expect(hybrid.confidence.level).toBe(keyword.confidence.level);
    }
  });

  test('gives papers without a vector their ranks by keyword, and the others the order that they have', async () => {
    for (const query of queries) {
      const partly = idsOf(await some.search(asked(query, { fusion })));
      const hybrid = idsOf(await all.search(asked(query, { fusion })));
      const keyword = idsOf(await all.search(asked(query, { mode: 'keyword' })));
      const has = (id: string) => hasVector(papers.find((paper) => paper.id === id)!.title);
      expect(partly.slice().sort()).toEqual(hybrid.slice().sort());
      for (const [rank, id] of keyword.entries()) if (!has(id)) expect(partly[rank]).toBe(id);
      // Ranks are fused among the papers that have both.
      if (fusion === 'weighted-sum') expect(partly.filter(has)).toEqual(hybrid.filter(has));
    }
  });

  test('has pages of one ranking', async () => {
    for (const query of queries) {
      const whole = await some.search(asked(query, { fusion }));
      const pages = [];
      for (let offset = 0; offset < whole.total; offset += 7) {
        const page = await some.search(asked(query, { fusion, offset, limit: 7 }));
        expect(page.confidence).toEqual(whole.confidence);
        expect(page.total).toBe(whole.total);
        pages.push(...page.hits);
      }
      expect(pages).toEqual(whole.hits);
    }
  });
});

test('semantic mode ranks the papers with a vector as if there were no others', async () => {
  for (const query of queries) {
    const request = asked(query, { mode: 'semantic', facets: ['year'], sort: 'relevance' });
    const partly = await some.search(request);
    const hits = (await all.search(request)).hits.filter(({ paper }) => hasVector(paper.title));
    expect(idsOf(partly)).toEqual(hits.map(({ paper }) => paper.id));
    expect(partly.total).toBe(hits.length);
    expect(partly.facets!.papers).toBeLessThanOrEqual(partly.total);
  }
});

test('keyword mode does not change', async () => {
  for (const query of queries) {
    const { encoded: _, tookMs: __, ...partly } = await some.search(asked(query, { mode: 'keyword' }));
    const { tookMs: ___, ...whole } = await all.search(asked(query, { mode: 'keyword' }));
    expect(partly).toEqual(whole);
  }
});

test('papers without a vector are relevant where they are by keyword', async () => {
  for (const query of queries) {
    const relevant = async (mode: 'hybrid' | 'keyword') =>
      new Set(idsOf(await some.search(asked(query, { mode, sort: 'title' }))));
    const [hybrid, keyword] = [await relevant('hybrid'), await relevant('keyword')];
    for (const { id, title } of papers)
      if (!hasVector(title)) expect(hybrid.has(id), `${query}: ${id}`).toBe(keyword.has(id));
  }
});

test('explains a paper without a vector by its words, with ranks that agree with the ranking', async () => {
  let explained = 0;
  for (const query of queries) {
    const { hits } = await some.search(asked(query, { explain: true }));
    for (const { paper, score, explanation } of hits) {
      if (!explanation) continue;
      expect(explanation.parts.reduce((sum, part) => sum + part.score, 0)).toBeCloseTo(score, 9);
      if (hasVector(paper.title)) continue;
      explained++;
      expect(explanation.semantic).toBeUndefined();
      expect(explanation.parts[0]!.formula).toMatch(/^no vector yet/);
    }
  }
  expect(explained).toBeGreaterThan(50);
  // Without a word that no paper has, every paper keeps its rank.
  const { hits } = await some.search(asked('graph learning qqqq', { explain: true }));
  const before = idsOf(await some.search(asked('graph learning')));
  for (const { paper, explanation } of hits) {
    const rank = explanation!.without.find(({ word }) => word === 'qqqq')!.rank!;
    expect(before[rank - 1]).toBe(paper.id);
  }
});

test('reranking by sentences gives papers without a vector the mean bonus of the others', async () => {
  const { hits } = await some.search(asked('graph learning', { rerank: 20, explain: true }));
  const bonuses = hits.flatMap(({ paper, explanation }) =>
    explanation!.parts.flatMap(({ name, score }) =>
      name === 'sentence' ? [{ score, has: hasVector(paper.title) }] : [],
    ),
  );
  expect(hits.every(({ score }) => Number.isFinite(score))).toBe(true);
  const without = new Set(bonuses.filter(({ has }) => !has).map(({ score }) => score));
  expect(without.size).toBeLessThanOrEqual(1);
});
