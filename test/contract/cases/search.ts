import { FACETS, SORT_NAMES } from '../../../src/papers/fields.ts';
import { FUSION_NAMES } from '../../../src/search/fuse/methods.ts';
import { SEARCH_MODES } from '../../../src/search/mode.ts';
import type { Case } from '../case.ts';

/** Queries that people would write. */
const QUERIES = [
  'self-improvement',
  'papers about how language models learn from their own answers',
  'dependency parsing with graphs',
  'hybrid retrieval',
  'dense retreival vectors',
  'earthworms in gardens',
  'worms 2020',
  'worms after 2019',
  'papers by Corbató or Udo Pooch',
  'articles on time sharing by Corbató',
  'Visualizing Data using t-SNE',
  'The Who',
  'it',
  'the of',
  'C++',
  'Häuser aus Holz',
  'neural network earthquake',
  'redes neuronales terremotos',
  '深度学习',
  'α-stable noise',
  'beta lactamase',
  'nearest neighbor serach',
  'sourdough bread baking',
  'qqqzzz',
  'J. Smith',
  'van der Maaten hinton',
  'arthritis',
  '10.1000/lm.2020.1',
  'arXiv:2412.02674',
  'https://openreview.net/forum?id=WJaUkwci9o',
  'ties',
] as const;

function cases(): Record<string, Case> {
  const all: Record<string, Case> = {};
  for (const query of QUERIES) {
    for (const mode of SEARCH_MODES) {
      all[`${mode}: ${query}`] = { ask: 'search', request: { query, mode, limit: 10 } };
    }
  }
  for (const fusion of FUSION_NAMES) {
    for (const query of ['language models', 'parsing graphs', 'worms in soil']) {
      all[`fused by ${fusion}: ${query}`] = {
        ask: 'search',
        request: { query, fusion, limit: 12, highlight: false },
      };
    }
  }
  for (const sort of SORT_NAMES) {
    for (const request of [{ query: '' }, { query: 'parsing' }, { query: 'keyword:ties OR venue:ties' }]) {
      all[`by ${sort}: ${request.query || 'everything'}`] = {
        on: 'later',
        ask: 'search',
        request: { ...request, sort, limit: 100, highlight: false },
      };
    }
  }
  for (const query of ['language models', 'author:quill', 'graphs']) {
    all[`facets: ${query}`] = {
      on: 'later',
      ask: 'search',
      request: { query, facets: [...FACETS], limit: 0 },
    };
    all[`facets by keyword: ${query}`] = {
      on: 'later',
      ask: 'search',
      request: { query, mode: 'keyword', facets: [...FACETS], limit: 0 },
    };
  }
  all['facets of everything'] = {
    on: 'later',
    ask: 'search',
    request: { query: '', sort: 'date', facets: [...FACETS], limit: 0 },
  };
  for (const query of [
    'self-improvement of language models',
    'photo bleaching',
    'author:smith trial',
    'worms 2020',
  ]) {
    for (const mode of SEARCH_MODES) {
      all[`explained, ${mode}: ${query}`] = {
        ask: 'search',
        request: { query, mode, explain: true, limit: 3, highlight: false },
      };
    }
  }
  for (const mode of SEARCH_MODES) {
    for (const offset of [0, 7, 14, 21, 60, 1000]) {
      all[`page at ${offset}, ${mode}`] = {
        ask: 'search',
        request: { query: 'language models and parsing', mode, offset, limit: 7, highlight: false },
      };
    }
  }
  return all;
}

/** What filters and other members of a request do. */
const REQUESTS: Readonly<Record<string, Case>> = {
  'relevant first': { ask: 'search', request: { query: 'language models', relevantFirst: true, limit: 20 } },
  'relevant first, by keyword': {
    ask: 'search',
    request: { query: 'language models', mode: 'keyword', relevantFirst: true, limit: 20 },
  },
  'rejected hidden': { ask: 'search', request: { query: 'reward', rejected: 'hide', mode: 'keyword' } },
  'rejected shown': { ask: 'search', request: { query: 'reward', rejected: 'show', mode: 'keyword' } },
  'rejected hidden, hybrid': { ask: 'search', request: { query: 'self-improvement', rejected: 'hide' } },
  'rejected named': { ask: 'search', request: { query: 'reward acceptance:reject', rejected: 'hide' } },
  'rejected named by a filter': {
    ask: 'search',
    request: { query: 'reward', rejected: 'hide', filters: { is: ['unpublished'] } },
  },
  'rejected hidden in facets': {
    ask: 'search',
    request: { query: 'language models', rejected: 'hide', facets: ['acceptance', 'year'], limit: 0 },
  },
  plain: {
    ask: 'search',
    request: { query: 'AND OR NOT "quotes" (brackets)', plain: true, mode: 'keyword' },
  },
  'not plain': { ask: 'search', request: { query: 'boolean AND operators', mode: 'keyword' } },
  'no fallback': { ask: 'search', request: { query: 'retreival of pasages', fallback: false } },
  'fallback by spelling': { ask: 'search', request: { query: 'erthquake predicton' } },
  'fallback by spelling, keyword': { ask: 'search', request: { query: 'metotrexate', mode: 'keyword' } },
  'fallback by sentences': {
    ask: 'search',
    request: { query: 'harmless independence of words counted twice' },
  },
  'reranked by sentences': {
    ask: 'search',
    request: { query: 'models judge their own answers', rerank: 5, limit: 6 },
  },
  'reranked, in semantic mode, explained': {
    ask: 'search',
    request: {
      query: 'models judge their own answers',
      rerank: 4,
      mode: 'semantic',
      explain: true,
      limit: 2,
    },
  },
  'filtered by year': { ask: 'search', request: { query: 'models', filters: { year: '2020..2023' } } },
  'filtered by year alone': { ask: 'search', request: { query: '', filters: { year: 2021 } } },
  'filtered by several values': {
    ask: 'search',
    request: { query: 'models', filters: { venue: ['iclr', 'NeurIPS'], acceptance: ['oral'] } },
  },
  'filtered by words of a value': { ask: 'search', request: { query: '', filters: { author: ['smith'] } } },
  'filtered by a plural': { ask: 'search', request: { query: '', filters: { keyword: ['language model'] } } },
  'filtered by an author in another form': {
    ask: 'search',
    request: { query: '', filters: { author: ['Smith, J.'] }, sort: 'title' },
  },
  'filtered by citations': {
    ask: 'search',
    request: { query: '', filters: { citations: '>=2' }, sort: 'citations', limit: 20 },
  },
  'filtered by references and pdf': {
    ask: 'search',
    request: { query: '', filters: { references: '>=1', has: ['pdf', 'abstract'] }, limit: 20 },
  },
  'filtered by arrival': {
    on: 'later',
    ask: 'search',
    request: { query: '', filters: { added: '>={between}' }, sort: 'added' },
  },
  'filtered by change': {
    on: 'later',
    ask: 'search',
    request: { query: '', filters: { changed: '>={between}' }, sort: 'title' },
  },
  'filtered by session': { ask: 'search', request: { query: 'models', filters: { session: ['oral'] } } },
  'filtered by area and language': {
    ask: 'search',
    request: { query: 'learning', filters: { area: ['cs.CL'], language: ['de', 'zh'] } },
  },
  'filtered by type': {
    ask: 'search',
    request: { query: '', filters: { publicationType: ['book', 'chapter'] } },
  },
  'filtered to nothing': { ask: 'search', request: { query: 'models', filters: { year: 1800 } } },
  'no filter value': { ask: 'search', request: { query: 'models', filters: { venue: [] }, limit: 3 } },
  'among ids': {
    ask: 'search',
    request: { query: 'models', limit: 20 },
    among: { ids: ['godel', 'tsne', 'lm-2020', 'nobody', 'cot-2022'] },
  },
  'among ids by keyword': {
    ask: 'search',
    request: { query: 'models', mode: 'keyword', limit: 20 },
    among: { ids: ['godel', 'tsne', 'lm-2020', 'nobody', 'cot-2022'] },
  },
  'among a condition': {
    ask: 'search',
    request: { query: 'models', mode: 'semantic', limit: 20, highlight: false },
    among: { where: 'area:cs.CL year:2020..' },
  },
  'among filters, with facets': {
    ask: 'search',
    request: { query: 'models', limit: 3, facets: ['year', 'venue'] },
    among: { filters: { venue: ['ICLR'] } },
  },
  'among nothing': { ask: 'search', request: { query: 'models' }, among: { ids: [] } },
  'after a paper': {
    on: 'later',
    ask: 'search',
    request: {
      query: '',
      sort: 'added',
      after: { id: 'tie-c', added: '{between}' },
      limit: 5,
      highlight: false,
    },
  },
  'a page of none': { ask: 'search', request: { query: 'models', limit: 0 } },
  'without highlights': { ask: 'search', request: { query: 'models', highlight: false, limit: 3 } },
  'highlights of forms, of phrases and of Greek': {
    ask: 'search',
    request: { query: '"β-lactamase" evolving OR parsed OR "α-stable"', mode: 'keyword' },
  },
};

export const SEARCHES: Readonly<Record<string, Case>> = { ...cases(), ...REQUESTS };
