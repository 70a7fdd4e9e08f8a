import fc from 'fast-check';
import { marked } from 'marked';
import { expect, test } from 'vitest';
import { searchLog } from '../../../../src/review/records/search-log/search-log.ts';
import { randomWholeReview } from '../../../support/random-whole-review.ts';
import { wholeReview } from '../../../support/whole-review.ts';

const ITEMS = [
  ...['Database name', 'Multi-database searching', 'Study registries', 'Online resources and browsing'],
  ...['Citation searching', 'Contacts', 'Other methods', 'Full search strategies', 'Limits and restrictions'],
  ...['Search filters', 'Prior work', 'Updates', 'Dates of searches', 'Peer review', 'Total records'],
  'Deduplication',
];
const QUERY = '(statin* OR "HMG-CoA reductase inhibitor"[tiab])\nAND sleep -- `as typed` ```';
const protocol = wholeReview({ papers: [] }).protocol;
const at = '2026-01-02T03:00:00.000Z';
const REVIEW = wholeReview({
  papers: [{ abstract: 'exclude', records: 3 }, {}],
  protocol: {
    ...protocol,
    sources: [
      { name: 'PubMed', kind: 'database', query: QUERY, date: '2026-01-01', records: 3 },
      { name: 'PubMed', kind: 'database', query: QUERY, date: '2026-03-01', records: 1 },
      {
        name: 'ICTRP',
        kind: 'register',
        records: 1,
        note: 'Limits: English. Search filter: RCT | Cochrane.',
      },
      { name: 'Reference lists', kind: 'other', note: 'of included studies' },
    ],
  },
  log: [
    { number: 1, at, by: 'Ama', agent: false, type: 'created', value: {} },
    {
      number: 2,
      at,
      by: 'Ama',
      agent: false,
      type: 'searched',
      value: { source: { name: 'PubMed', date: '2026-01-01', records: 3 } },
    },
    {
      number: 3,
      at,
      by: 'Robot',
      agent: true,
      type: 'pooled',
      value: { pool: { snapshot: 'abc', size: 2, added: 2, removed: 0 } },
    },
    { number: 4, at, by: 'Ama', agent: false, type: 'labelled', value: {} },
    { number: 5, at, by: 'Ama', agent: false, type: 'amended', value: { protocol: { exclude: [] } } },
  ],
});

/** The text of an item. */
function section(log: string, title: string): string {
  const [, text = ''] = new RegExp(`\n## (?:\\d+\\. )?${title}\n\n([^]*?)(?=\n## |$)`).exec(log) ?? [];
  return text.trim();
}

test('has the 16 items in the order of the checklist', () => {
  const titles = Array.from(searchLog(REVIEW).matchAll(/^## (.*)$/gm), ([, title]) => title);
  expect(titles).toEqual([...ITEMS.map((title, place) => `${place + 1}. ${title}`), 'What happened']);
});

test('is filled in from the sources', () => {
  const log = searchLog(REVIEW);
  expect(section(log, 'Database name')).toBe('- PubMed\n- PubMed');
  expect(section(log, 'Citation searching')).toBe('- Reference lists: of included studies');
  expect(section(log, 'Search filters')).toBe('- ICTRP: Limits: English. Search filter: RCT \\| Cochrane.');
  expect(section(log, 'Dates of searches')).toContain('| ICTRP | not recorded |');
  expect(section(log, 'Updates')).toBe('- PubMed was searched on 2026-01-01, 2026-03-01.');
  expect(section(log, 'Deduplication')).toMatch(/^2 duplicate records were removed by paper-search /);
});

test('has queries exactly as they were sent', () => {
  const html = marked.parse(searchLog(REVIEW), { async: false });
  const blocks = Array.from(html.matchAll(/<pre><code class="language-text">(.*?)\n<\/code>/gs), ([, code]) =>
    code!.replaceAll('&quot;', '"'),
  );
  expect(blocks).toEqual([QUERY, QUERY]);
});

test('says what is not recorded, and which command records it', () => {
  const log = searchLog(REVIEW);
  expect(section(log, 'Peer review')).toBe(
    'Not recorded: add with `paper-search review source a-review NAME --note "Peer review (PRESS) by …"`.',
  );
  expect(section(log, 'Full search strategies')).toContain('### ICTRP\n\nQuery not recorded.');
});

test('has the limits of the pool', () => {
  const [change] = REVIEW.pool;
  const pool = [{ ...change!, request: { query: 'statins sleep', filters: { yearFrom: 2010 } } }];
  const limits = section(searchLog({ ...REVIEW, pool }), 'Limits and restrictions');
  expect(limits).toContain('```text\nstatins sleep\n```');
  expect(limits).toContain('{"yearFrom":2010}');
});

test('lists events about protocol, searches and pool, with agents named', () => {
  expect(section(searchLog(REVIEW), 'What happened').split('\n').slice(2)).toEqual([
    `| 1 | ${at} | Ama | The review was begun. |`,
    `| 2 | ${at} | Ama | A search was added: PubMed on 2026-01-01, 3 records. |`,
    `| 3 | ${at} | Robot (agent) | The pool was taken from the index (snapshot abc): 2 papers came in, 0 were removed, 2 in all. |`,
    `| 5 | ${at} | Ama | The protocol was changed: exclude. |`,
  ]);
});

test('can be written for any review', () => {
  fc.assert(
    fc.property(randomWholeReview, (review) => {
      expect(searchLog(review).match(/^## \d+\. /gm)).toHaveLength(16);
    }),
  );
});
