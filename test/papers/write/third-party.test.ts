import { Cite } from '@citation-js/core';
import '@citation-js/plugin-ris';
import { parse } from '@retorquere/bibtex-parser';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Paper } from '../../../src/papers/paper.ts';
import { exportPapers } from '../../../src/papers/write/formats.ts';
import { citationKeys } from '../../../src/papers/write/keys.ts';
import { wildPapers } from '../../support/wild-papers.ts';

/** Number of authors. Editors listed as authors are not counted, because they are written as editors. */
const authorsOf = ({ authors, authorRole }: Paper) => (authorRole === undefined ? authors.length : 0);
/** The parser of Better BibTeX takes no key with parentheses, though BibTeX does. */
const readable = wildPapers.filter((papers) =>
  papers.every(({ publication }) => !publication?.key?.includes('(')),
);

const RUNS = { numRuns: 25 };

test('BibTeX of any papers is taken by the parser of Better BibTeX', () => {
  fc.assert(
    fc.property(readable, (papers) => {
      const { entries, errors } = parse(exportPapers(papers, 'bibtex'), { sentenceCase: false });
      expect(errors).toEqual([]);
      expect(entries.map(({ key }) => key)).toEqual(citationKeys(papers));
      for (const [at, paper] of papers.entries()) {
        const { doi, author } = entries[at]!.fields;
        expect(doi).toBe(paper.externalIds.doi);
        expect(author?.length ?? 0).toBe(authorsOf(paper));
      }
    }),
    RUNS,
  );
});

test('RIS of any papers is taken by Citation.js', () => {
  fc.assert(
    fc.property(
      wildPapers.filter((papers) => papers.length > 0),
      (papers) => {
        const { data } = new Cite(exportPapers(papers, 'ris'));
        expect(data.map(({ title }) => title)).toEqual(papers.map(({ title }) => title));
        expect(data.map(({ author = [] }) => author.length)).toEqual(papers.map(authorsOf));
      },
    ),
    RUNS,
  );
});

test('CSL-JSON of any papers is taken by Citation.js', () => {
  fc.assert(
    fc.property(
      wildPapers.filter((papers) => papers.length > 0),
      (papers) => {
        const { data } = new Cite(exportPapers(papers, 'csl-json'));
        expect(data.map(({ id }) => id)).toEqual(citationKeys(papers));
        expect(data.map(({ title }) => title)).toEqual(papers.map(({ title }) => title));
        const authors = data.map(({ author = [] }) => author.length);
        expect(authors).toEqual(papers.map(authorsOf));
      },
    ),
    RUNS,
  );
});
