import { describe, expect, test } from 'vitest';
import type { EvaluatedMode } from '../../../src/quality/evaluate/modes.ts';
import { retrieve } from '../../../src/quality/evaluate/retrieve.ts';
import type { Reranker } from '../../../src/search/rerank/reranker.ts';
import { rerankersOf } from '../../../src/search/rerank/rerankers.ts';
import { paperOf } from '../../support/papers.ts';
import { snapshotOver } from '../../support/snapshot-over.ts';

const papers = [
  paperOf({ title: 'Graph kernels', abstract: 'We compare graphs by kernels.' }),
  paperOf({ title: 'Graph neural networks', abstract: 'Networks over graphs.' }),
  paperOf({ title: 'Kernels for strings', abstract: 'We compare strings.' }),
  paperOf({ title: 'Protein folding', abstract: 'Structures of proteins.' }),
];
const { snapshot } = await snapshotOver(papers);
const ids = papers.map(({ id }) => id);
const query = { id: 'q', text: 'graph kernels', doc: ids[0] };

const ranked = async (mode: EvaluatedMode, options: object = {}) =>
  (await retrieve(snapshot, [query], { mode, fallback: false, ...options })).get('q')!.map(({ id }) => id);

test.each(['keyword', 'semantic', 'hybrid', 'related', 'related-keyword', 'related-semantic'] as const)(
  "%s: ranks the whole pool and nothing else, without the query's own paper",
  async (mode) => {
    const candidates = [ids[3]!, ids[0]!, ids[1]!, 'unknown'];
    const order = await ranked(mode, { pool: new Map([['q', candidates]]) });
    expect([...order].sort()).toEqual([ids[1], ids[3]].sort());
    // Nothing in common with the query: last.
    if (mode.endsWith('keyword')) expect(order).toEqual([ids[1], ids[3]]);
  },
);

test('ranks nothing for a query without candidates', async () => {
  expect(await ranked('hybrid', { pool: new Map() })).toEqual([]);
});

test('ranks as many papers as the depth, without the own one', async () => {
  expect(await ranked('semantic', { depth: 2 })).toHaveLength(2);
  expect(await ranked('semantic')).toHaveLength(3);
});

test('measures related papers by each of the two similarities', async () => {
  for (const [mode, part] of [
    ['related', 'hybrid'],
    ['related-keyword', 'keyword'],
    ['related-semantic', 'semantic'],
  ] as const) {
    const { hits } = await snapshot.related({ positive: [ids[0]!], mode: part });
    expect(await ranked(mode)).toEqual(hits.map(({ paper }) => paper.id));
  }
  expect(await ranked('related-keyword')).not.toContain(ids[3]);
});

describe('reranking', () => {
  /** Prefers long titles. */
  const longTitles: Reranker = {
    name: 'long-titles',
    bonusName: 'reranker',
    needsVector: false,
    batchSize: 10,
    compare: async (_, candidates) =>
      candidates.map(({ paper }) => ({ bonus: (paper.title.length - 13) / 8 })),
  };

  test('by a name puts the first papers in another order, as many as it says', async () => {
    const options = { rerankers: rerankersOf([longTitles]) };
    const { snapshot: reranking } = await snapshotOver(papers, undefined, undefined, options);
    // Not a title: that paper would stay first.
    const asked = { ...query, text: `${query.text} today`, doc: undefined };
    const order = async (options: object) => {
      const run = await retrieve(reranking, [asked], { mode: 'keyword', fallback: false, ...options });
      return run.get('q')!.map(({ id }) => id);
    };
    const first = await order({});
    expect(first).toHaveLength(3);
    expect(await order({ rerankBy: 'long-titles' })).toEqual([ids[1], ids[2], ids[0]]);
    expect(await order({ rerankBy: 'long-titles', rerank: 1 })).toEqual(first);
  });

  test('by an unknown name fails, although queries that are refused have an empty answer', async () => {
    const options = { mode: 'hybrid', rerankBy: 'nobody' } as const;
    await expect(retrieve(snapshot, [query], options)).rejects.toThrow('no reranker "nobody"');
    const empty = { ...query, text: '' };
    expect((await retrieve(snapshot, [empty], { mode: 'hybrid' })).get('q')).toEqual([]);
  });

  test('reports how many answers could not be reranked', async () => {
    const reports: [string, number][] = [];
    for (const mode of ['keyword', 'semantic', 'related'] as const) {
      const onNotReranked = (answers: number) => reports.push([mode, answers]);
      await retrieve(snapshot, [query], { mode, rerank: 2, fallback: false, onNotReranked });
      await retrieve(snapshot, [query], { mode, fallback: false, onNotReranked });
    }
    expect(reports).toEqual([
      ['keyword', 1],
      ['related', 1],
    ]);
  });
});
