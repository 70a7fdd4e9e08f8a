import { expect, test } from 'vitest';
import { readInput } from '../../support/regression.ts';

test('keeps the argument of a command and removes the command', async () => {
  const { papers, warnings } = await readInput(import.meta.url, 'input.bib');
  expect(papers).toMatchObject([
    { title: 'On Physics and “ethics”, “quoted”', authors: ['Ray Charles'] },
    { title: 'α-synuclein u ABC «x» note', authors: ['Jan Franců'] },
  ]);
  expect(warnings).toEqual([]);
});
