import pc from 'picocolors';
import { expect, test } from 'vitest';
import {
  renderAgreement,
  renderLabelled,
  renderPaper,
  renderPapers,
  renderReplay,
  renderReview,
  renderReviews,
  renderSuggestions,
} from '../../../src/cli/review/render-review.ts';
import type { Label, ReviewedPaper } from '../../../src/review/review.ts';
import type { Review } from '../../../src/review/service.ts';
import { GARDEN, PROGRESS, PROTOCOL, suggestionOf } from './review-values.ts';

const plain = pc.createColors(false);
const AT = '2026-11-30T10:00:00.000Z';
const REVIEW: Review = {
  id: 'gardens',
  name: 'School gardens',
  question: PROTOCOL.question,
  createdAt: AT,
  createdBy: 'ada',
  changedAt: AT,
  version: 5,
  papers: 32,
  decided: 2,
  included: 1,
  conflicts: 1,
  reviewers: ['ada', 'bo'],
  protocol: {
    ...PROTOCOL,
    reviewersPerPaper: 2,
    randomEvery: 10,
    sources: [
      { name: 'PubMed', kind: 'database', query: 'garden*', date: '2026-11-02', records: 30 },
      { name: 'Lists', kind: 'other', note: 'by hand' },
    ],
  },
  pool: [
    {
      number: 2,
      at: AT,
      by: 'ada',
      request: { query: 'garden', filters: { year: '>=2010', venue: undefined } },
      snapshot: 's',
      added: 32,
      removed: 1,
      papers: 32,
      records: [],
      duplicates: 3,
      vectors: false,
    },
  ],
  poolOutdated: true,
};
const LABEL: Label = {
  number: 3,
  paper: 'a',
  stage: 'abstract',
  decision: 'maybe',
  reasons: ['adults'],
  note: 'ask Bo',
  by: 'robot',
  agent: true,
  at: AT,
  chosenBy: 'rank',
};
const REVIEWED: ReviewedPaper = {
  paper: GARDEN,
  removed: true,
  abstract: 'include',
  fullText: 'unread',
  retrieved: false,
  labels: [LABEL],
  settled: [
    {
      number: 4,
      paper: 'a',
      stage: 'abstract',
      decision: 'include',
      reasons: [],
      note: '',
      by: 'ada',
      at: AT,
    },
  ],
};

test('shows a review with its protocol, searches and pool', () => {
  expect(renderReview(REVIEW)).toMatchInlineSnapshot(`
    "School gardens (gardens), created 2026-11-30 by ada
    Do school gardens change what children eat?

    Include:
      1 garden: children grow food at school
    Exclude:
      2 adults: over 18 years
      3 no outcome
    Searches:
      PubMed, 2026-11-02, 30 records, garden*
      Lists, other, by hand
    Pool:
      2026-11-30: 32 papers, 32 added, 1 removed, 3 duplicate records, query garden, filters {"year":">=2010"}, without vectors
    Words: -mice
    Reviewers: 2 per paper; so far ada, bo
    Target: 95 % of the includes, one paper in 10 drawn at random; words only, without vectors
    Decided: 2 of 32 papers, 1 included, 1 conflict
    The index has changed since. Take the pool again: paper-search review pool gardens"
  `);
  expect(renderReviews([REVIEW], 'index')).toBe(
    'gardens  School gardens: 2 of 32 papers decided, 1 included, 1 conflict, changed 2026-11-30',
  );
  expect(renderReviews([], 'index')).toContain('"index" has no reviews');
});

test('shows papers with decisions, and one with the reasons of its rank', () => {
  expect(renderPapers({ total: 5, papers: [REVIEWED] })).toMatchInlineSnapshot(`
    "1 of 5 papers

    A school garden
       a · abstract: include · full text: unread · not retrieved · no longer in the index
       maybe by robot (agent), 2026-11-30: adults | ask Bo
       settled: include by ada, 2026-11-30"
  `);
  expect(
    renderPaper({ ...REVIEWED, rank: 3, reasons: suggestionOf().reasons }, plain),
  ).toMatchInlineSnapshot(`
    "A school garden
       Ann Lee · Plots 2021
       We compared a school garden with none. Mice were not asked.
       a · abstract: include · full text: unread · not retrieved · no longer in the index
       maybe by robot (agent), 2026-11-30: adults | ask Bo
       settled: include by ada, 2026-11-30
       rank 3
       For: school garden
       Against: mice
       Most similar papers with a decision:
         included, 83 % similar: Gardens at ten schools"
  `);
  expect(renderPapers({ total: 0, papers: [] }, 'None.')).toBe('None.');
  expect(renderPapers({ total: 3, papers: [] })).toBe('There are 3 papers, but none at this offset.');
});

test('shows what to read next', () => {
  expect(renderSuggestions([suggestionOf()], plain)).toMatchInlineSnapshot(`
    "1. A school garden
       Ann Lee · Plots 2021
       We compared a school garden with none. Mice were not asked.
       a
       For: school garden
       Against: mice
       Most similar papers with a decision:
         included, 83 % similar: Gardens at ten schools"
  `);
  expect(renderSuggestions([], plain)).toBe('Nothing is left to read.');
});

test('shows what a label did', () => {
  const moved = [{ id: 'b', title: 'Beds', before: 9, after: 2 }];
  const next = suggestionOf();
  expect(
    renderLabelled({ label: LABEL, standing: 'conflict', moved, next, progress: PROGRESS }),
  ).toMatchInlineSnapshot(`
    "a: maybe: adults | ask Bo (conflict)
    Moved most: from rank 9 to 2, Beds
    Recall 83 % (52–100 %), about 7 more to read for 95 %.
    Next: a, A school garden"
  `);
});

test('shows the agreement of two reviewers', () => {
  const agreement = {
    papers: 10,
    table: [
      [3, 1, 0],
      [0, 5, 0],
      [0, 1, 0],
    ],
    observed: 0.8,
    kappa: 0.61,
    low: 0.2,
    high: 1,
  };
  expect(
    renderAgreement([{ stage: 'abstract', reviewers: ['ada', 'bo'], agreement }]),
  ).toMatchInlineSnapshot(`
    "ada and bo, abstracts: 10 papers
      same decision: 80 %
      Cohen's kappa: 0.61 (0.20 to 1.00)
      ada in rows, bo in columns
               include exclude   maybe
       include       3       1       0
       exclude       0       5       0
         maybe       0       1       0"
  `);
  expect(renderAgreement([])).toContain('No two reviewers');
});

test('shows which ranks of a replay differ', () => {
  const step = { number: 7, paper: 'a', recorded: 2, computed: 2, order: 'x' };
  expect(renderReplay({ steps: [step], same: true, digest: 'd' })).toBe(
    'The same: 1 label, each at the rank that was recorded.\nDigest of all ranks: d',
  );
  const other = { ...step, number: 8, computed: undefined };
  expect(renderReplay({ steps: [step, other], same: false, digest: 'd' })).toBe(
    'Different: 1 of 2 labels are at another rank now.\n  8  a: recorded 2, now -\nA newer paper-search may rank otherwise: replay with the version that was screened with.\nDigest of all ranks: d',
  );
});
