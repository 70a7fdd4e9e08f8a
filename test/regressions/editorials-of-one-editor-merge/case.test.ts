import { expect, test } from 'vitest';
import { ingested } from '../../support/ingested.ts';

test('keeps editorials, corrigenda and replies of one author apart, each with its own DOI', async () => {
  const { papers } = await ingested(import.meta.url, ['input.bib']);
  expect(papers.map(({ id, year }) => [id, year]).sort()).toEqual([
    ['doi:10.1000/cor1', 2020],
    ['doi:10.1000/cor2', 2020],
    ['doi:10.1000/ed2019', 2019],
    ['doi:10.1000/ed2020', 2020],
    ['doi:10.1000/rep1', 2020],
    ['doi:10.1000/rep2', 2020],
  ]);
  for (const { id, externalIds } of papers) expect(id).toBe(`doi:${externalIds.doi}`);
});
