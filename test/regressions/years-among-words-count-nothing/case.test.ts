import { expect, test } from 'vitest';
import { preferredYearsOf } from '../../../src/query/years.ts';
import { paperOf } from '../../support/papers.ts';
import { snapshotOver } from '../../support/snapshot-over.ts';

test.each([
  ['which 2021 papers describe worms', { from: 2021, to: 2021, rest: 'which papers describe worms' }],
  ['garden worms 2021?', { from: 2021, to: 2021, rest: 'garden worms ?' }],
  [
    'I would like to see what is known about the worms that live in gardens, published in 2021',
    { from: 2021, to: 2021 },
  ],
  [
    'recent and older papers since 2015 on the worms that live in the soil of gardens and of fields',
    { from: 2015, to: undefined },
  ],
  [
    'survey of worms 2021 gardens',
    { from: 2021, to: 2021, isHint: true, rest: 'survey of worms 2021 gardens' },
  ],
])('%s prefers papers of a year', (text, expected) => {
  expect(preferredYearsOf(text)).toMatchObject(expected);
});

test.each([
  'the ImageNet 2012 challenge',
  'the number of worms in the soil of the fields rose in all of the springs after 2014',
])('%s does not', (text) => {
  expect(preferredYearsOf(text)).toBeUndefined();
});

test('puts a paper of the year before one that is about as relevant, but not before a better one', async () => {
  const { snapshot, engine } = await snapshotOver([
    paperOf({ id: 'a-2017', title: 'Garden worms and their survey', year: 2017 }),
    paperOf({ id: 'b-2021', title: 'Garden worms and their survey', year: 2021 }),
    paperOf({ id: 'c-2021', title: 'Worms', abstract: 'Something else.', year: 2021 }),
  ]);
  const { hits, understood } = await snapshot.search({
    query: 'survey of worms 2021 garden',
    mode: 'keyword',
  });
  expect(hits.map(({ paper }) => paper.id)).toEqual(['b-2021', 'a-2017', 'c-2021']);
  expect(understood.notices[0]!.message).toBe(
    '"2021": papers of 2021 come before others that are about as relevant. To see no others, write year:2021.',
  );
  await engine.close();
});
