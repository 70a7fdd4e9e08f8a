import { expect, test } from 'vitest';
import { paperOf } from '../support/papers.ts';
import { snapshotOver } from '../support/snapshot-over.ts';

const { snapshot } = await snapshotOver([
  paperOf({ id: 'a', title: 'Bees in rooms', venue: 'Proceedings of the Workshop on Bees' }),
  paperOf({ id: 'b', title: 'Bees in gardens', venue: 'Journal of Bees' }),
  paperOf({ id: 'c', title: 'Bees in a talk', session: { name: 'Oral 1' } }),
  paperOf({ id: 'd', title: 'Bees in drafts', venue: 'arXiv' }),
]);
const found = async (request: Parameters<typeof snapshot.search>[0]) =>
  (await snapshot.search({ ...request, sort: 'title' })).hits.map(({ paper }) => paper.id);

test('counts papers by publication type', async () => {
  const { facets } = await snapshot.search({ query: '', sort: 'date', facets: ['publicationType'] });
  expect(facets?.values.publicationType).toEqual([
    { value: 'conference', count: 2 },
    { value: 'journal', count: 1 },
  ]);
});

test('filters papers by publication type', async () => {
  expect(await found({ query: '', filters: { publicationType: ['Conference'] } })).toEqual(['c', 'a']);
  expect(await found({ query: 'publicationType:journal' })).toEqual(['b']);
  expect(await found({ query: '-publicationtype:conference' })).toEqual(['d', 'b']);
});
