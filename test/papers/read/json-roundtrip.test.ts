import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { displayName } from '../../../src/papers/names.ts';
import { arxivSnapshotReader } from '../../../src/papers/read/arxiv-snapshot.ts';
import { conferenceListReader } from '../../../src/papers/read/conference-list.ts';
import { crossrefReader, cslJsonReader } from '../../../src/papers/read/csl/reader.ts';
import { openAlexReader } from '../../../src/papers/read/openalex.ts';
import { openReviewReader } from '../../../src/papers/read/openreview.ts';
import type { Reader } from '../../../src/papers/read/reader.ts';
import { semanticScholarReader } from '../../../src/papers/read/semantic-scholar.ts';
import { noticesOf, papersOf, readAll } from '../../support/lines.ts';

interface Sample {
  readonly title: string;
  readonly abstract: string;
  readonly authors: readonly string[];
  readonly year: number;
}

// Words without what markup, TeX or joined lists give a meaning.
const word = fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => !/[\s<&\\;$\p{C}]/u.test(text));
const text = fc.array(word, { minLength: 1, maxLength: 12 }).map((words) => words.join(' '));
const sample: fc.Arbitrary<Sample> = fc.record({
  title: text,
  abstract: text,
  authors: fc.array(word),
  year: fc.integer({ min: 1900, max: 2099 }),
});

function invertedIndex(abstract: string): Record<string, number[]> {
  const index = new Map<string, number[]>();
  for (const [position, each] of abstract.split(' ').entries()) {
    index.set(each, [...(index.get(each) ?? []), position]);
  }
  // Unlike an assignment, this keeps a word such as __proto__.
  return Object.fromEntries(index);
}

/** How each format writes a paper, and the key under which a response lists them. */
const FORMATS: readonly [Reader, string | undefined, (paper: Sample) => unknown][] = [
  [
    openAlexReader,
    'results',
    ({ title, abstract, authors, year }) => ({
      id: 'https://openalex.org/W1',
      title,
      abstract_inverted_index: invertedIndex(abstract),
      authorships: authors.map((name) => ({ author: { display_name: name } })),
      publication_year: year,
    }),
  ],
  [
    openReviewReader,
    'notes',
    ({ title, abstract, authors, year }) => ({
      id: 'N',
      forum: 'N',
      content: {
        title: { value: title },
        abstract: { value: abstract },
        authors: { value: authors },
        venueid: { value: `ICLR.cc/${year}/Conference` },
      },
    }),
  ],
  [
    semanticScholarReader,
    'data',
    ({ authors, ...paper }) => ({ paperId: 'p', ...paper, authors: authors.map((name) => ({ name })) }),
  ],
  [
    crossrefReader,
    'items',
    ({ title, abstract, authors, year }) => ({
      DOI: '10.1000/x',
      title: [title],
      abstract: `<jats:p>${abstract}</jats:p>`,
      author: authors.map((family) => ({ family })),
      issued: { 'date-parts': [[year]] },
    }),
  ],
  [
    cslJsonReader,
    undefined,
    ({ title, abstract, authors, year }) => ({
      type: 'article',
      title,
      abstract,
      author: authors.map((literal) => ({ literal })),
      issued: { 'date-parts': [[String(year)]] },
    }),
  ],
  [
    conferenceListReader,
    undefined,
    ({ title, abstract, authors }) => ({
      title,
      abstract,
      author: authors.join(';'),
      status: 'Oral',
      track: '',
    }),
  ],
  [
    arxivSnapshotReader,
    undefined,
    ({ title, abstract, authors, year }) => ({
      id: '2101.00001',
      title: title.replaceAll(' ', '\n  '),
      abstract: `  ${abstract}\n`,
      authors_parsed: authors.map((family) => [family, '', '']),
      update_date: `${year}-01-01`,
    }),
  ],
];

describe('any papers, written and read back', () => {
  test.each(FORMATS.map((row) => [row[0].format, ...row] as const))('%s', async (_, reader, key, write) => {
    const arrangement = fc.constantFrom('lines', 'array', 'pretty', ...(key ? ['response'] : []));
    await fc.assert(
      fc.asyncProperty(fc.array(sample, { minLength: 1 }), arrangement, async (papers, how) => {
        const records = papers.map(write);
        const texts: Record<string, () => string> = {
          lines: () => records.map((record) => JSON.stringify(record)).join('\n'),
          array: () => JSON.stringify(records),
          pretty: () => JSON.stringify(records, null, 2),
          response: () => JSON.stringify({ count: records.length, [key!]: records, next: { offset: 1 } }),
        };
        const json = texts[how]!();
        expect(reader.detect(json, '-')).toBe(true);
        const items = await readAll(reader, json);
        expect(noticesOf(items, 'rejected')).toEqual([]);
        const found = papersOf(items).map((paper) => ({
          title: paper.title.replace(/\s+/g, ' '),
          abstract: paper.abstract.trim(),
          authors: paper.authors.map((name) => (typeof name === 'string' ? name : displayName(name))),
          // A conference list says it in its file's name.
          year: paper.year ?? 'none',
        }));
        const yearless = reader === conferenceListReader;
        expect(found).toEqual(papers.map((paper) => (yearless ? { ...paper, year: 'none' } : paper)));
      }),
      { numRuns: 50 },
    );
  });
});
