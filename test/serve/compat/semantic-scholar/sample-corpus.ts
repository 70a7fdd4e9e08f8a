import { paperOf } from '../../../support/papers.ts';

export const S2_ID = '0123456789abcdef0123456789abcdef01234567';

/** Papers that have something for each filter and each kind of id. */
export const SAMPLE = [
  paperOf({
    id: 'graphs',
    title: 'Parsing with graphs: a study',
    abstract: 'We parse sentences with graphs. Trees are not enough for translation.',
    authors: ['Ada Müller', 'Juan Ejemplo', 'Kim Lee'],
    venue: 'Proceedings of the Conference on Parsing',
    year: 2019,
    date: '2019-03-05',
    categories: ['cs.CL', 'math-ph'],
    urls: { landing: 'https://www.example.org/Graphs/', pdf: 'https://example.org/graphs.pdf' },
    externalIds: { doi: '10.18653/v1/N18-3011', arxiv: '2106.15928', acl: 'N18-3011' },
  }),
  paperOf({
    id: 'speech',
    title: 'Translation of speech',
    abstract: 'Speech is translated by neural networks.',
    authors: ['Kim Lee', 'Ada Muller'],
    venue: 'Journal of Speech',
    year: 2021,
    externalIds: { s2: S2_ID, openreview: 'AbC-dEf' },
    references: ['doi:10.18653/v1/N18-3011', 'odd/id with "signs"', 'doi:10.1000/elsewhere'],
  }),
  paperOf({
    id: 'odd/id with "signs"',
    title: 'Neural networks of old',
    abstract: '',
    authors: ['Juan Ejemplo'],
    year: 2015,
    date: '2015-12',
    categories: ['Biology'],
    externalIds: { s2: '4711' },
    aliases: ['PMID:99'],
  }),
  paperOf({
    id: 'undated',
    title: 'Notes without a date',
    abstract: 'Graphs and speech.',
    references: ['graphs'],
  }),
];
