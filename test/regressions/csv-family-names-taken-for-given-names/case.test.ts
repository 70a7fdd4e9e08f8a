import { expect, test } from 'vitest';
import { readInput } from '../../support/regression.ts';

test.each([
  ['scopus-old.csv', ['G.N. Gatto', 'F.A. Sequo']],
  ['scopus-new.csv', ['Anna C. Berg', 'Sam A. van der Meer']],
  ['pubmed.csv', ['J. Doe', 'B. van der Berg', 'X. Y. Zhang']],
])('reads the names of %s with the family name last', async (name, authors) => {
  const { papers } = await readInput(import.meta.url, name);
  expect(papers.map((paper) => paper.authors)).toEqual([authors]);
});

test("reads PubMed's journal and number", async () => {
  const { papers } = await readInput(import.meta.url, 'pubmed.csv');
  expect(papers).toMatchObject([{ venue: 'Sleep Res', year: 2020, externalIds: { doi: '10.1000/3' } }]);
});
