import { describe, expect, test } from 'vitest';
import { hIndexOf } from '../../../../src/serve/compat/semantic-scholar/author.ts';
import { authorsYearOf } from '../../../../src/serve/compat/semantic-scholar/autocomplete.ts';
import { PAPER_FIELDS } from '../../../../src/serve/compat/semantic-scholar/field-names.ts';
import { selectFields } from '../../../../src/serve/compat/semantic-scholar/field-selection.ts';
import { semanticScholarPaper } from '../../../../src/serve/compat/semantic-scholar/paper.ts';
import { paperOf } from '../../../support/papers.ts';
import { SAMPLE } from './sample-corpus.ts';

const context = {
  bibtexOf: () => '@misc{x}',
  authorFacts: { paperCountOf: () => 3, citationsOf: () => [9, 0, 2] },
  links: { counts: { references: 4, citations: 7 }, citations: [{ paperId: 'c' }], references: [] },
  embedding: { model: 'm', vector: Float32Array.of(1, 0) },
};

function told(paper: (typeof SAMPLE)[number], fields: string) {
  return semanticScholarPaper({ paper, ...context }, selectFields(fields, PAPER_FIELDS, []));
}

describe('a paper', () => {
  test('has all fields', () => {
    expect(told(SAMPLE[0]!, Object.keys(PAPER_FIELDS).join(','))).toEqual({
      paperId: expect.stringMatching(/^[0-9a-f]{40}$/),
      corpusId: expect.any(Number),
      externalIds: {
        DOI: '10.18653/v1/N18-3011',
        ArXiv: '2106.15928',
        ACL: 'N18-3011',
        CorpusId: expect.any(Number),
      },
      url: 'https://www.example.org/Graphs/',
      title: 'Parsing with graphs: a study',
      abstract: 'We parse sentences with graphs. Trees are not enough for translation.',
      venue: 'Proceedings of the Conference on Parsing',
      publicationVenue: {
        id: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
        name: 'Proceedings of the Conference on Parsing',
        type: 'conference',
        alternate_names: [],
        url: null,
      },
      year: 2019,
      referenceCount: 4,
      citationCount: 7,
      influentialCitationCount: 0,
      isOpenAccess: true,
      openAccessPdf: { url: 'https://example.org/graphs.pdf', status: null, license: null, disclaimer: null },
      fieldsOfStudy: ['Computer Science', 'Mathematics', 'Physics'],
      s2FieldsOfStudy: [
        { category: 'Computer Science', source: 'external' },
        { category: 'Mathematics', source: 'external' },
        { category: 'Physics', source: 'external' },
      ],
      publicationTypes: ['Conference'],
      publicationDate: '2019-03-05',
      journal: null,
      citationStyles: { bibtex: '@misc{x}' },
      textAvailability: 'abstract',
      authors: ['Ada Müller', 'Juan Ejemplo', 'Kim Lee'].map((name) => ({
        authorId: expect.stringMatching(/^\d+$/),
        name,
      })),
      embedding: { model: 'm', vector: [1, 0] },
      tldr: null,
      citations: [{ paperId: 'c' }],
      references: [],
    });
  });

  test('has the short summary of its source, and says so', () => {
    const tldr = 'Graphs parse better than trees.';
    expect(told(paperOf({ title: 'X', tldr }), 'tldr')).toMatchObject({
      tldr: { model: 'source', text: tldr },
    });
  });

  test('has null for missing fields', () => {
    expect(
      told(
        paperOf({ title: '' }),
        'abstract,venue,publicationVenue,year,url,openAccessPdf,publicationTypes,publicationDate,textAvailability,authors,externalIds,isOpenAccess,fieldsOfStudy',
      ),
    ).toEqual({
      paperId: expect.any(String),
      abstract: null,
      venue: '',
      publicationVenue: null,
      year: null,
      url: null,
      openAccessPdf: null,
      isOpenAccess: false,
      fieldsOfStudy: [],
      publicationTypes: null,
      publicationDate: null,
      textAvailability: 'none',
      authors: [],
      externalIds: { CorpusId: expect.any(Number) },
    });
  });

  test('has selected fields of its authors, who are the same with and without accents', () => {
    const [first, second] = [SAMPLE[0]!, SAMPLE[1]!].map(
      (paper) => told(paper, 'authors.paperCount').authors,
    );
    expect(first).toEqual(Array(3).fill({ authorId: expect.any(String), paperCount: 3 }));
    expect((second as unknown[])[1]).toEqual((first as unknown[])[0]);
    expect(told(SAMPLE[2]!, 'authors.citationCount,authors.hIndex').authors).toEqual([
      { authorId: expect.any(String), citationCount: 11, hIndex: 2 },
    ]);
  });

  test.each([
    [[], 0],
    [[0, 0], 0],
    [[1], 1],
    [[5, 5, 5], 3],
    [[1, 10, 3, 3], 3],
  ])('an author of papers with %j citations has the h-index %d', (citations, h) => {
    expect(hIndexOf(citations)).toBe(h);
  });

  test('has no vector of another model', () => {
    expect(told(SAMPLE[0]!, 'embedding.specter_v2')).toMatchObject({ embedding: null });
    expect(told(SAMPLE[0]!, 'embedding.vector')).toMatchObject({ embedding: { model: 'm' } });
  });

  test.each([
    [{ externalIds: { doi: '10.1/x', arxiv: '1' } }, 'https://doi.org/10.1/x'],
    [{ externalIds: { arxiv: '2101.00001' } }, 'https://arxiv.org/abs/2101.00001'],
    [{ urls: { pdf: 'https://x.org/p.pdf' } }, 'https://x.org/p.pdf'],
  ])('of %j has the URL %s', (fields, url) => {
    expect(told(paperOf({ title: 'X', ...fields }), 'url')).toMatchObject({ url });
  });

  test('names its journal', () => {
    expect(told(SAMPLE[1]!, 'journal')).toMatchObject({
      journal: { name: 'Journal of Speech', volume: null, pages: null },
    });
  });
});

test.each([
  [{ authors: ['Iz Beltagy', 'A B', 'C D'], year: 2019 }, 'Beltagy et al., 2019'],
  [{ authors: ['Iz Beltagy', 'A Lo'], year: 2019 }, 'Beltagy & Lo, 2019'],
  [{ authors: ['Beltagy'] }, 'Beltagy'],
  [{ authors: [], year: 2019 }, '2019'],
  [{ authors: [] }, ''],
])('%j is "%s"', (paper, text) => {
  expect(authorsYearOf(paper)).toBe(text);
});
