import { expect, test } from 'vitest';
import { readInput } from '../../support/regression.ts';

test('finds the header below what Dimensions says about its export', async () => {
  const { papers, rejected } = await readInput(import.meta.url, 'dimensions.csv');
  expect(rejected).toEqual([]);
  expect(papers).toMatchObject([
    {
      title: 'Worm dimensions',
      abstract: 'Worms measured.',
      venue: 'Journal of Worms',
      year: 2020,
      authors: ['Jane Doe', 'Anna Berg'],
      externalIds: { doi: '10.1000/dim' },
    },
  ]);
});

test('takes the separator that the first line names', async () => {
  const { papers, rejected } = await readInput(import.meta.url, 'sep.csv');
  expect(rejected).toEqual([]);
  expect(papers).toMatchObject([
    { title: 'Würmer im Boden', authors: ['Hans Müller'], year: 2020, abstract: 'Es geht um Würmer.' },
  ]);
});
