import { expect, test } from 'vitest';
import { paperOf } from '../../support/papers.ts';
import { snapshotOver } from '../../support/snapshot-over.ts';

const KEYWORDS = [
  ['language models', 'Bias'],
  ['Language Models', 'loss'],
  ['language model', 'Language models'],
  ['bias', 'analysis'],
  ['biases', 'losses'],
];
const { snapshot } = await snapshotOver(
  KEYWORDS.map((keywords, i) => paperOf({ id: `p${i}`, title: `Paper ${i}`, keywords })),
);

test('counts a keyword in any case, and in the plural, as one value', async () => {
  const { facets } = await snapshot.search({ query: '', sort: 'title', facets: ['keyword'] });
  expect(facets?.values.keyword?.slice(0, 2)).toEqual([
    { value: 'Bias', count: 3 },
    { value: 'Language Models', count: 3 },
  ]);
  expect(facets?.values.keyword).toHaveLength(4);
});

test.each(['Language Models', 'LANGUAGE MODEL', 'language models'])('filters by %s', async (value) => {
  const { total } = await snapshot.search({ query: '', filters: { keyword: [value] } });
  expect(total).toBe(3);
});
