import { expect, test } from 'vitest';
import { ingested } from '../../support/ingested.ts';

test('keeps chapters under the DOI of their book apart, whoever wrote them', async () => {
  const { papers } = await ingested(import.meta.url, ['input.bib']);
  expect(papers.map(({ title, abstract }) => [title, abstract])).toEqual([
    ['Skin of frogs', 'Chapter two about frogs.'],
    ['Soil of worms', 'Chapter one about soil.'],
    ['Wings of birds', 'Chapter three about birds.'],
  ]);
  expect(new Set(papers.map(({ id }) => id)).size).toBe(3);
});
