import { describe, expect, test, vi } from 'vitest';
import { PaperSearchError } from '../../src/errors.ts';
import { bm25Engine } from '../../src/indexes/keyword/bm25/engine.ts';
import { innerProduct } from '../../src/indexes/vectors/inner-product.ts';
import { FUSION_NAMES } from '../../src/search/fuse/methods.ts';
import { SEARCH_MODES } from '../../src/search/mode.ts';
import { paperOf } from '../support/papers.ts';
import { snapshotOver } from '../support/snapshot-over.ts';

const papers = [
  paperOf({ title: 'Cats and Dogs', abstract: 'Pets that live in houses.' }),
  paperOf({ title: 'Dogs that Bark', abstract: 'A dog is a pet.' }),
  paperOf({ title: 'Fish', abstract: 'Water animals live in water.' }),
  paperOf({ title: 'Self-Improvement', abstract: 'Models that improve themselves.' }),
];

const { snapshot: searcher, encoder } = await snapshotOver(papers);

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
    const { seeds, hits, total } = await searcher.related({ positive: ['cats-and-dogs'] });
    expect(seeds.positive.map(({ id }) => id)).toEqual(['cats-and-dogs']);
    expect(total).toBe(3);
    expect(hits.map((hit) => hit.paper.id).sort()).toEqual(['dogs-that-bark', 'fish', 'self-improvement']);
    expect(hits[0]?.score).toBeGreaterThanOrEqual(hits[1]!.score);
  });

  test('an unknown id is not found', async () => {
    await expect(searcher.related({ positive: ['nobody'] })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(searcher.paper('__proto__')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('suggest', () => {
  test('completes from the papers of the index', async () => {
    expect(await searcher.suggest('dog')).toEqual([
      { kind: 'title', text: 'Dogs that Bark', id: 'dogs-that-bark' },
      { kind: 'title', text: 'Cats and Dogs', id: 'cats-and-dogs' },
    ]);
    expect(await searcher.suggest('dog', 1)).toHaveLength(1);
    await expect(searcher.suggest('dog', -1)).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });

  test('does not keep an index from being closed', async () => {
    const { engine, snapshot: other } = await snapshotOver(papers);
    await engine.warmUp();
    await engine.close();
    await expect(other.suggest('dog')).rejects.toMatchObject({ code: 'STOPPED' });
  });
});

test('stats tell what the index holds', async () => {
  expect(await searcher.stats()).toMatchObject({
    papers: 4,
    withoutAbstract: 0,
    snapshot: expect.stringMatching(/^[0-9a-f]{16}$/),
    lexicalEngine: bm25Engine.name,
  });
});

test('a page far behind the last paper is empty, at once', async () => {
  for (const mode of SEARCH_MODES) {
    const { hits, total } = await searcher.search({ query: 'dogs', mode, offset: 1e9 });
    expect(hits).toEqual([]);
    expect(total).toBeGreaterThan(0);
  }
  expect((await searcher.related({ positive: ['fish'], offset: 1e9 })).hits).toEqual([]);
});

test('a closed index says that it is closed', async () => {
  const { engine, snapshot: other } = await snapshotOver(papers);
  await engine.close();
  await expect(other.paper('fish')).rejects.toMatchObject({
    code: 'STOPPED',
    message: 'The index is closed.',
  });
});

test('a question is encoded once, however often it is asked', async () => {
  const before = encoder.encoded.length;
  for (let n = 0; n < 3; n++) await searcher.search({ query: 'asked again and again' });
  expect(encoder.encoded.length).toBe(before + 1);
});

describe('among many papers', async () => {
  // So near to each other that codes alone would often order them otherwise.
  const words = ['alpha', 'beta', 'gamma', 'delta', 'epsilon', 'zeta'];
  const many = Array.from({ length: 400 }, (_, i) =>
    paperOf({
      title: `Paper ${i}`,
      abstract: words.filter((_word, n) => (i >> n) & 1).join(' ') + ' omega'.repeat(i % 5),
    }),
  );
  const { snapshot: large, encoder: other } = await snapshotOver(many);

  test.each(['semantic', 'hybrid'] as const)('%s ranks by exact cosines', async (mode) => {
    for (const query of ['alpha gamma', 'omega', 'zeta beta delta', 'paper 7']) {
      const { hits } = await large.search({ query, mode, limit: 400 });
      const top = await large.search({ query, mode, limit: 10 });
      expect(top.hits).toEqual(hits.slice(0, 10));
      const scores = hits.map(({ score }) => score);
      expect(scores).toEqual([...scores].sort((a, b) => b - a));
      if (mode === 'hybrid') continue;
      const vector = await other.encode([query]);
      for (const { paper, score } of hits.slice(0, 20)) {
        const exact = await other.encode([`${paper.title} ${paper.abstract}`]);
        expect(score).toBeCloseTo(innerProduct(vector, exact), 6);
      }
    }
  });

  test.each(FUSION_NAMES)('%s pages through all without gap or repeat', async (fusion) => {
    const ids = new Set<string>();
    for (let offset = 0; offset < 400; offset += 100) {
      const { hits } = await large.search({ query: 'alpha omega', fusion, limit: 100, offset });
      for (const { paper } of hits) ids.add(paper.id);
    }
    expect(ids.size).toBe(400);
  });
});

test.each([
  ['is given up', new DOMException('Aborted', 'AbortError')],
  ['waits too long', new PaperSearchError('OVERLOADED', 'Busy.')],
])('a question that %s does not fail others that ask the same', async (_what, reason) => {
  const own = await snapshotOver(papers);
  const encode = own.encoder.encode.bind(own.encoder);
  let giveUp = (_reason: unknown) => {};
  own.encoder.encode = () => {
    own.encoder.encode = encode;
    return new Promise((_resolve, reject) => {
      giveUp = reject;
    });
  };
  const ask = () => own.snapshot.search({ query: 'dogs', mode: 'semantic', limit: 1 });
  const first = ask();
  const others = [ask(), ask()];
  await vi.waitFor(() => expect(own.encoder.encode).toBe(encode));
  giveUp(reason);
  await expect(first).rejects.toBe(reason);
  for (const answer of await Promise.all(others)) expect(answer.hits).toHaveLength(1);
  expect(own.encoder.encoded.filter((text) => text === 'dogs')).toHaveLength(1);
});
