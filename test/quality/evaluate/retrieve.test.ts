import { expect, test } from 'vitest';
import { type EvaluatedMode, retrieve } from '../../../src/quality/evaluate/retrieve.ts';
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
