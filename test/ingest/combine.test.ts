import { expect, test } from 'vitest';
import { combine } from '../../src/ingest/combine.ts';
import { paperOf } from '../support/papers.ts';

const placeIn = (file: string) => ({ file, format: 'jsonl', record: 1 });
const arxiv = paperOf({
  id: 'arxiv:2101.1',
  title: 'One Paper',
  abstract: 'Its abstract.',
  authors: ['Ann Lee'],
  year: 2020,
  date: '2020-05-01',
  categories: ['cs.LG'],
  urls: { landing: 'https://arxiv.org/abs/2101.1', pdf: 'https://arxiv.org/pdf/2101.1' },
  externalIds: { arxiv: '2101.1' },
  source: placeIn('arxiv.jsonl'),
});
const bibtex = paperOf({
  id: 'doi:10.1/x',
  title: 'One paper',
  authors: ['A. Lee'],
  venue: 'Journal of Papers',
  year: 2021,
  tldr: 'A paper.',
  keywords: ['papers'],
  urls: { code: 'https://github.com/lee/one' },
  externalIds: { doi: '10.1/x' },
  source: placeIn('library.bib'),
});

test('one record is its paper', () => {
  expect(combine([arxiv])).toBe(arxiv);
});

test('a record with an abstract comes first; the other adds what it alone knows', () => {
  expect(combine([bibtex, arxiv])).toEqual({
    ...arxiv,
    venue: 'Journal of Papers',
    tldr: 'A paper.',
    urls: { ...arxiv.urls, code: 'https://github.com/lee/one' },
    keywords: ['papers'],
    externalIds: { arxiv: '2101.1', doi: '10.1/x' },
    sources: [arxiv.source, bibtex.source],
    provenance: {
      title: [0],
      abstract: [0],
      authors: [0],
      venue: [1],
      year: [0],
      date: [0],
      keywords: [1],
      categories: [0],
      'urls.landing': [0],
      'urls.pdf': [0],
      'urls.code': [1],
      tldr: [1],
      'externalIds.arxiv': [0],
      'externalIds.doi': [1],
    },
  });
});

test('the order of the records does not matter', () => {
  expect(combine([arxiv, bibtex])).toEqual(combine([bibtex, arxiv]));
});

test('among records with abstracts the stronger id comes first', () => {
  const article = { ...bibtex, abstract: 'The abstract of the article.' };
  expect(combine([arxiv, article])).toMatchObject({ title: 'One paper', year: 2021, source: article.source });
});

test('a date of another year is left out', () => {
  const article = { ...bibtex, abstract: 'The abstract of the article.' };
  expect(combine([arxiv, article]).date).toBeUndefined();
});

test.each<[string, object, object]>([
  ['the later year', { year: 2020 }, { year: 2021 }],
  ['the later date', { year: 2020, date: '2020-01-01' }, { year: 2020, date: '2020-03-01' }],
  ['the longer abstract', { abstract: 'Short.' }, { abstract: 'Rather longer.' }],
  ['the file whose name comes first', { source: placeIn('b') }, { source: placeIn('a') }],
])('then %s', (_, lesser, greater) => {
  const base = paperOf({ title: 'T', abstract: 'Short.' });
  const [a, b] = [
    { ...base, ...lesser },
    { ...base, ...greater },
  ];
  expect(combine([a, b])).toMatchObject(greater);
  expect(combine([b, a])).toMatchObject(greater);
});

test('keywords and areas of all records are put together, each once', () => {
  const other = {
    ...arxiv,
    keywords: ['Graphs'],
    categories: ['CS.lg', 'stat.ML'],
    source: placeIn('b.jsonl'),
  };
  const paper = combine([{ ...arxiv, keywords: ['graphs', 'trees'] }, other]);
  expect(paper).toMatchObject({ keywords: ['graphs', 'trees'], categories: ['cs.LG', 'stat.ML'] });
  expect(paper.provenance).toMatchObject({ keywords: [0], categories: [0, 1] });
});

test('takes venue, year and decision from the record of the paper that was accepted', () => {
  const rejected = paperOf({
    id: 'openreview:A',
    title: 'One paper',
    abstract: 'A longer abstract than the other.',
    venue: 'ICLR',
    year: 2019,
    acceptance: 'reject',
    externalIds: { openreview: 'A' },
    source: placeIn('iclr2019.json'),
  });
  const accepted = paperOf({
    id: 'x',
    title: 'One paper',
    abstract: 'An abstract.',
    venue: 'NeurIPS',
    year: 2018,
    acceptance: 'poster',
    source: placeIn('neurips2018.json'),
  });
  expect(combine([rejected, accepted])).toMatchObject({
    venue: 'NeurIPS',
    year: 2018,
    acceptance: 'poster',
    provenance: { venue: [1], year: [1], acceptance: [1], abstract: [0] },
  });
  // A journal that says nothing of a decision published it all the same.
  expect(combine([rejected, bibtex])).toMatchObject({ venue: 'Journal of Papers', acceptance: undefined });
  expect(combine([rejected, arxiv])).toMatchObject({ venue: 'ICLR', acceptance: 'reject' });
});

test('keeps the gravest status that a record has', () => {
  const corrected = { ...arxiv, status: { kind: 'corrected' } as const };
  const retracted = { ...bibtex, status: { kind: 'retracted', source: 'Crossref' } as const };
  expect(combine([corrected, retracted])).toMatchObject({
    status: retracted.status,
    provenance: { status: [1] },
  });
});

test('references of all records are one list, each work once', () => {
  const one = { ...arxiv, references: ['doi:10.1/a', 'x'], citedBy: ['y'] };
  const other = { ...bibtex, references: ['doi:10.1/a arxiv:2101.2', 'z'] };
  const { references, citedBy, provenance } = combine([one, other]);
  expect(references).toEqual(['doi:10.1/a arxiv:2101.2', 'x', 'z']);
  expect(citedBy).toEqual(['y']);
  expect(provenance).toMatchObject({ references: [0, 1], citedBy: [0] });
  expect(combine([arxiv, bibtex])).not.toHaveProperty('references');
});
