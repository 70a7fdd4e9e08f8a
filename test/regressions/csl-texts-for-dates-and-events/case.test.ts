import { expect, test } from 'vitest';
import { readInput } from '../../support/regression.ts';

test('reads dates and events that are texts, particles, and arXiv ids in notes', async () => {
  const { papers, warnings } = await readInput(import.meta.url, 'input.json');
  expect(papers).toMatchObject([
    { authors: ['J. de Doe'], externalIds: { arxiv: '2003.00001' }, date: '2020-03-04' },
    { venue: 'Worm Conf 2020', year: 2020 },
    { venue: 'J Worms', year: 2019, date: '2019-03' },
  ]);
  expect(warnings).toEqual([]);
});
