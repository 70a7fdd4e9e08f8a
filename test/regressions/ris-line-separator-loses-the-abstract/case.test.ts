import { expect, test } from 'vitest';
import { readInput } from '../../support/regression.ts';

test('reads U+2028 inside a value as white space', async () => {
  const { papers, rejected } = await readInput(import.meta.url, 'input.ris');
  expect(papers).toMatchObject([
    { abstract: 'First sentence of worms. Second sentence of worms.', keywords: ['soil'] },
    { title: 'Eye Tracking: Potential of worms' },
  ]);
  expect(rejected).toEqual([]);
});
