import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Paper } from '../../../src/papers/paper.ts';
import type { RelatedRequest, RelatedResponse } from '../../../src/search/api.ts';
import { randomPapers } from '../../support/random-papers.ts';
import { snapshotOver } from '../../support/snapshot-over.ts';

const papers = fc
  .sample(randomPapers(40), { numRuns: 9, seed: 14 })
  .flatMap((some, n) => some.map((paper) => ({ ...paper, id: `${n} ${paper.id}` })))
  .filter(({ title, abstract }) => title !== '' && abstract !== '');
const hasVector = (paper: Paper) => paper.abstract.length % 2 !== 0;
const snapshotWith = async (has: (paper: Paper) => boolean) =>
  (await snapshotOver(papers, undefined, undefined, { hasVector: has })).snapshot;
const all = await snapshotWith(() => true);
const some = await snapshotWith(hasVector);
const none = await snapshotWith(() => false);

const idsOf = ({ hits }: RelatedResponse) => hits.map(({ paper }) => paper.id);
const like = (id: string, more: Partial<RelatedRequest> = {}): RelatedRequest => ({
  positive: [id],
  limit: 200,
  ...more,
});

test('without any vector, related papers are those by keyword, and as relevant', async () => {
  expect(papers.length).toBeGreaterThan(25);
  for (const { id } of papers) {
    const hybrid = await none.related(like(id));
    const keyword = await none.related(like(id, { mode: 'keyword' }));
    expect(idsOf(hybrid).slice(0, keyword.total)).toEqual(idsOf(keyword));
    expect(hybrid.relevant).toBe(keyword.relevant);
    expect(hybrid.confidence.level).toBe(keyword.confidence.level);
  }
});

test('papers with a vector keep their order and relevance when others have none', async () => {
  for (const seed of papers.filter(hasVector)) {
    const encodedOf = ({ hits }: RelatedResponse) =>
      hits.flatMap(({ paper, confidence }) => (hasVector(paper) ? [{ id: paper.id, confidence }] : []));
    const partly = await some.related(like(seed.id));
    expect(encodedOf(partly)).toEqual(encodedOf(await all.related(like(seed.id))));
    expect(partly.total).toBe(papers.length - 1);
  }
});

test('a seed without a vector is compared by its words', async () => {
  for (const seed of papers.filter((paper) => !hasVector(paper))) {
    const hybrid = await some.related(like(seed.id));
    const keyword = await some.related(like(seed.id, { mode: 'keyword' }));
    expect(idsOf(hybrid).slice(0, keyword.total)).toEqual(idsOf(keyword));
    const semantic = await some.related(like(seed.id, { mode: 'semantic' }));
    const found = idsOf(keyword).filter((id) => hasVector(papers.find((paper) => paper.id === id)!));
    expect(idsOf(semantic).slice(0, found.length)).toEqual(found);
  }
});

test('semantic mode leaves out papers without a vector', async () => {
  const seed = papers.find(hasVector)!;
  const partly = await some.related(like(seed.id, { mode: 'semantic' }));
  expect(partly.total).toBe(papers.filter(hasVector).length - 1);
  expect(partly.hits.every(({ paper }) => hasVector(paper))).toBe(true);
});
