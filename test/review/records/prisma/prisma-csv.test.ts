import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { prismaCounts } from '../../../../src/review/records/prisma/prisma-counts.ts';
import { prismaCsv } from '../../../../src/review/records/prisma/prisma-csv.ts';
import { wholeReview } from '../../../support/whole-review.ts';

function numbers(csv: string): Record<string, string> {
  const rows: Record<string, string>[] = parse(csv, { columns: true });
  return Object.fromEntries(rows.filter(({ data }) => data !== 'NA').map(({ data, n }) => [data!, n!]));
}

const SOURCES = [
  { name: 'PubMed', kind: 'database', records: 2 },
  { name: 'Embase, Ovid', kind: 'database', records: 2 },
  { name: 'ICTRP', kind: 'register', records: 1 },
] as const;
const protocol = wholeReview({ papers: [] }).protocol;

test('has the columns and rows of the template of PRISMA2020', () => {
  const csv = prismaCsv(
    prismaCounts(
      wholeReview({
        papers: [
          { abstract: 'exclude', records: 2, labels: [{}] },
          { abstract: 'unread' },
          {
            abstract: 'include',
            fullText: 'exclude',
            labels: [{ decision: 'include' }, { stage: 'full-text', reasons: ['wrong age; sex, dose'] }],
          },
          { abstract: 'include', fullText: 'include', labels: [{ decision: 'include' }] },
        ],
        protocol: { ...protocol, sources: SOURCES },
      }),
    ),
  );
  expect(csv.split('\n')[0]).toBe('data,node,box,description,boxtext,tooltips,url,n');
  expect(csv).toContain('Records excluded (by a human 1; by automation tools 1)');
  expect(numbers(csv)).toMatchObject({
    previous_studies: 'NA',
    database_results: '4',
    database_specific_results: 'PubMed, 2; Embase Ovid, 2',
    register_results: '1',
    register_specific_results: 'ICTRP, 1',
    website_results: 'NA',
    citations_results: 'NA',
    duplicates: '1',
    excluded_automatic: '0',
    excluded_other: '0',
    records_screened: '4',
    records_excluded: '2',
    dbr_sought_reports: '2',
    dbr_notretrieved_reports: '0',
    dbr_assessed: '2',
    dbr_excluded: 'wrong age sex dose, 1',
    other_assessed: 'NA',
    new_reports: '1',
    total_reports: '1',
  });
});

test('counts other methods under the names of the template', () => {
  const csv = prismaCsv(
    prismaCounts(
      wholeReview({
        papers: [{ abstract: 'exclude' }],
        protocol: {
          ...protocol,
          sources: [
            { name: 'Reference lists', kind: 'other', records: 4 },
            { name: 'Experts', kind: 'other', records: 3 },
            { name: 'Google', kind: 'other', records: 2 },
          ],
        },
      }),
    ),
  );
  expect(numbers(csv)).toMatchObject({
    database_results: '0',
    website_results: '2',
    organisation_results: '3',
    citations_results: '4',
  });
});
