import { expect, test } from 'vitest';
import { readInput } from '../../support/regression.ts';

test('reads names in Windows-1252 and reports the encoding', async () => {
  const { papers, warnings } = await readInput(import.meta.url, 'input.ris');
  expect(papers[0]?.authors).toEqual(['Hans Müller', 'Ana Sánchez']);
  expect(warnings).toEqual([expect.stringContaining('read as Windows-1252 (Latin-1)')]);
});
