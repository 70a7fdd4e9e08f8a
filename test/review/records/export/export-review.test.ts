import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exportReview, REVIEW_FORMATS } from '../../../../src/review/records/export/export-review.ts';
import { countingAt } from '../../../../src/review/records/export/outcome.ts';
import { matchLabels } from '../../../../src/review/records/labels/match.ts';
import { readLabels } from '../../../../src/review/records/labels/read-labels.ts';
import { STAGES } from '../../../../src/review/review.ts';
import type { WholeReview } from '../../../../src/review/service.ts';
import { randomWholeReview } from '../../../support/random-whole-review.ts';
import { wholeReview } from '../../../support/whole-review.ts';

const REVIEW = wholeReview({
  papers: [
    { abstract: 'exclude', labels: [{ reasons: ['wrong population'], note: 'of mice' }] },
    { abstract: 'unread', rank: 2 },
    { abstract: 'unread', rank: 1 },
    {
      abstract: 'include',
      fullText: 'exclude',
      labels: [
        { decision: 'include' },
        { decision: 'maybe', by: 'Kofi "K"' },
        { stage: 'full-text', reasons: ['no control', 'dose, or duration'] },
      ],
      settled: [{ decision: 'include', by: 'Éva' }],
    },
    { abstract: 'include', fullText: 'unread', retrieved: false, labels: [{ decision: 'include' }] },
  ],
});

async function exported(format: string, review: WholeReview = REVIEW): Promise<string> {
  return new TextDecoder().decode(await exportReview(review, format));
}

test('writes included papers first, then unread ones by rank, then excluded ones', async () => {
  const papers: { id: string }[] = JSON.parse(await exported('json'));
  expect(papers.map(({ id }) => id)).toEqual(['p4', 'p5', 'p3', 'p2', 'p1']);
});

describe('RIS', () => {
  test('has the notes of ASReview, Rayyan and Covidence under N1', async () => {
    const records = (await exported('ris')).split(/^ER {2}- .*\n/m);
    const notes = records.map((record) => [...record.matchAll(/^N1 {2}- (.*)$/gm)].map(([, note]) => note));
    expect(notes.slice(0, -1)).toEqual([
      [
        'ASReview_relevant',
        'RAYYAN-INCLUSION: {"Ama"=>"Included", "Kofi \\"K\\""=>"Maybe", "Éva"=>"Included"} | RAYYAN-LABELS: full text excluded',
        'Exclusion reason: no control; Exclusion reason: dose, or duration;',
      ],
      ['ASReview_relevant', 'RAYYAN-INCLUSION: {"Ama"=>"Included"} | RAYYAN-LABELS: full text not retrieved'],
      ['ASReview_not_seen'],
      ['ASReview_not_seen'],
      [
        'ASReview_irrelevant',
        'RAYYAN-INCLUSION: {"Ama"=>"Excluded"} | RAYYAN-EXCLUSION-REASONS: wrong population | USER-NOTES: {"Ama"=>["of mice"]}',
      ],
    ]);
  });

  test('replaces the notes of an earlier export, and keeps others', async () => {
    const note = 'My note\n\nASReview_irrelevant\n\nRAYYAN-INCLUSION: {"Ama"=>"Excluded"}';
    const ris = await exported(
      'ris',
      wholeReview({ papers: [{ abstract: 'include', paper: { publication: { note } } }] }),
    );
    expect([...ris.matchAll(/^N1 {2}- (.*)$/gm)].map(([, each]) => each)).toEqual([
      'My note',
      'ASReview_relevant',
    ]);
  });
});

test('CSV has 1, 0 or nothing under "included", as ASReview reads it', async () => {
  const rows = (
    await exported('csv', wholeReview({ papers: REVIEW.all.map(({ abstract }) => ({ abstract })) }))
  )
    .trim()
    .split('\n')
    .map((row) => row.split(','));
  const column = rows[0]!.indexOf('included');
  expect(rows.map((row) => row[column])).toEqual(['included', '1', '1', '', '', '0']);
});

test.each([['ris'], ['csv'], ['bibtex']])('%s has the same labels when it is read again', async (format) => {
  await fc.assert(
    fc.asyncProperty(randomWholeReview, async (review) => {
      const file = await labelsIn(format, review);
      const { labels, unmatched, problems } = matchLabels(
        file,
        review.all.map(({ paper }) => paper),
      );
      expect({ unmatched, problems }).toEqual({ unmatched: [], problems: [] });
      for (const whole of review.all) {
        const { paper, abstract } = whole;
        const { labels: given, settlement } = countingAt(whole, 'abstract');
        const expected = new Map(
          [...given, ...(settlement ? [settlement] : [])].map(({ by, decision }) => [by, decision]),
        );
        const read = labels.filter((label) => label.paper === paper.id && label.row.stage === 'abstract');
        if (expected.size > 0) {
          expect(new Map(read.map(({ row }) => [row.by, row.decision]))).toEqual(expected);
        } else if (abstract === 'include' || abstract === 'exclude') {
          expect(read.map(({ row }) => row.decision)).toEqual([abstract]);
        }
      }
      for (const { paper, fullText } of review.all) {
        if (fullText !== 'include' && fullText !== 'exclude') continue;
        const read = labels.filter((label) => label.paper === paper.id && label.row.stage === 'full-text');
        expect(read.map(({ row }) => row.decision)).toEqual([fullText]);
      }
    }),
    { numRuns: 40 },
  );
});

test('json has the last labels of all reviewers when it is read again', async () => {
  await fc.assert(
    fc.asyncProperty(randomWholeReview, async (review) => {
      const { rows } = await labelsIn('json', review);
      const read = rows.map(({ stage, decision, reasons, note, by, at }) => ({
        stage,
        decision,
        reasons,
        note,
        by,
        at,
      }));
      const given = review.all
        .flatMap((whole) => STAGES.flatMap((stage) => countingAt(whole, stage).labels))
        .map(({ stage, decision, reasons, note, by, at }) => ({ stage, decision, reasons, note, by, at }));
      const sorted = (labels: readonly object[]) => labels.map((label) => JSON.stringify(label)).sort();
      expect(sorted(read)).toEqual(sorted(given));
    }),
    { numRuns: 40 },
  );
});

test('keeps reasons with commas in a table', async () => {
  const { rows } = await labelsIn(
    'csv',
    wholeReview({ papers: [{ abstract: 'exclude', labels: [{ reasons: ['dose, or duration'] }] }] }),
  );
  expect(rows).toMatchObject([{ by: 'Ama', decision: 'exclude', reasons: ['dose, or duration'] }]);
});

test('refuses other formats with those that there are', async () => {
  await expect(exportReview(REVIEW, 'docx')).rejects.toThrow(
    /cannot be exported as "docx". Known are: ris, csv/,
  );
});

/** The labels of an export; none for a review whose export has no decision at all. */
async function labelsIn(format: string, review: WholeReview) {
  const bytes = await exportReview(review, format);
  if (review.all.length === 0) return { rows: [], unlabelled: 0, problems: [], othersExcluded: false };
  return readLabels(bytes, `review.${REVIEW_FORMATS.find(({ name }) => name === format)!.extension}`);
}
