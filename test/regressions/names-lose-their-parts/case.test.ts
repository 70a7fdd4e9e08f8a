import { expect, test } from 'vitest';
import { exportPapers } from '../../../src/papers/write/formats.ts';
import { readInput } from '../../support/regression.ts';

test('writes names in the parts that they came in', async () => {
  const { papers } = await readInput(import.meta.url, 'input.bib');
  expect(exportPapers(papers, 'ris').match(/(?<=^AU {2}- ).*/gm)).toEqual([
    'García Márquez, Gabriel',
    'World Health Organization',
    'de Bruyn Kops, Steven M.',
    'Van Dyke, Dick',
    'ATLAS Collaboration',
    'Mac Lane, Saunders',
  ]);
  expect(exportPapers(papers, 'bibtex')).toContain(
    'author = {García Márquez, Gabriel and {World Health Organization} and de Bruyn Kops, Steven M. and ' +
      'Van Dyke, Dick and {ATLAS Collaboration} and Mac Lane, Saunders}',
  );
});

test('knows the family name before initials', async () => {
  const { papers } = await readInput(import.meta.url, 'input.csv');
  expect(papers[0]?.authors).toEqual(['A.C. Berg', 'S.A. van der Meer']);
  expect(exportPapers(papers, 'bibtex')).toMatch(/^@article\{berg2004soil,/);
});
