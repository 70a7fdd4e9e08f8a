import { expect, test } from 'vitest';
import { readInput } from '../../support/regression.ts';

test('reads commands of text to their end', async () => {
  const { papers, warnings } = await readInput(import.meta.url, 'input.bib');
  expect(papers.map(({ title, abstract, authors }) => [title, abstract, ...authors])).toEqual([
    ['Reduction of CO2 over N2O in H+ media', 'Rate of 10-3, ± 5%, µm scale, €5', 'Jane Doe'],
    ["TCP's third eye", '', "Ann D'Arco", "Bo O'Neil"],
    ['Roșia * • ½', '', 'Jane Doe'],
  ]);
  expect(warnings).toEqual([]);
});
