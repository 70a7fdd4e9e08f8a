import type { Case, Wanted } from '../case.ts';

const keyword = (query: string) =>
  ({ ask: 'search', request: { query, mode: 'keyword', limit: 100 } }) as const;

/**
 * Cases whose wanted answers follow from the corpus by reading it, and not from any engine. Papers of several records have
 * the id of the first by name: `dblp-self` is self-improve-1.
 */
export const BY_HAND: readonly (readonly [what: string, question: Case, wanted: Wanted])[] = [
  // How many papers there are: 66 records and 5 more, 4 of which are of papers that are there; then 3 come and 2 go.
  ['counts papers, and not records', { ask: 'count', selection: {} }, { like: 67 }],
  ['counts papers after a change', { on: 'later', ask: 'count', selection: {} }, { like: 68 }],
  ['counts the wide corpus', { on: 'wide', ask: 'count', selection: {} }, { like: 1500 }],
  [
    'counts papers that are modulo 40 in the wide corpus',
    { on: 'wide', ask: 'search', request: { query: 'title:zebra', mode: 'keyword', limit: 100 } },
    { total: 38, set: Array.from({ length: 38 }, (_, i) => `wide-${String(i * 40).padStart(4, '0')}`) },
  ],
  [
    'counts papers with one of two words, of more than are candidates',
    { on: 'wide', ask: 'search', request: { query: 'title:(zebra OR model)', mode: 'keyword', limit: 0 } },
    // Multiples of 3 (500) and of 40 (38) below 1500, less those of 120 (13).
    { total: 525 },
  ],
  [
    'hides 17 rejected submissions of the wide corpus',
    { on: 'wide', ask: 'search', request: { query: '', sort: 'title', rejected: 'hide', limit: 1 } },
    { total: 1483, like: { rejectedHidden: 17 } },
  ],
  // Conditions.
  ['finds a year', keyword('year:2021'), { set: ['parsing-3', 'parsing-4', 'translation-1'], total: 3 }],
  ['finds papers without a year', keyword('-year:1000..2999'), { set: ['undated-1', 'undated-2'] }],
  [
    'finds papers without an abstract',
    keyword('-has:abstract'),
    { set: ['the-who', 'undated-2', 'empty-1'] },
  ],
  ['finds a phrase in its order only', keyword('"models language"'), { total: 0 }],
  [
    'finds a hyphenated word as two',
    keyword('title:"self improvement"'),
    { set: ['dblp-self', 'rejected-2', 'survey-2025'] },
  ],
  [
    'finds a hyphenated word as one',
    keyword('title:selfimprovement'),
    { set: ['dblp-self', 'rejected-2', 'survey-2025'] },
  ],
  ['finds no two words across the ends of keywords', keyword('keyword:"models verification"'), { total: 0 }],
  ['finds no two words across authors', keyword('author:"Smith-Jones Tanaka"'), { total: 0 }],
  ['finds words near each other', keyword('"retrieval vectors"~2'), { set: ['dblp-hybrid', 'dblp-dense'] }],
  ['finds a prefix', keyword('title:trans*'), { set: ['poster-graph', 'translation-1'] }],
  [
    'finds a misspelt word',
    keyword('title:parsimg~'),
    { set: ['parsing-1', 'parsing-3', 'parsing-4', 'book-1'] },
  ],
  ['finds a word in capitals with signs', keyword('"C#"'), { set: ['cpp-1', 'cpp-2'] }],
  ['finds a Greek letter by its name', keyword('title:"alpha stable"'), { set: ['alpha-stable'] }],
  ['finds the last word of a long text', keyword('quagga'), { set: ['long-1'], total: 1 }],
  ['excludes', keyword('title:parsing -graph -graphs'), { set: ['parsing-4'] }],
  [
    'combines',
    keyword('(author:quill OR author:zaragoza) AND NOT year:2011 has:pdf'),
    { set: ['dblp-hybrid'], total: 1 },
  ],
  [
    'finds all papers of one person whose name may be short',
    keyword('author:"Smith, John"'),
    { set: ['corrected-1', 'concern-1', 'poster-rl', 'query-words'] },
  ],
  ['finds a name with an umlaut by its other spelling', keyword('author:goedel'), { set: ['godel'] }],
  ['finds a name with particles', keyword('author:"van der Maaten"'), { set: ['translation-1', 'tsne'] }],
  ['finds a plural keyword as one', keyword('keyword:earthworm'), { set: ['co2', 'worms-2', 'retracted-1'] }],
  ['finds a retracted paper', keyword('is:retracted'), { set: ['retracted-1'] }],
  [
    'finds what was not published',
    keyword('is:unpublished'),
    { set: ['rejected-1', 'rejected-2', 'withdrawn-1', 'submitted-1'] },
  ],
  ['finds a language', keyword('language:de'), { set: ['german-1', 'german-2'] }],
  ['finds forms of a German word', keyword('Haus'), { set: ['german-1'] }],
  ['finds a session', keyword('session:"Oral Session 6A"'), { set: ['dblp-self', 'self-improve-2'] }],
  [
    'finds an area in any case',
    keyword('area:cs.ir venue:ties'),
    { set: ['tie-a', 'tie-b', 'tie-c', 'tie-d', 'tie-e'] },
  ],
  ['finds a paper by another version', keyword('id:2201.11903v1'), { set: ['cot-2022'] }],
  [
    'finds what cites a paper',
    keyword('cites:10.1000/lm.2020.1'),
    {
      set: ['dblp-self', 'self-improve-2', 'score-rl', 'cot-2022', 'cot-2023'],
    },
  ],
  [
    'finds what cites an outside work',
    keyword('cites:10.9999/outside.2'),
    { set: ['dblp-dense', 'dblp-hybrid'] },
  ],
  ['finds what a paper cites', keyword('cited-by:cot-2023'), { set: ['cot-2022', 'lm-2020'] }],
  ['finds the most cited', keyword('citations:>=4'), { set: ['lm-2020', 'cot-2022'] }],
  [
    'finds what came in later',
    { on: 'later', ...keyword('added:>={between}') },
    { set: ['later-1', 'later-2', 'later-3'] },
  ],
  [
    'finds what changed later',
    { on: 'later', ...keyword('changed:>={between}') },
    { set: ['hybrid-2', 'later-1', 'later-2', 'later-3'] },
  ],
  // Snapshots.
  [
    'keeps a removed paper in the old snapshot',
    { ask: 'identify', identifier: 'photo-2' },
    { like: ['photo-2'] },
  ],
  ['has no removed paper', { on: 'later', ask: 'identify', identifier: 'photo-2' }, { like: [] }],
  ['has no removed paper by its words', { on: 'later', ...keyword('photooxidation') }, { total: 0 }],
  ['does not know later words in the old snapshot', keyword('zebrafish'), { total: 0 }],
  ['knows later words in the new snapshot', { on: 'later', ...keyword('zebrafish') }, { set: ['later-1'] }],
  [
    'has the new title of a changed paper',
    { on: 'later', ...keyword('title:replication') },
    { set: ['hybrid-2'] },
  ],
  ['has the old title in the old snapshot', keyword('title:replication'), { total: 0 }],
  ['throws for an unknown paper', { ask: 'paper', id: 'nobody' }, { error: 'NOT_FOUND' }],
  ['throws for a removed paper', { on: 'later', ask: 'paper', id: 'worms-3' }, { error: 'NOT_FOUND' }],
  // Identifiers.
  [
    'knows a paper by the DOI of another record',
    { ask: 'identify', identifier: '10.1109/TPAMI.2018.2889473' },
    { like: ['dblp-hnsw'] },
  ],
  [
    'knows a paper by the id of another record',
    { ask: 'identify', identifier: 'self-improve-1' },
    { like: ['dblp-self'] },
  ],
  [
    'knows a DOI in capitals',
    { ask: 'identify', identifier: 'https://doi.org/10.1000/LM.2020.1' },
    { like: ['lm-2020'] },
  ],
  [
    'counts each identifier',
    { ask: 'countEach', field: 'id', identifiers: ['tie-a', 'nobody', '10.1000/ties.2'] },
    { like: [1, 0, 1] },
  ],
  // Orders, with ties.
  [
    'sorts by date, and equal dates by title and id',
    { ask: 'search', request: { query: 'venue:ties', sort: 'date', limit: 10 } },
    { ids: ['tie-a', 'tie-b', 'tie-c', 'tie-d', 'tie-e'], total: 5 },
  ],
  [
    'sorts by title, from the first letter on',
    { ask: 'search', request: { query: 'venue:ties', sort: 'title', limit: 10 } },
    { ids: ['tie-a', 'tie-b', 'tie-d', 'tie-e', 'tie-c'] },
  ],
  [
    'sorts by citations, and equal numbers by date',
    { ask: 'search', request: { query: 'citations:>=2 year:>=2019', sort: 'citations', limit: 10 } },
    // They are cited 5, 4, 3 and 2 times.
    { ids: ['lm-2020', 'cot-2022', 'dblp-self', 'dblp-dense'] },
  ],
  [
    'lists papers without a date last',
    { ask: 'papers', listing: { order: 'date', offset: 65 } },
    { set: ['undated-1', 'undated-2'] },
  ],
  [
    'lists ids in their order, once',
    { ask: 'papers', listing: { ids: ['tie-c', 'x', 'bm25', 'tie-c'] } },
    { ids: ['tie-c', 'bm25'] },
  ],
  // Links.
  [
    'counts links',
    { ask: 'countLinks', ids: ['lm-2020', 'survey-2025'] },
    {
      like: [
        { references: 0, citations: 5 },
        { references: 4, citations: 0 },
      ],
    },
  ],
  [
    'names works outside of the index',
    { ask: 'citations', id: 'dblp-dense', request: { direction: 'references' } },
    { ids: ['bm25'], like: { outside: ['doi:10.9999/outside.2'] } },
  ],
  [
    'has no outside work that has come in',
    { on: 'later', ask: 'citations', id: 'dblp-dense', request: { direction: 'references' } },
    { ids: ['later-2', 'bm25'], like: { outside: [] } },
  ],
  [
    'goes from paper to paper by their links',
    { ask: 'snowball', request: { ids: ['hybrid-2'], direction: 'backward', depth: 2 } },
    { set: ['dblp-hybrid', 'dblp-dense', 'bm25'], total: 3 },
  ],
  // Answers.
  [
    'finds a title first',
    { ask: 'search', request: { query: 'Visualizing Data using t-SNE' } },
    { begins: ['tsne'], total: 67 },
  ],
  [
    'finds an identifier alone',
    { ask: 'search', request: { query: 'https://openreview.net/forum?id=WJaUkwci9o' } },
    { ids: ['self-improve-2'], total: 1 },
  ],
  [
    'hides rejected submissions, and says how many',
    { ask: 'search', request: { query: '"reward hacking"', mode: 'keyword', rejected: 'hide' } },
    { set: ['score-rl', 'submitted-1'], like: { rejectedHidden: 1 } },
  ],
  [
    'counts facets of all papers that match',
    { ask: 'search', request: { query: 'venue:ties', facets: ['year', 'keyword', 'venue'], limit: 0 } },
    {
      like: {
        facets: {
          papers: 5,
          values: {
            year: [{ value: '2011', count: 5 }],
            keyword: [
              { value: 'ties', count: 3 },
              { value: 'Sorting', count: 2 },
              { value: 'rankings', count: 1 },
            ],
            venue: [{ value: 'Ties', count: 5 }],
          },
        },
      },
    },
  ],
  [
    'says what was misspelt',
    { ask: 'search', request: { query: 'methotrexat', mode: 'keyword' } },
    { ids: ['corrected-1'], like: { fallback: { kind: 'spelling', query: 'methotrexate' } } },
  ],
  [
    'never has a seed among related papers',
    { ask: 'related', request: { positive: ['tie-a', 'tie-c'], limit: 2 } },
    { begins: ['tie-b'] },
  ],
  [
    'has a schedule by time',
    { ask: 'schedule', request: { day: '2025-04-25' } },
    { ids: ['dblp-self', 'self-improve-2'], like: { schedule: { papers: 5, withoutTime: 0 } } },
  ],
  [
    'completes a name',
    { ask: 'suggest', text: 'maaten', limit: 1 },
    { like: [{ kind: 'author', text: 'Laurens van der Maaten', count: 2 }] },
  ],
  ['has no map', { ask: 'map' }, { error: 'NOT_FOUND' }],
  ['refuses an empty query', { ask: 'search', request: { query: ' ' } }, { error: 'BAD_REQUEST' }],
  ['refuses related papers of nothing', { ask: 'related', request: {} }, { error: 'BAD_REQUEST' }],
  [
    'answers over HTTP with the snapshot that it is of',
    { on: 'later', ask: 'http', path: '/v1/papers/later-1' },
    {
      like: {
        status: 200,
        headers: { 'x-paper-search-snapshot': '<snapshot>', etag: true },
        body: 'later-1',
      },
    },
  ],
  [
    'answers over HTTP with an error',
    { on: 'later', ask: 'http', path: '/v1/papers/photo-2' },
    { like: { status: 404, body: { error: { code: 'NOT_FOUND' } } } },
  ],
];
