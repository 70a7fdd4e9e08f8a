import { expect, test } from 'vitest';
import {
  exportReview,
  matchLabels,
  prismaCounts,
  REVIEW_FORMATS,
  readLabels,
  searchLog,
} from '../../../src/review/records/records.ts';
import { ADA, BEN, beesAndWasps, reviewed } from '../world.ts';

/** A review by two people, with a conflict, an exclusion by full text, a paper that could not be had, and a changed mind. */
async function finished() {
  const { reviews, id, ingest } = await reviewed(beesAndWasps(), { reviewersPerPaper: 2 });
  const label = (paper: string, decision: 'include' | 'exclude', by = ADA, more = {}) =>
    reviews.label(id, { paper, decision, ...more }, by);
  for (const by of [ADA, BEN]) {
    for (const bee of ['bee-0', 'bee-3', 'bee-6']) await label(bee, 'include', by);
    await label('wasp-1', 'exclude', by, { reasons: ['wrong animal'] });
  }
  await label('bee-9', 'include');
  await label('bee-9', 'exclude', BEN, { reasons: ['no data'] });
  const settlement = {
    paper: 'bee-9',
    stage: 'abstract',
    decision: 'exclude',
    reasons: ['no data'],
  } as const;
  await reviews.settle(id, { ...settlement, reasons: [...settlement.reasons] }, { name: 'Cem' });
  await label('wasp-2', 'exclude');
  const fullText = { stage: 'full-text' as const };
  await label('bee-0', 'include', ADA, fullText);
  await label('bee-0', 'include', BEN, fullText);
  await label('bee-3', 'exclude', ADA, { ...fullText, reasons: ['wrong animal'] });
  await label('bee-3', 'exclude', ADA, { ...fullText, reasons: ['no data'] });
  await label('bee-3', 'exclude', BEN, { ...fullText, reasons: ['no data'] });
  await reviews.retrieved(id, ['bee-6'], false, ADA);
  return { reviews, id, ingest, whole: () => reviews.whole(id, { unblind: true }) };
}

test('counts what happened in a review', async () => {
  const { whole } = await finished();
  const counts = prismaCounts(await whole());
  expect(counts).toMatchObject({
    included: 1,
    columns: [
      {
        sources: [
          { name: 'a.ris', records: 6 },
          { name: 'b.ris', records: 6 },
        ],
        screened: { records: 12, byPeople: 6, byRankingOnly: 6 },
        excluded: { records: 8, byPeople: 2, byRankingOnly: 6 },
        undecided: 1,
        sought: 3,
        notRetrieved: 1,
        assessed: 2,
        reasons: [{ reason: 'no data', records: 1 }],
        included: 1,
      },
    ],
  });
});

test('counts papers that the index no longer has, and those that came later', async () => {
  const { reviews, id, ingest, whole } = await finished();
  await ingest([...beesAndWasps(15).slice(0, 10), ...beesAndWasps(15).slice(12)]);
  await reviews.updatePool(id, ADA);
  const counts = prismaCounts(await whole());
  expect(counts.columns[0]).toMatchObject({
    identified: 15,
    removed: { duplicates: 0, other: [{ reason: 'Removed from the index before screening', records: 2 }] },
    screened: { records: 13 },
  });
  expect(searchLog(await whole())).toMatch(
    /the pool was taken from the index again: 3 papers came in, 2 were removed, 13 in all/,
  );
});

test.each(REVIEW_FORMATS.map(({ name, extension }) => [name, extension] as const))(
  'exports decisions as %s that are read again',
  async (format, extension) => {
    const { whole } = await finished();
    const review = await whole();
    const file = await readLabels(await exportReview(review, format), `bees.${extension}`);
    const { labels, unmatched, problems } = matchLabels(
      file,
      review.all.map(({ paper }) => paper),
    );
    expect({ unmatched, problems }).toEqual({ unmatched: [], problems: [] });
    const included = labels.filter(({ row }) => row.stage === 'abstract' && row.decision === 'include');
    const names = new Set(included.map(({ paper }) => paper));
    // All formats but that of ASReview have the labels of each reviewer: Ada included bee-9.
    const expected = ['bee-0', 'bee-3', 'bee-6', ...(format === 'asreview' ? [] : ['bee-9'])];
    expect([...names].sort()).toEqual(expected);
  },
);
