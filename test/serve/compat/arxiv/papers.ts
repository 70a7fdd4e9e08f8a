import type { Paper } from '../../../../src/papers/paper.ts';
import { paperOf } from '../../../support/papers.ts';

/** Papers whose answers can be worked out by hand. */
export const PAPERS: readonly Paper[] = [
  paperOf({
    id: 'arxiv:2412.02674',
    title: 'Minding the Gap in Self-Improvement',
    abstract: 'A gap & more.\n\nWe mind <it> \u0001.',
    authors: ['Yuda Song', 'Adrian Del Maestro'],
    date: '2024-12-03',
    year: 2025,
    venue: 'ICLR',
    categories: ['cs.LG', 'cs.AI'],
    externalIds: { arxiv: '2412.02674', doi: '10.1000/gap' },
  }),
  paperOf({
    id: 'b',
    title: 'The Gap',
    abstract: 'Of a gap.',
    authors: ['Adrian G. Del Maestro'],
    date: '2024-11',
  }),
  paperOf({
    id: 'old',
    title: 'Strings without a Gap',
    authors: ['Ann Other'],
    date: '1999-01-04',
    categories: ['hep-th'],
    urls: { landing: 'https://example.org/old', pdf: 'https://example.org/old.pdf' },
    externalIds: { arxiv: 'hep-th/9901001v2' },
  }),
  paperOf({ id: 'undated/1', title: 'A Gap in Time', authors: ['Maestro, Nobody'] }),
  paperOf({ id: 'other', title: 'Nothing of the Kind', categories: ['cs.LG'], year: 2024 }),
];
