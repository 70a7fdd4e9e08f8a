import { SEARCH_MODES } from '../../../src/search/mode.ts';
import type { Case } from '../case.ts';

function cases(): Record<string, Case> {
  const all: Record<string, Case> = {};
  for (const mode of SEARCH_MODES) {
    for (const query of ['zebra', 'large model of graphs', 'zebra model', 'models AND graphs']) {
      all[`${mode}: ${query}`] = { ask: 'search', request: { query, mode, limit: 10, highlight: false } };
    }
    all[`${mode}: filtered`] = {
      ask: 'search',
      request: {
        query: 'model',
        mode,
        filters: { venue: ['EMNLP'], year: '>=2015' },
        limit: 10,
        highlight: false,
      },
    };
    all[`${mode}: deep page`] = {
      ask: 'search',
      request: { query: 'model of graphs', mode, limit: 5, offset: 300, highlight: false },
    };
    all[`${mode}: hidden submissions`] = {
      ask: 'search',
      request: { query: 'model', mode, rejected: 'hide', limit: 5, highlight: false },
    };
    all[`${mode}: among few`] = {
      ask: 'search',
      request: { query: 'model of graphs', mode, limit: 30, highlight: false },
      among: { ids: Array.from({ length: 30 }, (_, i) => `wide-${String(i * 49).padStart(4, '0')}`) },
    };
    all[`${mode}: related`] = {
      ask: 'related',
      request: { positive: ['wide-0040', 'wide-0333'], negative: ['wide-0080'], mode, limit: 10 },
    };
  }
  return all;
}

/** Questions to more papers than are candidates of an answer. */
const QUESTIONS: Readonly<Record<string, Case>> = {
  ...cases(),
  'facets by keyword': {
    ask: 'search',
    request: {
      query: 'model',
      mode: 'keyword',
      facets: ['year', 'venue', 'author', 'area', 'keyword'],
      limit: 0,
    },
  },
  'facets of a condition': {
    ask: 'search',
    request: { query: 'title:model year:2010..', facets: ['year', 'venue', 'author', 'area'], limit: 0 },
  },
  'facets of everything': {
    ask: 'search',
    request: {
      query: '',
      sort: 'title',
      facets: ['year', 'venue', 'author', 'area', 'acceptance'],
      limit: 3,
      highlight: false,
    },
  },
  'everything by date': { ask: 'search', request: { query: '', sort: 'date', limit: 12, highlight: false } },
  'everything by date, a deep page': {
    ask: 'search',
    request: { query: '', sort: 'date', limit: 12, offset: 700, highlight: false },
  },
  'everything by date, the end': {
    ask: 'search',
    request: { query: '', sort: 'date', limit: 12, offset: 1494, highlight: false },
  },
  'everything by citations': {
    ask: 'search',
    request: { query: '', sort: 'citations', limit: 25, highlight: false },
  },
  'everything by citations, a deep page': {
    ask: 'search',
    request: { query: '', sort: 'citations', limit: 5, offset: 900, highlight: false },
  },
  'a condition by title': {
    ask: 'search',
    request: { query: 'title:model has:pdf', sort: 'title', limit: 10, offset: 50, highlight: false },
  },
  'a keyword answer by date': {
    ask: 'search',
    request: { query: 'zebra', mode: 'keyword', sort: 'date', limit: 40, highlight: false },
  },
  'a large keyword answer by title': {
    ask: 'search',
    request: { query: 'model', mode: 'keyword', sort: 'title', limit: 10, offset: 100, highlight: false },
  },
  'a conjunction': {
    ask: 'search',
    request: { query: 'zebra AND "large model"', mode: 'keyword', limit: 50, highlight: false },
  },
  'citing a paper': {
    ask: 'citations',
    id: 'wide-0000',
    request: { direction: 'citations', limit: 5, offset: 20 },
  },
  snowball: { ask: 'snowball', request: { ids: ['wide-0003'], direction: 'both', depth: 2, limit: 10 } },
  'a count': { ask: 'count', selection: { where: 'model OR graphs', filters: { year: '2000..2020' } } },
  'a listing': { ask: 'papers', listing: { where: 'title:zebra', order: 'date' } },
  'a page of a listing': { ask: 'papers', listing: { order: 's2PaperId', offset: 1000, limit: 20 } },
  completions: { ask: 'suggest', text: 'ann author1' },
  misspelt: { ask: 'search', request: { query: 'zebrra', mode: 'keyword', limit: 5, highlight: false } },
  links: { ask: 'countLinks', ids: ['wide-0000', 'wide-0001', 'wide-1499'] },
};

export const WIDE_CASES: Readonly<Record<string, Case>> = Object.fromEntries(
  Object.entries(QUESTIONS).map(([name, question]): [string, Case] => [name, { ...question, on: 'wide' }]),
);
