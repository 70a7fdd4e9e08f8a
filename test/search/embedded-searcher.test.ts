import { describe, expect, test } from 'vitest';
import { minisearchEngine } from '../../src/lexical/minisearch.ts';
import { EmbeddedSearcher } from '../../src/search/embedded-searcher.ts';
import type { Snapshot } from '../../src/store/snapshot-reader.ts';
import { SEARCH_MODES } from '../../src/types.ts';
import { HashingEncoder } from '../support/hashing-encoder.ts';
import { paperOf } from '../support/papers.ts';

const papers = [
  paperOf({ title: 'Cats and Dogs', abstract: 'Pets that live in houses.' }),
  paperOf({ title: 'Dogs that Bark', abstract: 'A dog is a pet.' }),
  paperOf({ title: 'Fish', abstract: 'Water animals live in water.' }),
  paperOf({ title: 'Self-Improvement', abstract: 'Models that improve themselves.' }),
];

async function searcherOf(): Promise<EmbeddedSearcher> {
  const encoder = new HashingEncoder();
  const snapshot: Snapshot = {
    name: '0123456789abcdef',
    manifest: {
      formatVersion: 1,
      writtenBy: 'test',
      createdAt: '2026-01-01T00:00:00.000Z',
      corpusDigest: 'c',
      lexicalEngine: minisearchEngine.name,
      model: encoder.model,
      counts: { papers: papers.length, withoutAbstract: 0 },
      artifacts: { a: { bytes: 3, sha256: '' }, b: { bytes: 4, sha256: '' } },
    },
    papers,
    vectors: await encoder.encode(papers.map(({ title, abstract }) => `${title} ${abstract}`)),
    lexical: new Uint8Array(),
  };
  return new EmbeddedSearcher(snapshot, await minisearchEngine.build(papers), encoder);
}

const searcher = await searcherOf();

describe('search', () => {
  test.each(SEARCH_MODES)('%s finds the paper first', async (mode) => {
    const { hits } = await searcher.search({ query: 'papers about self-improvement', mode });
    expect(hits[0]).toMatchObject({ rank: 1, paper: { id: 'self-improvement' } });
  });

  test('keyword holds the matching papers only; semantic and hybrid rank all', async () => {
    const totals = SEARCH_MODES.map(async (mode) => (await searcher.search({ query: 'dogs', mode })).total);
    expect(await Promise.all(totals)).toEqual([4, 2, 4]);
  });

  test('answers with the request, its defaults filled in', async () => {
    expect(await searcher.search({ query: 'dogs' })).toMatchObject({
      query: 'dogs',
      mode: 'hybrid',
      limit: 10,
      offset: 0,
    });
  });

  test.each(SEARCH_MODES)('%s: pages follow one another without gap or repeat', async (mode) => {
    const { hits: all } = await searcher.search({ query: 'dogs live in water', mode });
    const paged = [];
    for (let offset = 0; offset < all.length + 2; offset += 2) {
      paged.push(...(await searcher.search({ query: 'dogs live in water', mode, limit: 2, offset })).hits);
    }
    expect(paged).toEqual(all);
    expect(all.map(({ rank }) => rank)).toEqual(all.map((_, i) => i + 1));
  });

  test('highlights the words that matched, in title and abstract', async () => {
    const { hits } = await searcher.search({ query: 'barking dog', mode: 'keyword' });
    expect(hits[0]?.highlights).toEqual([
      { field: 'title', start: 0, end: 4, text: 'Dogs' },
      { field: 'title', start: 10, end: 14, text: 'Bark' },
      { field: 'abstract', start: 2, end: 5, text: 'dog' },
    ]);
  });

  test('a query without text is a bad request; one of stop words alone matches nothing by keyword', async () => {
    await expect(searcher.search({ query: '  ' })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    expect(await searcher.search({ query: 'the of', mode: 'keyword' })).toMatchObject({ total: 0, hits: [] });
  });

  test.each([{ limit: -1 }, { offset: 1.5 }, { limit: Number.NaN }])('%o is a bad request', async (page) => {
    await expect(searcher.search({ query: 'dogs', ...page })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });
});

describe('related', () => {
  test('ranks all other papers, never the paper itself', async () => {
    const { paper, hits, total } = await searcher.related('cats-and-dogs');
    expect(paper.id).toBe('cats-and-dogs');
    expect(total).toBe(3);
    expect(hits.map((hit) => hit.paper.id).sort()).toEqual(['dogs-that-bark', 'fish', 'self-improvement']);
    expect(hits[0]?.score).toBeGreaterThanOrEqual(hits[1]!.score);
  });

  test('an unknown id is not found', async () => {
    await expect(searcher.related('nobody')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(searcher.paper('__proto__')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

test('stats tell what the index holds', async () => {
  expect(await searcher.stats()).toMatchObject({
    papers: 4,
    withoutAbstract: 0,
    bytes: 7,
    snapshot: '0123456789abcdef',
  });
});
