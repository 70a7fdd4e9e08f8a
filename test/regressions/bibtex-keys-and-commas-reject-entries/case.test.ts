import { expect, test } from 'vitest';
import { readInput } from '../../support/regression.ts';

test('reads entries whose keys and commas other programs forgive', async () => {
  const { papers, rejected, warnings } = await readInput(import.meta.url, 'input.bib');
  expect(papers.map(({ title, year, publication }) => [publication?.key, title, year])).toEqual([
    ['10.1175/1520-0493(1987)115', 'Paren key', 2020],
    ['k7', 'Missing comma', 2020],
    ['k6', 'Double comma', 2020],
    ['k12', 'Paren entry', 2020],
    ['schl 1', 'Blank key', 2020],
  ]);
  expect(papers[3]?.publication?.note).toBe('has (parens) :-)');
  expect([...rejected, ...warnings]).toEqual([]);
});

test('recognises a file whose only key has parentheses', async () => {
  const { format, papers } = await readInput(import.meta.url, 'only.bib');
  expect(format).toBe('bibtex');
  expect(papers).toMatchObject([{ title: 'Key with parentheses', year: 2022 }]);
});
