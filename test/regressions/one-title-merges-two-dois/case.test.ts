import { expect, test } from 'vitest';
import { ingested } from '../../support/ingested.ts';

test('keeps papers of one title with two DOIs, or one common surname, apart', async () => {
  const { papers, report } = await ingested(import.meta.url, ['a.bib', 'b.bib']);
  expect(report).toMatchObject({ papers: 4, added: 4, duplicate: 0 });
  expect(papers.map(({ title, abstract }) => [title, abstract])).toEqual([
    ['A Study of Worms', 'We feed worms in Chile.'],
    ['A study of worms', 'We count worms in Norway.'],
    ['Deep Learning', 'A textbook.'],
    ['Deep learning', 'Models of many layers.'],
  ]);
});
