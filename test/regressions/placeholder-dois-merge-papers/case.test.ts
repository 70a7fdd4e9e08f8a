import { expect, test } from 'vitest';
import { ingested } from '../../support/ingested.ts';

test.each([
  ['input.csv', 4, 'nan'],
  ['input.jsonl', 3, 'None'],
  ['input.bib', 2, '-'],
])('keeps the papers of %s apart and reports the placeholder once', async (file, count, placeholder) => {
  const { papers, report } = await ingested(import.meta.url, [file]);
  expect(papers).toHaveLength(count);
  expect(report).toMatchObject({ papers: count, added: count, duplicate: 0 });
  expect(report.warnings).toMatchObject([
    { field: 'doi', reason: `"${placeholder}" is a placeholder; the field was left out.` },
  ]);
  const dois = papers.flatMap(({ externalIds }) => externalIds.doi ?? []);
  expect(dois).toEqual(file === 'input.csv' ? ['10.1000/coins'] : []);
  for (const { id, urls } of papers)
    expect(`${id} ${urls.landing}`).not.toContain(placeholder === '-' ? 'doi:-' : placeholder);
});
