import { describe, expect, test } from 'vitest';
import { FIELDS } from '../../../src/papers/fields.ts';
import type { Snapshot } from '../../../src/search/engine.ts';
import { paperOf } from '../../support/papers.ts';
import { snapshotOver } from '../../support/snapshot-over.ts';

/*
 * old <- middle <- new
 *  ^------------- new, and another <- new; old and middle cite works that are not there.
 */
const PAPERS = [
  paperOf({ title: 'Old worms', id: 'old', year: 1990, references: ['doi:10.1000/lost'] }),
  paperOf({
    title: 'Middle worms',
    id: 'doi:10.1000/middle',
    year: 2000,
    externalIds: { doi: '10.1000/middle' },
    references: ['old', 'doi:10.1000/lost', 'doi:10.1000/once'],
  }),
  paperOf({
    title: 'New worms',
    id: 'new',
    year: 2010,
    references: ['old', 'doi:10.1000/middle', 'another'],
  }),
  paperOf({ title: 'Another worm', id: 'another', year: 2005 }),
  paperOf({ title: 'Lone worm', id: 'lone', year: 2006 }),
];

const { snapshot } = await snapshotOver(PAPERS);

const found = async (query: string, on: Snapshot = snapshot) => {
  const { hits } = await on.search({ query, sort: 'title', limit: 10 });
  return hits.map(({ paper }) => paper.id);
};

describe('citations', () => {
  test('does not name a paper of the index as one that is not there', async () => {
    const others = [
      paperOf({ title: 'Worm', id: 'worm', externalIds: { arxiv: '2101.00001' } }),
      // Only one of two references to the same work has the identifier that leads to it.
      paperOf({ title: 'First', id: 'first', references: ['doi:10.1000/worm arxiv:2101.00001'] }),
      paperOf({ title: 'Second', id: 'second', references: ['doi:10.1000/worm'] }),
    ];
    const { snapshot: on } = await snapshotOver(others);
    expect(await on.citations('first', { direction: 'references' })).toMatchObject({ total: 1, outside: [] });
    expect(await on.citations('second', { direction: 'references' })).toMatchObject({
      total: 0,
      outside: ['doi:10.1000/worm'],
    });
  });

  test('lists the papers that a paper cites, the newest first, and names the works that are not there', async () => {
    const answer = await snapshot.citations('new', { direction: 'references' });
    expect(answer).toMatchObject({ total: 3, outside: [], sort: 'date', limit: 10, offset: 0 });
    expect(answer.hits.map(({ rank, paper, citations }) => [rank, paper.id, citations])).toEqual([
      [1, 'another', 1],
      [2, 'doi:10.1000/middle', 1],
      [3, 'old', 2],
    ]);
    const middle = await snapshot.citations('10.1000/MIDDLE', { direction: 'references' });
    expect(middle.paper.id).toBe('doi:10.1000/middle');
    expect(middle.outside).toEqual(['doi:10.1000/lost', 'doi:10.1000/once']);
  });

  test('lists the papers that cite a paper, a page at a time and in another order', async () => {
    const answer = await snapshot.citations('old', {
      direction: 'citations',
      sort: 'title',
      limit: 1,
      offset: 1,
    });
    expect(answer).toMatchObject({ total: 2, outside: [], hits: [{ rank: 2, paper: { id: 'new' } }] });
    const most = await snapshot.citations('new', { direction: 'references', sort: 'citations', limit: 1 });
    expect(most.hits[0]?.paper.id).toBe('old');
  });

  test('refuses an unknown paper and a wrong direction', async () => {
    await expect(snapshot.citations('nobody', { direction: 'citations' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await expect(snapshot.citations('old', { direction: 'up' as never })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
      message: expect.stringContaining('references, citations'),
    });
  });
});

describe('conditions', () => {
  test.each([
    ['cites:old', ['doi:10.1000/middle', 'new']],
    ['cites:10.1000/middle', ['new']],
    ['cites:"https://doi.org/10.1000/middle"', ['new']],
    ['cites:doi:10.1000/lost', ['doi:10.1000/middle', 'old']],
    ['cites:lone', []],
    ['cited-by:new', ['another', 'doi:10.1000/middle', 'old']],
    ['citedBy:doi:10.1000/middle', ['old']],
    ['cites:old -cites:doi:10.1000/middle', ['doi:10.1000/middle']],
    ['cited-by:new AND year:2000..', ['another', 'doi:10.1000/middle']],
    ['citations:2', ['old']],
    ['citations:>=1', ['another', 'doi:10.1000/middle', 'old']],
    ['citations:0', ['lone', 'new']],
    ['citations:<1', ['lone', 'new']],
    ['references:3', ['doi:10.1000/middle', 'new']],
    ['references:1..2', ['old']],
    ['references:..0', ['another', 'lone']],
  ])('%s', async (query, ids) => {
    expect(await found(query)).toEqual(ids);
  });

  test.each([
    ['cites:nothing-cites-this', 'no paper of it cites such a work'],
    ['cited-by:doi:10.1000/lost', 'no paper of this index has the identifier "doi:10.1000/lost"'],
  ])('%s is refused', async (query, message) => {
    await expect(found(query)).rejects.toMatchObject({
      code: 'BAD_REQUEST',
      message: expect.stringContaining(message),
    });
  });

  test('filters by the number of citations and sorts by it', async () => {
    const { hits, total } = await snapshot.search({
      query: '',
      sort: 'citations',
      filters: { citations: '>=1' },
    });
    expect(total).toBe(3);
    // Of equally cited ones, the newer comes first.
    expect(hits.map(({ paper }) => paper.id)).toEqual(['old', 'another', 'doi:10.1000/middle']);
    const { total: without } = await snapshot.search({ query: 'worms', filters: { references: { to: 0 } } });
    expect(without).toBe(2);
    await expect(snapshot.search({ query: 'worms', filters: { citations: 'many' } })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    });
  });
});

describe('snowball', () => {
  const ids = (hits: readonly { readonly paper: { readonly id: string } }[]) =>
    hits.map(({ paper }) => paper.id);

  test('follows references backward', async () => {
    const { hits, total, outside } = await snapshot.snowball({ ids: ['new'], direction: 'backward' });
    expect(total).toBe(3);
    expect(ids(hits)).toEqual(['another', 'doi:10.1000/middle', 'old']);
    expect(hits[0]).toMatchObject({
      rank: 1,
      distance: 1,
      links: 1,
      citations: 1,
      via: [{ id: 'new', relation: 'citedBy' }],
    });
    expect(outside).toEqual([]);
  });

  test('follows citations forward', async () => {
    const { hits } = await snapshot.snowball({ ids: ['old'], direction: 'forward' });
    expect(ids(hits)).toEqual(['new', 'doi:10.1000/middle']);
    expect(hits.map(({ via }) => via)).toEqual([
      [{ id: 'old', relation: 'cites' }],
      [{ id: 'old', relation: 'cites' }],
    ]);
  });

  test('ranks papers with more links first', async () => {
    const { hits, seeds, direction, depth } = await snapshot.snowball({ ids: ['old', 'doi:10.1000/middle'] });
    expect({ seeds: seeds.map(({ id }) => id), direction, depth }).toEqual({
      seeds: ['old', 'doi:10.1000/middle'],
      direction: 'both',
      depth: 1,
    });
    expect(hits).toMatchObject([
      {
        paper: { id: 'new' },
        links: 2,
        via: [
          { id: 'doi:10.1000/middle', relation: 'cites' },
          { id: 'old', relation: 'cites' },
        ],
      },
    ]);
    const back = await snapshot.snowball({ ids: ['new', 'doi:10.1000/middle'], direction: 'backward' });
    expect(back.hits.map(({ paper, links }) => [paper.id, links])).toEqual([
      ['old', 2],
      ['another', 1],
    ]);
  });

  test('names the works that most seeds cite and the index lacks', async () => {
    const { outside } = await snapshot.snowball({
      ids: ['old', 'doi:10.1000/middle'],
      direction: 'backward',
    });
    expect(outside).toEqual([
      { reference: 'doi:10.1000/lost', links: 2 },
      { reference: 'doi:10.1000/once', links: 1 },
    ]);
    const forward = await snapshot.snowball({ ids: ['old'], direction: 'forward' });
    expect(forward.outside).toEqual([]);
  });

  test('follows as many links as requested, the nearer papers first', async () => {
    const near = await snapshot.snowball({ ids: ['another'], depth: 1 });
    expect(ids(near.hits)).toEqual(['new']);
    const far = await snapshot.snowball({ ids: ['another'], depth: 2 });
    expect(far.hits.map(({ paper, distance }) => [paper.id, distance])).toEqual([
      ['new', 1],
      ['doi:10.1000/middle', 2],
      ['old', 2],
    ]);
    const page = await snapshot.snowball({ ids: ['another'], depth: 5, limit: 1, offset: 2 });
    expect(page).toMatchObject({ total: 3, hits: [{ rank: 3, paper: { id: 'old' } }] });
  });

  test.each([
    [{ ids: [] }, 'at least one paper'],
    [{ ids: ['old'], depth: 6 }, '1 to 5'],
    [{ ids: ['old'], direction: 'sideways' as never }, 'backward, forward, both'],
  ])('refuses %j', async (request, message) => {
    await expect(snapshot.snowball(request)).rejects.toMatchObject({
      code: 'BAD_REQUEST',
      message: expect.stringContaining(message),
    });
  });
});

test('stats count the links', async () => {
  expect((await snapshot.stats()).citations).toEqual({
    citing: 3,
    cited: 3,
    references: 7,
    resolved: 4,
    unresolved: 3,
  });
});

test('an index from before there were links has none, and reads no paper to find out', async () => {
  const before = FIELDS.filter(({ name }) => !['cites', 'citedBy', 'citations', 'references'].includes(name));
  const { snapshot: older } = await snapshotOver(PAPERS, undefined, before);
  expect(await found('cites:old', older)).toEqual([]);
  expect(await found('citations:0', older)).toHaveLength(5);
  expect((await older.citations('new', { direction: 'references' })).total).toBe(0);
  const { hits } = await older.search({ query: '', sort: 'citations' });
  expect(hits.map(({ paper }) => paper.id)).toEqual(['new', 'lone', 'another', 'doi:10.1000/middle', 'old']);
});
