import { z } from 'zod';
import { MAX_COLLECTION_NAME } from '../../../limits.ts';
import { REVIEW_FORMATS } from '../../../review/records/records.ts';
import { oneOf } from '../../../search/request.ts';
import { flagParameter } from '../parameters.ts';
import { RecallEstimate } from './review-progress.ts';
import { textOf } from './reviews.ts';

/* A review as files: the schemas of `PrismaCounts` in src/review/records/ and of `LabelImport` in src/review/import-labels.ts. */

const count = z.int().min(0);

const [firstFormat, ...otherFormats] = REVIEW_FORMATS.map(({ name }) => name);
const FORMATS = REVIEW_FORMATS.map(({ name, description }) => `\`${name}\` (${description})`).join('; ');

/** Shows labels that reviewers must not see of each other yet. */
const unblind = flagParameter
  .default(false)
  .describe(
    'Whether the file has decisions that the other reviewer must not see yet. Needs the scope `admin`. Otherwise, the file is there when each paper is decided by all of its reviewers or by none.',
  );

export const ReviewExportParameters = z.object({
  format: oneOf([firstFormat!, ...otherFormats])
    .default('csv')
    .describe(`The format: ${FORMATS}.`),
  unblind,
});

export const ReplayParameters = z.object({
  unblind: flagParameter
    .default(false)
    .describe(
      'Whether to answer also while reviewers must not see each other: the steps say who labelled which paper when. Needs the scope `admin`. Otherwise, the answer is 403 until each paper is decided by all of its reviewers or by none.',
    ),
});

/** The format `json` of an export. */
export const ScreenedPapers = z.array(
  z.looseObject({ id: z.string(), title: z.string(), screening: z.looseObject({}) }),
);

export const LabelImportParameters = z.object({
  file: textOf('the name of the file', MAX_COLLECTION_NAME)
    .min(1, 'The name of the file is empty.')
    .default('the file')
    .describe('Its name. Lists that Covidence exports say by their names what they are.'),
  from: textOf('the name of a reviewer', MAX_COLLECTION_NAME)
    .optional()
    .describe('Whose labels to import, if the file has those of several reviewers.'),
});

const place = { line: count.optional(), record: count.optional() };

/** The schema of `LabelImport`. */
export const LabelImportAnswer = z
  .object({
    written: count.describe('Labels that were written.'),
    present: count.describe('Labels that you had given already.'),
    unlabelled: count.describe('Records without a decision.'),
    unmatched: z
      .array(z.object({ ...place, title: z.string(), identifiers: z.array(z.string()) }))
      .describe('Records whose papers are not in the review.'),
    unknownReasons: z
      .array(z.string())
      .describe('Reasons that are not criteria of the protocol. They were written to the notes.'),
    problems: z.array(z.object({ ...place, field: z.string().optional(), reason: z.string() })),
  })
  .meta({
    id: 'LabelImport',
    examples: [
      {
        written: 118,
        present: 0,
        unlabelled: 1,
        unmatched: [{ line: 7, title: 'A Paper That Is Not Here', identifiers: ['doi:10.1000/9'] }],
        unknownReasons: ['background'],
        problems: [],
      },
    ],
  });

const ByWhom = z
  .object({
    records: count,
    byPeople: count.describe('Judged by at least one person.'),
    byAgents: count.describe('Judged by agents alone.'),
    byRankingOnly: count.describe('Ranked, and not read.'),
  })
  .meta({ id: 'PrismaByWhom', description: 'Who judged records.' });

const reasons = z.array(z.object({ reason: z.string(), records: count }));

const Column = z
  .object({
    kind: z.enum(['databases', 'other']),
    sources: z.array(
      z.object({ name: z.string(), kind: z.enum(['database', 'register', 'other']), records: count }),
    ),
    identified: count.describe('The sum of the sources.'),
    removed: z.object({ duplicates: count, automation: count, other: reasons }),
    screened: ByWhom,
    excluded: ByWhom,
    undecided: count.describe('Read, and without a final decision.'),
    sought: count.describe('Reports whose full texts were sought.'),
    notRetrieved: count,
    notAssessed: count.describe('Not read by full text yet.'),
    assessed: count,
    excludedReports: count,
    reasons: reasons.describe('Of excluded reports, each under its first reason.'),
    undecidedReports: count,
    included: count,
  })
  .meta({ id: 'PrismaColumn' });

const NONE = { records: 0, byPeople: 0, byAgents: 0, byRankingOnly: 0 };

/** The schema of `PrismaCounts`. */
export const PrismaAnswer = z
  .object({
    review: z.string(),
    question: z.string(),
    at: z.string().describe('When the review last changed.'),
    columns: z.array(Column).describe('Databases and registers, and other methods.'),
    included: count.describe('Reports included.'),
    duplicatesRemovedBy: z.string(),
    stopping: z
      .object({
        unread: count.describe('Records that no reviewer read.'),
        recall: RecallEstimate.optional().describe('Absent with two reviewers per paper.'),
      })
      .optional()
      .describe('Absent where every record was read.'),
    notes: z.array(z.string()).describe('What a reader of the diagram has to know.'),
  })
  .meta({
    id: 'PrismaCounts',
    description: 'The numbers of a PRISMA 2020 flow diagram.',
    examples: [
      {
        review: 'Self-improvement',
        question: 'Do language models improve by learning from their own answers?',
        at: '2026-11-30T09:05:00.000Z',
        columns: [
          {
            kind: 'databases',
            sources: [{ name: 'PubMed', kind: 'database', records: 131 }],
            identified: 131,
            removed: { duplicates: 11, automation: 0, other: [] },
            screened: { ...NONE, records: 120, byPeople: 120 },
            excluded: { ...NONE, records: 118, byPeople: 118 },
            undecided: 0,
            sought: 2,
            notRetrieved: 0,
            notAssessed: 0,
            assessed: 2,
            excludedReports: 1,
            reasons: [{ reason: 'no experiment', records: 1 }],
            undecidedReports: 0,
            included: 1,
          },
        ],
        included: 1,
        duplicatesRemovedBy: 'paper-search',
        notes: [],
      },
    ],
  });
