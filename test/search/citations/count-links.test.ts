import { expect, test } from 'vitest';
import { paperOf } from '../../support/papers.ts';
import { snapshotOver } from '../../support/snapshot-over.ts';

const { snapshot } = await snapshotOver([
  paperOf({ title: 'First', id: 'first', externalIds: { doi: '10.1000/first' } }),
  paperOf({ title: 'Second', id: 'second', references: ['first', 'doi:10.1000/elsewhere'] }),
  paperOf({ title: 'Third', id: 'third', references: ['doi:10.1000/first', 'second'] }),
]);

test('counts the links of papers in the order of the ids', async () => {
  expect(await snapshot.countLinks(['third', '10.1000/first', 'second', 'third'])).toEqual([
    { references: 2, citations: 0 },
    { references: 0, citations: 2 },
    { references: 2, citations: 1 },
    { references: 2, citations: 0 },
  ]);
  expect(await snapshot.countLinks([])).toEqual([]);
});

test('refuses to count the links of an unknown paper', async () => {
  await expect(snapshot.countLinks(['first', 'nobody'])).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test.each([
  ['mostCited', ['first', 'second', 'third']],
  ['leastCited', ['third', 'second', 'first']],
] as const)('orders papers by %s', async (order, ids) => {
  const found: string[] = [];
  for await (const { id } of snapshot.papers({ order })) found.push(id);
  expect(found).toEqual(ids);
});
