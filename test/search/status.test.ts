import { expect, test } from 'vitest';
import { paperOf } from '../support/papers.ts';
import { snapshotOver } from '../support/snapshot-over.ts';

const { snapshot } = await snapshotOver([
  paperOf({ id: 'a', title: 'Bees taken back', status: { kind: 'retracted', source: 'PubMed' } }),
  paperOf({ id: 'b', title: 'Bees corrected', status: { kind: 'corrected' }, acceptance: 'oral' }),
  paperOf({ id: 'c', title: 'Bees not wanted', acceptance: 'reject' }),
  paperOf({ id: 'd', title: 'Bees' }),
]);
const found = async (request: Parameters<typeof snapshot.search>[0]) =>
  (await snapshot.search({ ...request, sort: 'title' })).hits.map(({ paper }) => paper.id).sort();

test('finds papers by status', async () => {
  expect(await found({ query: 'is:retracted' })).toEqual(['a']);
  expect(await found({ query: 'bees -is:retracted -is:unpublished' })).toEqual(['b', 'd']);
  expect(await found({ query: '', filters: { is: ['retracted', 'corrected'] } })).toEqual(['a', 'b']);
});

test('finds papers by the decision of their venue', async () => {
  expect(await found({ query: 'acceptance:oral' })).toEqual(['b']);
  expect(await found({ query: '', filters: { acceptance: ['reject'] } })).toEqual(['c']);
  const { facets } = await snapshot.search({ query: '', sort: 'date', facets: ['is', 'acceptance'] });
  expect(facets?.values.is).toHaveLength(3);
  expect(facets?.values.acceptance).toHaveLength(2);
});
