import { beforeAll, describe, expect, test } from 'vitest';
import type { OneSnapshot, Searcher } from '../../src/search/api.ts';
import { paperOf } from '../support/papers.ts';
import { searcherOver } from '../support/searcher-over.ts';

const papers = [
  paperOf({ id: 'a', title: 'Parsing with graphs', year: 2019, externalIds: { doi: '10.1/A' } }),
  paperOf({ id: 'b', title: 'Graphs of words', year: 2021, aliases: ['old-b'] }),
  paperOf({ id: 'c', title: 'Translation of speech', year: 2021, externalIds: { arxiv: '2101.00001' } }),
];
const SPAN = { start: 0, end: 0 };
const aboutGraphs = { kind: 'words', text: 'graph', field: 'title', span: SPAN } as const;

let searcher: Searcher;
beforeAll(async () => {
  searcher = (await searcherOver(papers)).searcher;
});

function onSnapshot<T>(task: (snapshot: OneSnapshot) => Promise<T>): Promise<T> {
  return searcher.onSnapshot(task);
}

describe('one snapshot', () => {
  test.each([
    ['nothing', {}, [1, 1, 1]],
    ['a condition', { condition: aboutGraphs }, [1, 1, 0]],
    ['filters', { filters: { year: 2021 } }, [0, 1, 1]],
    ['both', { condition: aboutGraphs, filters: { year: 2021 } }, [0, 1, 0]],
  ])('selects papers by %s', async (_, selection, mask) => {
    expect(Array.from(await onSnapshot((snapshot) => snapshot.select(selection)))).toEqual(mask);
  });

  test.each([
    ['a', [0]],
    ['https://doi.org/10.1/a', [0]],
    ['old-b', [1]],
    ['arXiv:2101.00001v3', [2]],
    ['nothing', []],
  ])('knows where the paper %s is', async (identifier, positions) => {
    expect(await onSnapshot((snapshot) => snapshot.positionsOf(identifier))).toEqual(positions);
  });

  test.each(['hybrid', 'keyword', 'semantic'] as const)('ranks %s among some papers only', async (mode) => {
    const { total, hits } = await onSnapshot((snapshot) =>
      snapshot.search({ query: 'graphs', mode }, Uint8Array.of(0, 1, 1)),
    );
    expect(hits[0]!.paper.id).toBe('b');
    expect(hits.map(({ paper }) => paper.id)).not.toContain('a');
    expect(total).toBe(hits.length);
  });

  test('finds nothing among no papers', async () => {
    const answer = await onSnapshot((snapshot) =>
      snapshot.search({ query: 'graphs' }, new Uint8Array(papers.length)),
    );
    expect(answer).toMatchObject({ total: 0, hits: [] });
  });

  test('reads papers and vectors by position', async () => {
    const [read, vectors] = await onSnapshot((snapshot) =>
      Promise.all([snapshot.papersAt([2, 0]), snapshot.vectorsAt([2, 0])]),
    );
    expect(read.map(({ id }) => id)).toEqual(['c', 'a']);
    expect(vectors.map(({ length }) => length)).toEqual([16, 16]);
    expect(vectors[0]).not.toEqual(vectors[1]);
  });

  test('is the same object for every task', async () => {
    const first = await onSnapshot(async (snapshot) => snapshot);
    expect(await onSnapshot(async (snapshot) => snapshot)).toBe(first);
  });
});
