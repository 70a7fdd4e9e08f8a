import { expect, test } from 'vitest';
import { REVIEW_EXPORT_CHOICES } from '../../../src/cli/commands/review/records.ts';
import { renderLabelImport, renderPrisma } from '../../../src/cli/review/render-records.ts';
import { type PrismaCounts, REVIEW_FORMATS } from '../../../src/review/records/records.ts';

const NO_ONE = { byPeople: 0, byAgents: 0, byRankingOnly: 0 };
const COLUMN: PrismaCounts['columns'][number] = {
  kind: 'databases',
  sources: [{ name: 'PubMed', kind: 'database', records: 35 }],
  identified: 35,
  removed: { duplicates: 3, automation: 0, other: [{ reason: 'Not in the pool', records: 1 }] },
  screened: { ...NO_ONE, records: 31 },
  excluded: { ...NO_ONE, records: 20, byRankingOnly: 5 },
  undecided: 1,
  sought: 10,
  notRetrieved: 1,
  notAssessed: 1,
  assessed: 8,
  excludedReports: 2,
  reasons: [{ reason: 'no outcome', records: 2 }],
  undecidedReports: 1,
  included: 5,
};

test('prints the counts of a PRISMA diagram', () => {
  const counts: PrismaCounts = {
    review: 'Gardens',
    question: 'Why?',
    at: '2026-11-30T10:00:00.000Z',
    columns: [COLUMN],
    included: 5,
    duplicatesRemovedBy: 'paper-search',
    notes: ['1 report has no final decision yet.'],
  };
  expect(renderPrisma(counts)).toMatchInlineSnapshot(`
    "records identified                               35
      PubMed                                         35
      removed: duplicates                             3
      removed: Not in the pool                        1
    records screened                                 31
      excluded                                       20
        of these ranked and not read                  5
      undecided                                       1
    reports sought                                   10
      not retrieved                                   1
      not assessed yet                                1
    reports assessed                                  8
      excluded                                        2
        no outcome                                    2
      undecided                                       1
    reports included                                  5
    1 report has no final decision yet."
  `);
  const two = renderPrisma({ ...counts, columns: [COLUMN, { ...COLUMN, kind: 'other' }] });
  expect(two).toContain('Databases and registers\nrecords identified');
  expect(two).toContain('Other methods\nrecords identified');
});

test('says what became of the labels of a file', () => {
  const place = { file: 'a.csv', line: 3, record: 2 };
  const imported = { written: 0, present: 0, unlabelled: 0, unmatched: [], unknownReasons: [], problems: [] };
  expect(renderLabelImport({ ...imported, written: 1 }, 'ada')).toBe('Added 1 label of ada.');
  expect(
    renderLabelImport(
      {
        written: 2,
        present: 3,
        unlabelled: 1,
        unmatched: Array.from({ length: 11 }, () => ({ place, identifiers: ['pmid:1'], title: '' })),
        unknownReasons: ['dull'],
        problems: [{ ...place, reason: 'It says nothing.' }],
      },
      'ada',
    ),
  ).toMatchInlineSnapshot(`
    "Added 2 labels of ada; 3 were there already, 1 record without a decision.
    Not in the pool: 11
      a.csv:3: pmid:1
      a.csv:3: pmid:1
      a.csv:3: pmid:1
      a.csv:3: pmid:1
      a.csv:3: pmid:1
      a.csv:3: pmid:1
      a.csv:3: pmid:1
      a.csv:3: pmid:1
      a.csv:3: pmid:1
      a.csv:3: pmid:1
      … and 1 more (all with --json)
    Reasons that are not criteria, kept in the notes: dull
    Problems: 1
      a.csv:3: It says nothing."
  `);
});

test('offers every format that there is', () => {
  expect(REVIEW_EXPORT_CHOICES).toEqual(REVIEW_FORMATS.map(({ name }) => name));
});
