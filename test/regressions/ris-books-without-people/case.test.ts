import { expect, test } from 'vitest';
import { readInput } from '../../support/regression.ts';

test('reads the title of a whole book and its editors', async () => {
  const { papers, rejected } = await readInput(import.meta.url, 'input.ris');
  expect(papers).toMatchObject([
    { title: 'A whole book told by BT', authors: ['Jane Doe'], year: 2018 },
    {
      title: 'Edited worms',
      authors: ['Ann Ed'],
      authorRole: 'editors',
      editors: [{ family: 'Ed', given: 'Ann' }],
    },
  ]);
  expect(rejected).toEqual([]);
});
