import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PrismaCounts } from '../../../../src/review/records/prisma/counts.ts';
import { prismaCounts } from '../../../../src/review/records/prisma/prisma-counts.ts';
import { randomWholeReview } from '../../../support/random-whole-review.ts';
import { wholeReview } from '../../../support/whole-review.ts';

const UNREAD = { abstract: 'unread' } as const;
const EXCLUDED = { abstract: 'exclude', labels: [{ decision: 'exclude' }] } as const;
const SOUGHT = { abstract: 'include', fullText: 'unread', labels: [{ decision: 'include' }] } as const;
const excludedFor = (...reasons: string[]) =>
  ({
    ...SOUGHT,
    fullText: 'exclude',
    labels: [{ decision: 'include' }, { stage: 'full-text', decision: 'exclude', reasons }],
  }) as const;
const INCLUDED = { ...SOUGHT, fullText: 'include' } as const;

/** That the boxes of each column add up, as the documentation of `PrismaCounts` says. */
function expectSums({ columns, included }: PrismaCounts): void {
  const sum = (items: readonly { readonly records: number }[]) =>
    items.reduce((total, { records }) => total + records, 0);
  for (const column of columns) {
    const { removed, screened, excluded } = column;
    expect(column.identified).toBe(sum(column.sources));
    expect(column.identified).toBe(
      removed.duplicates + removed.automation + sum(removed.other) + screened.records,
    );
    for (const { records, byPeople, byAgents, byRankingOnly } of [screened, excluded]) {
      expect(records).toBe(byPeople + byAgents + byRankingOnly);
    }
    expect(screened.records).toBe(excluded.records + column.undecided + column.sought);
    expect(column.sought).toBe(column.notRetrieved + column.notAssessed + column.assessed);
    expect(column.assessed).toBe(column.excludedReports + column.undecidedReports + column.included);
    expect(column.excludedReports).toBe(sum(column.reasons));
    const numbers = JSON.stringify(column).match(/-\d+/g);
    expect(numbers).toBeNull();
  }
  expect(included).toBe(columns.reduce((total, column) => total + column.included, 0));
}

test('counts each step of a finished review', () => {
  const counts = prismaCounts(
    wholeReview({
      papers: [
        { ...EXCLUDED, records: 3 },
        EXCLUDED,
        { ...SOUGHT, retrieved: false },
        excludedFor('wrong population', 'no control'),
        excludedFor('wrong population'),
        excludedFor(),
        { ...INCLUDED, records: 2 },
      ],
    }),
  );
  expectSums(counts);
  expect(counts).toMatchObject({
    included: 1,
    notes: [],
    columns: [
      {
        kind: 'databases',
        sources: [{ name: 'records.ris', kind: 'database', records: 10 }],
        identified: 10,
        removed: { duplicates: 3, automation: 0, other: [] },
        screened: { records: 7, byPeople: 7, byAgents: 0, byRankingOnly: 0 },
        excluded: { records: 2, byPeople: 2, byAgents: 0, byRankingOnly: 0 },
        sought: 5,
        notRetrieved: 1,
        notAssessed: 0,
        assessed: 4,
        excludedReports: 3,
        reasons: [
          { reason: 'wrong population', records: 2 },
          { reason: 'No reason recorded', records: 1 },
        ],
        included: 1,
      },
    ],
  });
});

test('counts records that no reviewer read as excluded by the ranking, and says what the stopping rule says', () => {
  const review = wholeReview({ papers: [INCLUDED, EXCLUDED, UNREAD, UNREAD] });
  const recall = {
    ...{ found: 1, screened: 2, poolSize: 4, target: 0.95, recall: 0.97, low: 0.9, high: 1 },
    unseen: { estimate: 0, low: 0, high: 1 },
    rules: [
      { name: 'safe' as const, stop: true, risk: 0.04, says: 'recall is at least 95 % at a risk of 4 %.' },
      { name: 'model' as const, stop: false, says: 'read on.' },
    ],
  };
  const counts = prismaCounts(review, { recall });
  expectSums(counts);
  expect(counts.stopping).toEqual({ unread: 2, recall });
  expect(counts.columns[0]).toMatchObject({
    screened: { records: 4, byPeople: 2, byRankingOnly: 2 },
    excluded: { records: 3, byPeople: 1, byRankingOnly: 2 },
  });
  expect(counts.notes).toEqual([
    '2 records were ranked by the learner and not read. Estimated recall: 97 % (95 % interval 90 % to 100 %). Stopping rule safe: recall is at least 95 % at a risk of 4 %.',
  ]);
  expect(prismaCounts(review, { recall: { ...recall, rules: [] } }).notes[0]).toMatch(
    /No stopping rule says to stop yet\.$/,
  );
  const unknown = prismaCounts(review, { recall: { ...recall, found: 0, recall: 0 } });
  expect(unknown.stopping).toEqual({ unread: 2 });
  expect(unknown.notes).toEqual(['2 records were ranked by the learner and not read.']);
  // Each of two reviewers has an own estimate, and there is one diagram.
  const { protocol } = review;
  const two = prismaCounts({ ...review, protocol: { ...protocol, reviewersPerPaper: 2 } }, { recall });
  expect(two.stopping).toEqual({ unread: 2 });
  expect(two.notes).toEqual([
    '2 records were ranked by the learner and not read. Recall is estimated for each of the reviewers, and not here.',
  ]);
});

test('counts records that only agents judged apart from those of people', () => {
  const counts = prismaCounts(
    wholeReview({
      papers: [
        { abstract: 'exclude', labels: [{ agent: true }] },
        { abstract: 'exclude', labels: [{ agent: true }, { agent: false, by: 'Kofi' }] },
        {
          abstract: 'exclude',
          labels: [{ agent: true, decision: 'maybe' }],
          settled: [{ decision: 'exclude' }],
        },
      ],
    }),
  );
  expect(counts.columns[0]!.excluded).toEqual({ records: 3, byPeople: 2, byAgents: 1, byRankingOnly: 0 });
});

test('takes the reason of a settlement before those of labels, and the last label of a reviewer', () => {
  const ofFullText = (by: string, decision: 'include' | 'exclude', ...reasons: string[]) =>
    ({ stage: 'full-text', by, decision, reasons }) as const;
  const counts = prismaCounts(
    wholeReview({
      papers: [
        {
          ...SOUGHT,
          fullText: 'exclude',
          labels: [ofFullText('Ama', 'exclude', 'no control'), ofFullText('Kofi', 'include')],
          settled: [{ stage: 'full-text', reasons: ['wrong outcome'] }],
        },
        {
          ...SOUGHT,
          fullText: 'exclude',
          labels: [ofFullText('Ama', 'exclude', 'no control'), ofFullText('Ama', 'exclude', 'wrong dose')],
        },
      ],
    }),
  );
  expect(counts.columns[0]!.reasons).toEqual([
    { reason: 'wrong dose', records: 1 },
    { reason: 'wrong outcome', records: 1 },
  ]);
});

test('says what is not decided yet', () => {
  const counts = prismaCounts(
    wholeReview({
      papers: [{ abstract: 'conflict' }, { abstract: 'partly' }, SOUGHT, { ...SOUGHT, fullText: 'partly' }],
    }),
  );
  expectSums(counts);
  expect(counts.columns[0]).toMatchObject({ undecided: 2, notAssessed: 1, undecidedReports: 1 });
  expect(counts.notes).toEqual([
    '2 screened records have no final decision yet.',
    '2 reports have no final decision by full text yet.',
  ]);
});

describe('sources', () => {
  const protocolWith = (
    ...sources: { name: string; kind: 'database' | 'register' | 'other'; records?: number }[]
  ) => ({ ...wholeReview({ papers: [] }).protocol, sources }) as const;
  const poolOf = (records: Record<string, number>) => [
    {
      ...wholeReview({ papers: [] }).pool[0]!,
      records: Object.entries(records).map(([source, count]) => ({ source, records: count })),
    },
  ];

  test('are those of the protocol where it has all numbers', () => {
    const counts = prismaCounts(
      wholeReview({
        papers: [EXCLUDED, EXCLUDED],
        protocol: protocolWith(
          { name: 'PubMed', kind: 'database', records: 3 },
          { name: 'ICTRP', kind: 'register', records: 1 },
        ),
        pool: poolOf({ 'pubmed.nbib': 1, 'ictrp.csv': 1 }),
      }),
    );
    expectSums(counts);
    expect(counts.columns[0]).toMatchObject({
      sources: [
        { name: 'PubMed', kind: 'database', records: 3 },
        { name: 'ICTRP', kind: 'register', records: 1 },
      ],
      removed: { duplicates: 0, other: [{ reason: 'Reported by a source and not in the pool', records: 2 }] },
    });
    expect(counts.notes).toEqual([
      'PubMed reported 3 records; its files have 1.',
      'The sources reported 4 records in all; 2 reached the review.',
    ]);
  });

  test('have the records that the protocol does not know', () => {
    const counts = prismaCounts(
      wholeReview({
        papers: [EXCLUDED, EXCLUDED],
        protocol: protocolWith({ name: 'PubMed', kind: 'database', records: 1 }),
      }),
    );
    expectSums(counts);
    expect(counts.columns[0]!.sources[1]).toEqual({ name: 'Not in the protocol', kind: 'other', records: 1 });
  });

  test('are the files of the pool where the protocol lacks a number, named by the protocol', () => {
    const counts = prismaCounts(
      wholeReview({
        papers: [{ ...EXCLUDED, records: 4 }],
        protocol: protocolWith(
          { name: 'Embase', kind: 'database' },
          { name: 'Embase Classic', kind: 'register', records: 1 },
        ),
        pool: poolOf({
          'exports/embase-1.ris': 1,
          'exports/embase-2.ris': 1,
          'embase_classic.ris': 1,
          'other.ris': 1,
        }),
      }),
    );
    expectSums(counts);
    expect(counts.columns[0]!.sources).toEqual([
      { name: 'Embase', kind: 'database', records: 2 },
      { name: 'Embase Classic', kind: 'register', records: 1 },
      { name: 'other.ris', kind: 'database', records: 1 },
    ]);
    expect(counts.notes).toEqual([
      'The protocol has no number of records for Embase: the records of source files were counted.',
    ]);
  });

  test('are files without their folders, unless two have the same name', () => {
    const pool = poolOf({ '/home/ama/exports/embase.ris': 1, 'new/pubmed.nbib': 1, 'old/pubmed.nbib': 1 });
    const counts = prismaCounts(wholeReview({ papers: [{ ...EXCLUDED, records: 3 }], pool }));
    expect(counts.columns[0]!.sources.map(({ name }) => name)).toEqual([
      'embase.ris',
      'new/pubmed.nbib',
      'old/pubmed.nbib',
    ]);
  });

  test('of other methods have a column where papers are known by their files', () => {
    const from = (file: string) => ({ paper: { source: { file, format: 'ris', record: 1 } } });
    const counts = prismaCounts(
      wholeReview({
        papers: [
          { ...EXCLUDED, ...from('pubmed.nbib'), records: 2 },
          { ...INCLUDED, ...from('citation-searching.ris') },
          { ...INCLUDED, ...from('pubmed.nbib') },
        ],
        protocol: protocolWith(
          { name: 'PubMed', kind: 'database', records: 2 },
          { name: 'Citation searching', kind: 'other', records: 2 },
        ),
        pool: poolOf({ 'pubmed.nbib': 2, 'citation-searching.ris': 2 }),
      }),
    );
    expectSums(counts);
    expect(counts.columns).toMatchObject([
      { kind: 'databases', identified: 2, removed: { duplicates: 0 }, included: 1 },
      { kind: 'other', identified: 2, removed: { duplicates: 1 }, included: 1 },
    ]);
    expect(counts.included).toBe(2);
  });

  test('have papers that the index no longer has', () => {
    const counts = prismaCounts(
      wholeReview({
        papers: [{ ...UNREAD, removed: true, records: 2 }, { ...EXCLUDED, removed: true }, EXCLUDED],
      }),
    );
    expectSums(counts);
    expect(counts.columns[0]).toMatchObject({
      identified: 4,
      sources: [{ records: 1 }, { name: 'Earlier pools of this review', records: 3 }],
      removed: { duplicates: 1, other: [{ reason: 'Removed from the index before screening', records: 1 }] },
      screened: { records: 2 },
    });
  });
});

test('adds up for any review', () => {
  fc.assert(
    fc.property(randomWholeReview, (review) => {
      expectSums(prismaCounts(review));
    }),
  );
});
