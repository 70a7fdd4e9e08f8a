import { expect, test } from 'vitest';
import { exportPapers } from '../../../src/papers/write/formats.ts';
import { readInput } from '../../support/regression.ts';

test.each([
  ['worms.mods', 'Worm Press'],
  ['unixref.xml', undefined],
  ['datacite.json', 'Worm Press'],
  ['europepmc.json', undefined],
  ['openalex.json', 'Worm Press'],
  ['worms.nbib', undefined],
])('keeps volume, issue, pages, ISSN and publisher of %s', async (name, publisher) => {
  const { papers, rejected, warnings } = await readInput(import.meta.url, name);
  expect([...rejected, ...warnings]).toEqual([]);
  expect(papers).toMatchObject([
    {
      title: 'Worms',
      authors: [expect.stringMatching(/Berg/)],
      venue: 'Journal of Worms',
      publication: { volume: '7', issue: '2', pages: '12-34', ...(publisher && { publisher }) },
    },
  ]);
  expect(papers[0]!.publication?.issn).toContain('1234-5679');
  const bibtex = exportPapers(papers, 'bibtex');
  expect(bibtex).toContain('volume = {7}');
  expect(bibtex).toMatch(/pages = \{12-{1,2}34\}/);
});
