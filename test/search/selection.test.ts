import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { authorIdOf, paperIdOf } from '../../src/papers/semantic-scholar/identity.ts';
import type { Engine, PaperListing, PaperSelection, Snapshot } from '../../src/search/engine.ts';
import { paperOf } from '../support/papers.ts';
import { snapshotOver } from '../support/snapshot-over.ts';

const papers = [
  paperOf({
    id: 'a',
    title: 'Parsing with graphs',
    authors: ['Ann Lee'],
    year: 2019,
    externalIds: { doi: '10.1/A' },
  }),
  paperOf({
    id: 'b',
    title: 'Graphs of words',
    authors: ['Bo Li', 'ann lee'],
    date: '2021-02',
    year: 2021,
    aliases: ['old-b'],
  }),
  paperOf({ id: 'c', title: 'Translation', date: '2021-02-30', externalIds: { arxiv: '2101.00001' } }),
  paperOf({ id: 'd', title: 'Undated' }),
];
const span = { start: 0, end: 0 };
const aboutGraphs = { kind: 'words', text: 'graph', field: 'title', span } as const;
const published = (from: number, to: number) => ({ kind: 'published', from, to, span }) as const;

let engine: Engine;
let snapshot: Snapshot;
beforeAll(async () => {
  ({ engine, snapshot } = await snapshotOver(papers));
});
afterAll(() => engine.close());

/** Ids in the order of the `paperId` that they make. */
function byPaperId(ids: readonly string[]): string[] {
  const paperIds = new Map(ids.map((id) => [id, paperIdOf({ id, externalIds: {} })]));
  return ids.toSorted((a, b) => (paperIds.get(a)! < paperIds.get(b)! ? -1 : 1));
}

async function idsOf(listing?: PaperListing): Promise<string[]> {
  const ids: string[] = [];
  for await (const { id } of snapshot.papers(listing)) ids.push(id);
  return ids;
}

describe('papers are selected by', () => {
  test.each<[string, PaperSelection, string[]]>([
    ['nothing', {}, ['a', 'b', 'c', 'd']],
    ['a condition', { condition: aboutGraphs }, ['a', 'b']],
    ['filters', { filters: { year: 2021 } }, ['b', 'c']],
    ['both', { condition: aboutGraphs, filters: { year: 2021 } }, ['b']],
    ['ids, ignoring unknown ones', { ids: ['c', 'none', 'a'] }, ['a', 'c']],
    ['no ids', { ids: [] }, []],
    ['ids and a condition', { ids: ['c', 'b'], condition: aboutGraphs }, ['b']],
    ['a day', { condition: published(20210201, 20210201) }, ['b']],
    ['a day that its month does not have', { condition: published(20210228, 20210228) }, ['c']],
    ['a year without a day, as its first day', { condition: published(20190101, 20190101) }, ['a']],
    ['days without papers', { condition: published(1, 20181231) }, []],
    ['days from the beginning, without undated papers', { condition: published(0, 20190101) }, ['a']],
    ['days that end before they begin', { condition: published(1, 0) }, []],
    [
      'all other days',
      { condition: { kind: 'not', clause: published(20210101, 20211231), span } },
      ['a', 'd'],
    ],
  ])('%s', async (_, selection, ids) => {
    expect(await idsOf({ ...selection, order: 'index' })).toEqual(ids);
    expect(await snapshot.count(selection)).toBe(ids.length);
  });
});

describe('papers are listed', () => {
  test.each<[PaperListing | undefined, string[]]>([
    [undefined, ['a', 'b', 'c', 'd']],
    [{ order: 'date' }, ['c', 'b', 'a', 'd']],
    [{ order: 'title' }, ['b', 'a', 'c', 'd']],
    [{ ids: ['c', 'none', 'a', 'c'] }, ['c', 'a']],
    [{ ids: ['c', 'a'], order: 'index' }, ['a', 'c']],
    [{ ids: ['c', 'a', 'b'], offset: 1 }, ['a', 'b']],
    [{ order: 'date', offset: 1, limit: 2 }, ['b', 'a']],
    [{ condition: aboutGraphs, offset: 1, limit: 5 }, ['b']],
    [{ offset: 9 }, []],
    [{ limit: 0 }, []],
    [{ order: 'oldestDay', filters: { day: { from: 20190101 } } }, [...byPaperId(['a', 'b']), 'c']],
    [{ order: 'day', limit: 3 }, ['c', 'b', 'a']],
    [{ order: 's2PaperId' }, byPaperId(['a', 'b', 'c', 'd'])],
  ])('%j', async (listing, ids) => {
    expect(await idsOf(listing)).toEqual(ids);
  });
});

test.each([
  ['a', ['a']],
  ['https://doi.org/10.1/a', ['a']],
  ['old-b', ['b']],
  ['arXiv:2101.00001v3', ['c']],
  ['nothing', []],
])('%s identifies %j', async (identifier, ids) => {
  expect(await snapshot.identify(identifier)).toEqual(ids);
});

test('finds and counts papers by identifiers of a field', async () => {
  const [ann, bo, unknown] = ['Ann Lee', 'Bo Li', 'Nobody'].map(authorIdOf) as [string, string, string];
  expect(await snapshot.identify(ann, 's2AuthorId')).toEqual(['a', 'b']);
  expect(await snapshot.identify(paperIdOf(papers[3]!), 's2PaperId')).toEqual(['d']);
  expect(await snapshot.identify('d', 's2PaperId')).toEqual([]);
  expect(await snapshot.countEach('s2AuthorId', [bo, ann, unknown, ann])).toEqual([1, 2, 0, 2]);
});

test.each(['hybrid', 'keyword', 'semantic'] as const)('%s: ranks only the given papers', async (mode) => {
  const { total, hits } = await snapshot.search({ query: 'graphs', mode }, { ids: ['b', 'c', 'd'] });
  expect(hits[0]!.paper.id).toBe('b');
  expect(hits.map(({ paper }) => paper.id)).not.toContain('a');
  expect(total).toBe(hits.length);
});

test('does not return a cached answer among all papers for one among some', async () => {
  expect(await snapshot.search({ query: 'graphs' }, { ids: [] })).toMatchObject({ total: 0, hits: [] });
  expect((await snapshot.search({ query: 'graphs' })).total).toBeGreaterThan(0);
  expect(await snapshot.search({ query: 'graphs' }, { ids: [] })).toMatchObject({ total: 0 });
});

test('returns the vectors of the papers', async () => {
  const vectors = await snapshot.vectors(['c', 'a']);
  expect(vectors.map(({ length }) => length)).toEqual([16, 16]);
  expect(vectors[0]).not.toEqual(vectors[1]);
  await expect(snapshot.vectors(['none'])).rejects.toMatchObject({ code: 'NOT_FOUND' });
});
