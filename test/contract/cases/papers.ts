import { SORTS } from '../../../src/search/api.ts';
import { SEARCH_MODES } from '../../../src/search/mode.ts';
import type { Case } from '../case.ts';

function related(): Record<string, Case> {
  const all: Record<string, Case> = {};
  for (const mode of SEARCH_MODES) {
    all[`related to one, ${mode}`] = {
      ask: 'related',
      request: { positive: ['self-improve-1'], mode, limit: 12 },
    };
    all[`related to several, ${mode}`] = {
      ask: 'related',
      request: { positive: ['parsing-1', 'dense-1', 'worms-2'], mode, limit: 12 },
    };
    all[`unlike some, ${mode}`] = {
      ask: 'related',
      request: { positive: ['hybrid-1', 'cot-2022'], negative: ['bm25', 'lm-2020'], mode, limit: 12 },
    };
    all[`related to a text, ${mode}`] = {
      ask: 'related',
      request: { text: 'worms that live in the soil of gardens', mode, limit: 6 },
    };
    all[`related to a paper and a text, ${mode}`] = {
      ask: 'related',
      request: { positive: ['lm-2020'], text: 'reinforcement learning', mode, limit: 8, rejected: 'hide' },
    };
  }
  for (const sort of SORTS) {
    all[`related by ${sort}`] = {
      on: 'later',
      ask: 'related',
      request: { positive: ['self-improve-1', 'parsing-3'], sort, limit: 30, facets: ['year', 'keyword'] },
    };
  }
  return all;
}

/** Related papers, relevance, links, listings, look-ups, completion, schedules. */
export const PAPERS: Readonly<Record<string, Case>> = {
  ...related(),
  'related, filtered': {
    ask: 'related',
    request: { positive: ['dense-1'], filters: { venue: ['SIGIR', 'EMNLP'] }, limit: 10 },
  },
  'related among ids': {
    ask: 'related',
    request: { positive: ['dense-1'], limit: 10 },
    among: { ids: ['bm25', 'dense-1', 'godel', 'hnsw'] },
  },
  'related by an alias and a DOI': {
    ask: 'related',
    request: { positive: ['doi:10.1145/3477495.0002', 'arxiv:1603.09320'], limit: 5 },
  },
  'related, second page': { ask: 'related', request: { positive: ['bm25'], offset: 5, limit: 5 } },
  'related to an unknown paper': { ask: 'related', request: { positive: ['nobody'] } },
  'related to nothing': { ask: 'related', request: { negative: ['bm25'] } },
  'related to and unlike the same': { ask: 'related', request: { positive: ['bm25'], negative: ['bm25'] } },
  'relevant to a query': { ask: 'relevance', request: { query: 'language models' } },
  'relevant by keyword': {
    ask: 'relevance',
    request: { query: 'language models year:2025', mode: 'keyword' },
  },
  'relevant, hidden': { ask: 'relevance', request: { query: 'reward hacking', rejected: 'hide' } },
  'relevant to papers': { ask: 'relevance', request: { positive: ['parsing-1', 'worms-2'] } },
  'relevant to papers and a query': {
    ask: 'relevance',
    request: { positive: ['hybrid-1'], query: 'vectors year:2018..2023', negative: ['tsne'] },
  },
  'relevant among': {
    ask: 'relevance',
    request: { query: 'parsing', filters: { year: '2005..2016' } },
    among: { ids: ['parsing-1', 'parsing-2', 'parsing-3', 'book-1', 'godel'] },
  },
  'relevant to a condition alone': { ask: 'relevance', request: { query: 'venue:ties' } },
  'relevant to nothing': { ask: 'relevance', request: {} },
  'cited by a paper': { ask: 'citations', id: 'hybrid-1', request: { direction: 'references' } },
  'cited by a paper, with outside works': {
    ask: 'citations',
    id: 'self-improve-1',
    request: { direction: 'references', sort: 'title' },
  },
  'citing a paper': { ask: 'citations', id: 'lm-2020', request: { direction: 'citations', limit: 3 } },
  'citing a paper, by citations': {
    ask: 'citations',
    id: 'arxiv:2201.11903',
    request: { direction: 'citations', sort: 'citations', offset: 1 },
  },
  'an outside work comes in': {
    on: 'later',
    ask: 'citations',
    id: 'later-2',
    request: { direction: 'citations' },
  },
  'citing a retracted paper': {
    on: 'later',
    ask: 'citations',
    id: 'retracted-1',
    request: { direction: 'citations', sort: 'added' },
  },
  'links of an unknown paper': { ask: 'citations', id: 'nobody', request: { direction: 'citations' } },
  'numbers of links': { ask: 'countLinks', ids: ['lm-2020', 'survey-2025', 'the-who', 'hybrid-1'] },
  'numbers of links, later': {
    on: 'later',
    ask: 'countLinks',
    ids: ['self-improve-1', 'worms-2', 'later-2'],
  },
  'numbers of links of an unknown paper': { ask: 'countLinks', ids: ['lm-2020', 'nobody'] },
  'snowball back': { ask: 'snowball', request: { ids: ['survey-2025'], direction: 'backward', depth: 2 } },
  'snowball forward': {
    ask: 'snowball',
    request: { ids: ['lm-2020'], direction: 'forward', depth: 3, limit: 20 },
  },
  'snowball both ways': { ask: 'snowball', request: { ids: ['bm25', 'parsing-2'], depth: 2, limit: 20 } },
  'snowball, second page': { ask: 'snowball', request: { ids: ['lm-2020'], depth: 5, limit: 3, offset: 3 } },
  'snowball, later': { on: 'later', ask: 'snowball', request: { ids: ['worms-2', 'co2'], depth: 2 } },
  'snowball from nothing': { ask: 'snowball', request: { ids: [] } },
  'snowball from an unknown paper': { ask: 'snowball', request: { ids: ['nobody'] } },
  'the whole schedule': { ask: 'schedule', request: {} },
  'the schedule of a day': { ask: 'schedule', request: { day: '2025-04-24' } },
  'the schedule of a hall': { ask: 'schedule', request: { hall: ['hall 1 apex', 'HALL 2'] } },
  'the schedule for a query': { ask: 'schedule', request: { query: 'self-correct', limit: 3 } },
  'the schedule for a condition': { on: 'later', ask: 'schedule', request: { query: 'session:poster' } },
  'the schedule for a query by keyword': { ask: 'schedule', request: { query: 'graph', mode: 'keyword' } },
  'the schedule of no such day': { ask: 'schedule', request: { day: '2025-02-30' } },
  ...Object.fromEntries(
    [
      'self',
      'lang',
      'yud',
      'van der',
      'smi',
      'the',
      'gra',
      'häu',
      'hau',
      'c++',
      '2412.02',
      '10.1145/34',
      'zzz',
      '',
      'Q',
    ].map((text): [string, Case] => [`completions of "${text}"`, { on: 'later', ask: 'suggest', text }]),
  ),
  'few completions': { ask: 'suggest', text: 'p', limit: 2 },
  'completions in half': { ask: 'suggest', text: 'p', limit: 1.5 },
  ...Object.fromEntries(
    [
      'self-improve-1',
      'arxiv:2412.02674',
      '2412.02674v2',
      'https://doi.org/10.1000/LM.2020.1',
      'openreview:WJaUkwci9o',
      'dblp-hnsw',
      'hnsw',
      'retracted-1',
      'german-1',
      'book-1',
      'many-authors',
      'undated-2',
      'pmid:22345678',
      'nobody',
      '10.9999/outside.1',
    ].map((id): [string, Case] => [`paper ${id}`, { ask: 'paper', id }]),
  ),
  'a paper that changed': { on: 'later', ask: 'paper', id: 'hybrid-2' },
  'a paper that came later': { on: 'later', ask: 'paper', id: 'later-1' },
  'a paper that was removed': { on: 'later', ask: 'paper', id: 'photo-2' },
  'a paper before it was removed': { ask: 'paper', id: 'photo-2' },
  ...Object.fromEntries(
    (
      [
        'date',
        'title',
        'citations',
        'added',
        'day',
        'oldestDay',
        's2PaperId',
        'mostCited',
        'leastCited',
      ] as const
    ).flatMap((order): [string, Case][] => [
      [`all papers by ${order}`, { on: 'later', ask: 'papers', listing: { order } }],
      [
        `some papers by ${order}`,
        {
          on: 'later',
          ask: 'papers',
          listing: { order, where: 'area:cs.IR OR venue:ties', offset: 2, limit: 4 },
        },
      ],
    ]),
  ),
  'papers by their ids': {
    ask: 'papers',
    listing: { ids: ['tie-c', 'nobody', 'bm25', 'tie-c', 'alpha-stable'] },
  },
  'papers by earlier ids': {
    ask: 'papers',
    listing: { ids: ['hnsw', 'bm25', 'dblp-hnsw', 'Hnsw', '10.1561/1500000019'] },
  },
  'papers by their ids, filtered': {
    ask: 'papers',
    listing: { ids: ['tie-c', 'bm25', 'alpha-stable'], filters: { area: ['cs.ir'] }, order: 'title' },
  },
  'papers with a wrong filter': {
    ask: 'papers',
    listing: { filters: { year: 'soon' } },
  },
  'papers published in a field of study': {
    ask: 'papers',
    listing: { filters: { fieldOfStudy: ['Biology'] }, order: 'oldestDay' },
  },
  'count of all': { ask: 'count', selection: {} },
  'count of all, later': { on: 'later', ask: 'count', selection: {} },
  'count of a condition': { ask: 'count', selection: { where: 'title:parsing -year:2021' } },
  'count of filters': { ask: 'count', selection: { filters: { has: ['pdf'], year: '>=2020' } } },
  'count of days': { ask: 'count', selection: { filters: { day: { from: 20200101, to: 20221231 } } } },
  'count of ids': { ask: 'count', selection: { ids: ['bm25', 'nobody', 'godel'], where: '-author:quill' } },
  ...Object.fromEntries(
    [
      '10.1000/lm.2020.1',
      'DOI:10.1000/LM.2020.1',
      'https://doi.org/10.1000/lm.2020.1',
      'arXiv:2201.11903',
      '2201.11903v9',
      'http://arxiv.org/pdf/2201.11903v1',
      'https://aclanthology.org/H05-1066/',
      'dblp-self',
      'PMID: 22345678',
      'BF01700692',
      '',
      '9780306406157',
    ].map((identifier): [string, Case] => [`identified: ${identifier}`, { ask: 'identify', identifier }]),
  ),
  'identified by a URL': {
    ask: 'identify',
    field: 'url',
    identifier: 'http://openreview.net/forum?id=CjwERcAU7w',
  },
  'numbers of papers with identifiers': {
    ask: 'countEach',
    field: 'id',
    identifiers: ['10.1000/ties.1', 'nobody', 'arxiv:2412.02674', 'tie-a', 'tie-a'],
  },
  'numbers of papers with addresses': {
    ask: 'countEach',
    field: 'url',
    identifiers: ['https://example.org/hybrid.pdf', 'https://example.org/none.pdf'],
  },
  vectors: { ask: 'vectors', ids: ['bm25', 'chinese-1', 'undated-2'] },
  'vectors of a paper that changed': { on: 'later', ask: 'vectors', ids: ['hybrid-2', 'later-3'] },
  'vectors of an unknown paper': { ask: 'vectors', ids: ['bm25', 'nobody'] },
  'facts about the corpus': { on: 'later', ask: 'stats' },
};

/** Requests that are wrong. */
export const MISTAKES: Readonly<Record<string, Case>> = {
  'an empty query': { ask: 'search', request: { query: '' } },
  'a blank query': { ask: 'search', request: { query: '  \n ' } },
  'an unknown mode': { ask: 'search', request: { query: 'x', mode: 'magic' as never } },
  'an unknown sort': { ask: 'search', request: { query: 'x', sort: 'colour' as never } },
  'an unknown facet': { ask: 'search', request: { query: 'x', facets: ['colour' as never] } },
  'an unknown filter': { ask: 'search', request: { query: 'x', filters: { colour: ['red'] } as never } },
  'an unknown member': { ask: 'search', request: { query: 'x', colour: 'red' } as never },
  'a year that is none': { ask: 'search', request: { query: 'x', filters: { year: 'soon' } } },
  'a year that ends before it begins': {
    ask: 'search',
    request: { query: 'x', filters: { year: '2024..2020' } },
  },
  'a flag that is none': { ask: 'search', request: { query: 'x', filters: { has: ['colour' as never] } } },
  'a negative limit': { ask: 'search', request: { query: 'x', limit: -1 } },
  'half an offset': { ask: 'search', request: { query: 'x', offset: 0.5 } },
  'after without arrival': {
    ask: 'search',
    request: { query: 'x', after: { id: 'a', added: '2026-01-01T00:00:00Z' } },
  },
  'an unknown reranker': { ask: 'search', request: { query: 'models', rerankBy: 'magic' } },
  'a reranking budget for nothing': { ask: 'search', request: { query: 'models', rerankBudgetMs: 5 } },
  'a mistake in a strict query': { ask: 'search', request: { query: '(parsing', strict: true } },
  'too many conditions': {
    ask: 'search',
    request: { query: Array.from({ length: 1200 }, (_, i) => `a${i}`).join(' OR ') },
  },
  'an outline without a map': {
    ask: 'search',
    request: {
      query: 'x',
      filters: {
        within: [
          [0, 0],
          [9, 9],
          [0, 9],
        ],
      },
    },
  },
  'a cluster without a map': { ask: 'search', request: { query: 'x', filters: { cluster: ['a'] } } },
  'a map of a corpus without one': { ask: 'map' },
  'an unknown kind of links': { ask: 'citations', id: 'bm25', request: { direction: 'sideways' as never } },
  'a snowball too deep': { ask: 'snowball', request: { ids: ['bm25'], depth: 6 } },
  'a limit of a schedule': { ask: 'schedule', request: { limit: 0 } },
};
