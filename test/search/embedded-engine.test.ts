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

const { snapshot, encoder } = await snapshotOver(papers);

describe('search', () => {
  test.each(SEARCH_MODES)('%s: returns the paper first', async (mode) => {
    const { hits } = await snapshot.search({ query: 'papers about self-improvement', mode });
    expect(hits[0]).toMatchObject({ rank: 1, paper: { id: 'self-improvement' } });
  });

  test('returns only matching papers by keyword; ranks all papers in semantic and hybrid mode', async () => {
    const totals = SEARCH_MODES.map(async (mode) => (await snapshot.search({ query: 'dogs', mode })).total);
    expect(await Promise.all(totals)).toEqual([4, 2, 4]);
  });

  test('returns the request with defaults filled in', async () => {
    expect(await snapshot.search({ query: 'dogs' })).toMatchObject({
      query: 'dogs',
      mode: 'hybrid',
      limit: 10,
      offset: 0,
    });
  });

  test.each(SEARCH_MODES)('%s: returns pages without gaps or repeats', async (mode) => {
    const { hits: all } = await snapshot.search({ query: 'dogs live in water', mode });
    const paged = [];
    for (let offset = 0; offset < all.length + 2; offset += 2) {
      paged.push(...(await snapshot.search({ query: 'dogs live in water', mode, limit: 2, offset })).hits);
    }
    expect(paged).toEqual(all);
    expect(all.map(({ rank }) => rank)).toEqual(all.map((_, i) => i + 1));
  });

  test('highlights the words that matched in title and abstract', async () => {
    const { hits } = await snapshot.search({ query: 'barking dog', mode: 'keyword' });
    expect(hits[0]?.highlights).toEqual([
      { field: 'title', start: 0, end: 4, text: 'Dogs' },
      { field: 'title', start: 10, end: 14, text: 'Bark' },
      { field: 'abstract', start: 2, end: 5, text: 'dog' },
    ]);
  });

  test('rejects an empty query, and matches nothing by keyword for stop words', async () => {
    await expect(snapshot.search({ query: '  ' })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    expect(await snapshot.search({ query: 'the of', mode: 'keyword' })).toMatchObject({ total: 0, hits: [] });
  });

  test.each([{ limit: -1 }, { offset: 1.5 }, { limit: Number.NaN }])('rejects %o', async (page) => {
    await expect(snapshot.search({ query: 'dogs', ...page })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });
});

describe('related', () => {
  test('ranks all other papers, and not the paper itself', async () => {
    const { seeds, hits, total } = await snapshot.related({ positive: ['cats-and-dogs'] });
    expect(seeds.positive.map(({ id }) => id)).toEqual(['cats-and-dogs']);
    expect(total).toBe(3);
    expect(hits.map((hit) => hit.paper.id).sort()).toEqual(['dogs-that-bark', 'fish', 'self-improvement']);
    expect(hits[0]?.score).toBeGreaterThanOrEqual(hits[1]!.score);
  });

  test('rejects an unknown id', async () => {
    await expect(snapshot.related({ positive: ['nobody'] })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(snapshot.paper('__proto__')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('suggest', () => {
  test('completes titles of the index', async () => {
    expect(await snapshot.suggest('dog')).toEqual([
      { kind: 'title', text: 'Dogs that Bark', id: 'dogs-that-bark' },
      { kind: 'title', text: 'Cats and Dogs', id: 'cats-and-dogs' },
    ]);
    expect(await snapshot.suggest('dog', 1)).toHaveLength(1);
    await expect(snapshot.suggest('dog', -1)).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });

  test('does not prevent an index from closing', async () => {
    const { engine, snapshot: other } = await snapshotOver(papers);
    await engine.warmUp();
    await engine.close();
    await expect(other.suggest('dog')).rejects.toMatchObject({ code: 'STOPPED' });
  });
});

test('returns counts and sizes of the index as stats', async () => {
  expect(await snapshot.stats()).toMatchObject({
    papers: 4,
    withoutAbstract: 0,
    snapshot: expect.stringMatching(/^[0-9a-f]{16}$/),
    lexicalEngine: bm25Engine.name,
  });
});

test('returns an empty page at once far behind the last paper', async () => {
  for (const mode of SEARCH_MODES) {
    const { hits, total } = await snapshot.search({ query: 'dogs', mode, offset: 1e9 });
    expect(hits).toEqual([]);
    expect(total).toBeGreaterThan(0);
  }
  expect((await snapshot.related({ positive: ['fish'], offset: 1e9 })).hits).toEqual([]);
});

test('rejects calls after closing', async () => {
  const { engine, snapshot: other } = await snapshotOver(papers);
  await engine.close();
  await expect(other.paper('fish')).rejects.toMatchObject({
    code: 'STOPPED',
    message: 'The index is closed.',
  });
});

test('encodes a repeated query once', async () => {
  const before = encoder.encoded.length;
  for (let n = 0; n < 3; n++) await snapshot.search({ query: 'asked again and again' });
  expect(encoder.encoded.length).toBe(before + 1);
});

describe('among many papers', async () => {
  // So similar to each other that codes alone would often rank them differently.
  const words = ['alpha', 'beta', 'gamma', 'delta', 'epsilon', 'zeta'];
  const many = Array.from({ length: 400 }, (_, i) =>
    paperOf({
      title: `Paper ${i}`,
      abstract: words.filter((_word, n) => (i >> n) & 1).join(' ') + ' omega'.repeat(i % 5),
    }),
  );
  const { snapshot: large, encoder: other } = await snapshotOver(many);

  test.each(['semantic', 'hybrid'] as const)('%s: ranks by exact cosines', async (mode) => {
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

  test.each(FUSION_NAMES)('%s: returns all papers on pages without gaps or repeats', async (fusion) => {
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
])('does not fail for others with the same query if a request %s', async (_what, reason) => {
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
