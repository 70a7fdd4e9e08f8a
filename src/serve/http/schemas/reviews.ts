import { z } from 'zod';
import {
  MAX_COLLECTION_NAME,
  MAX_CRITERIA,
  MAX_DESCRIPTION,
  MAX_MARKED,
  MAX_NOTE,
  MAX_QUERY_LENGTH,
  MAX_QUESTION,
  MAX_RANDOM_EVERY,
  MAX_SEARCHED,
} from '../../../limits.ts';
import { SEARCH_MODES } from '../../../search/mode.ts';
import { oneOf } from '../../../search/request.ts';
import { FiltersInBody } from './related.ts';

/*
 * What a review asks: the schemas of `Protocol`, `PoolRequest` and `SearchedSource` in src/review/review.ts, and of
 * `Review` in src/review/service.ts.
 */

const count = z.int().min(0);
const SOURCE_KINDS = ['database', 'register', 'other'] as const;
const REVIEWERS_PER_PAPER = 'Reviewers who judge each paper, blind to one another until all of them have.';
const TARGET_RECALL = 'The share of the relevant papers to find, 0 to 1.';
const RANDOM_EVERY = 'One paper in so many is drawn at random instead of by rank; 0 for none.';
const KEYWORD_ONLY = 'Whether papers are ranked by their words only, without the embedding model.';
const POOL_QUERY = 'A query in the query language; its relevant papers are screened. Empty: all papers.';

/** A text in a request. @param what it is, with its article. @param most characters. */
export function textOf(what: string, most: number) {
  return z.string({ error: `Expected ${what}.` }).max(most, `Expected at most ${most} characters.`);
}

const name = textOf('a name', MAX_COLLECTION_NAME).min(1, 'The name is empty.');

const criteria = z
  .array(
    z.strictObject({
      name: textOf('the name of a criterion', MAX_COLLECTION_NAME)
        .min(1, 'The name of a criterion is empty.')
        .describe('Short and unique in the review, as PRISMA diagrams count it: `wrong population`.'),
      description: textOf('a description', MAX_DESCRIPTION).default('').describe('When it applies.'),
    }),
    { error: 'Expected a list of criteria, each with a name.' },
  )
  .max(MAX_CRITERIA, `Expected at most ${MAX_CRITERIA} criteria.`);

/** A search in a database, in a request. */
const sourceInBody = {
  name: textOf('the name of a source', MAX_COLLECTION_NAME)
    .min(1, 'The name of the source is empty.')
    .describe('Name of the database or register: `PubMed`.'),
  kind: oneOf(SOURCE_KINDS),
  query: textOf('a query', MAX_QUERY_LENGTH * 4)
    .exactOptional()
    .describe('The query as it was sent.'),
  date: z
    .string({ error: 'Expected a day such as 2026-11-30.' })
    .regex(/^\d{4}(?:-\d{2}(?:-\d{2})?)?$/, 'Expected a day such as 2026-11-30.')
    .exactOptional()
    .describe('When it was sent: YYYY-MM-DD, or the month or year.'),
  records: z
    .int({ error: 'Expected a whole number, 0 or more.' })
    .min(0)
    .exactOptional()
    .describe('Records that it found, before duplicates were removed.'),
  note: textOf('a note', MAX_NOTE).exactOptional(),
};

const highlights = z
  .array(
    z.strictObject({
      text: textOf('a word or phrase', MAX_COLLECTION_NAME).min(1, 'A highlighted text is empty.'),
      for: z.boolean({ error: 'Expected true or false.' }).describe('Whether it speaks for the paper.'),
      color: z
        .string()
        .regex(/^#[0-9a-fA-F]{6}$/, 'Expected a color such as #2b7a3d.')
        .exactOptional(),
    }),
    { error: 'Expected a list of words with "for".' },
  )
  .max(MAX_MARKED, `Expected at most ${MAX_MARKED} words.`)
  .describe('Words that the page highlights.');

const protocolInBody = {
  question: textOf('a question', MAX_QUESTION).min(1, 'The question is empty.'),
  include: criteria.exactOptional(),
  exclude: criteria.exactOptional(),
  sources: z
    .array(z.strictObject(sourceInBody), { error: 'Expected a list of sources.' })
    .max(MAX_SEARCHED, `Expected at most ${MAX_SEARCHED} sources.`)
    .exactOptional(),
  reviewersPerPaper: z
    .union([z.literal(1), z.literal(2)], { error: 'Expected 1 or 2.' })
    .exactOptional()
    .describe(REVIEWERS_PER_PAPER),
  targetRecall: z
    .number({ error: 'Expected a number between 0 and 1.' })
    .gt(0, 'Expected a number above 0.')
    .max(1, 'Expected a number of at most 1.')
    .exactOptional()
    .describe(TARGET_RECALL),
  randomEvery: z
    .int({ error: `Expected a whole number from 0 to ${MAX_RANDOM_EVERY}.` })
    .min(0)
    .max(MAX_RANDOM_EVERY)
    .exactOptional()
    .describe(RANDOM_EVERY),
  keywordOnly: z.boolean({ error: 'Expected true or false.' }).exactOptional().describe(KEYWORD_ONLY),
  highlights: highlights.exactOptional(),
};

const poolInBody = {
  query: textOf('a query', MAX_QUERY_LENGTH).exactOptional().describe(POOL_QUERY),
  filters: FiltersInBody.exactOptional(),
  mode: oneOf(SEARCH_MODES).exactOptional().describe('How the relevant papers are found. Default: hybrid.'),
};

const PROTOCOL_EXAMPLE = {
  question: 'Do language models improve by learning from their own answers?',
  include: [{ name: 'self-training', description: 'The model learns from texts that it wrote itself.' }],
  exclude: [{ name: 'no experiment', description: '' }],
};

export const NewReview = z
  .object({
    name,
    protocol: z.strictObject(protocolInBody, {
      error: ({ code }) =>
        code === 'unrecognized_keys' ? undefined : 'Expected a protocol with a question.',
    }),
    pool: z
      .strictObject(poolInBody)
      .exactOptional()
      .describe('The papers to screen. Default: all of the index.'),
  })
  .meta({ id: 'NewReview', examples: [{ name: 'Self-improvement', protocol: PROTOCOL_EXAMPLE }] });

export const ReviewChange = z
  .object({
    name: name.exactOptional(),
    ...protocolInBody,
    question: protocolInBody.question.exactOptional(),
  })
  .refine((change) => Object.keys(change).length > 0, 'Give at least one field to change.')
  .meta({ id: 'ReviewChange', description: 'Fields that are absent stay as they are.' });

export const PoolUpdate = z.object(poolInBody).meta({
  id: 'PoolUpdate',
  description: 'Without fields, the papers are selected as before.',
});

export const NewSource = z.object(sourceInBody).meta({ id: 'NewReviewSource' });

const EXAMPLE_SUMMARY = {
  id: 'self-improvement',
  name: 'Self-improvement',
  question: PROTOCOL_EXAMPLE.question,
  createdAt: '2026-11-30T09:00:00.000Z',
  createdBy: 'ada',
  changedAt: '2026-11-30T09:05:00.000Z',
  version: 3,
  papers: 120,
  decided: 1,
  included: 1,
  conflicts: 0,
  reviewers: ['ada'],
};

/** The schema of `ReviewSummary` in src/review/service.ts. */
export const ReviewSummary = z
  .object({
    id: z.string(),
    name: z.string(),
    question: z.string(),
    createdAt: z.string(),
    createdBy: z.string(),
    changedAt: z.string(),
    version: count.describe('Number of the last event in the log.'),
    papers: count.describe('Papers to screen.'),
    decided: count.describe('Papers with a final decision at the abstract stage.'),
    included: count.describe('How many of them are included.'),
    conflicts: count.describe('Papers that have to be settled.'),
    reviewers: z.array(z.string()),
  })
  .meta({ id: 'ReviewSummary', description: 'A review in numbers.', examples: [EXAMPLE_SUMMARY] });

export const ReviewList = z
  .object({ reviews: z.array(ReviewSummary) })
  .meta({ id: 'ReviewList', examples: [{ reviews: [EXAMPLE_SUMMARY] }] });

const Criterion = z
  .object({ name: z.string(), description: z.string() })
  .meta({ id: 'Criterion', description: 'A reason to include or to exclude a paper.' });

const Protocol = z
  .object({
    question: z.string(),
    include: z.array(Criterion),
    exclude: z.array(Criterion),
    sources: z.array(
      z.object({
        name: z.string(),
        kind: z.enum(SOURCE_KINDS),
        query: z.string().optional(),
        date: z.string().optional(),
        records: count.optional(),
        note: z.string().optional(),
      }),
    ),
    reviewersPerPaper: z.union([z.literal(1), z.literal(2)]).describe(REVIEWERS_PER_PAPER),
    targetRecall: z.number().describe(TARGET_RECALL),
    randomEvery: count.describe(RANDOM_EVERY),
    keywordOnly: z.boolean().describe(KEYWORD_ONLY),
    highlights: z.array(z.object({ text: z.string(), for: z.boolean(), color: z.string().optional() })),
  })
  .meta({ id: 'ReviewProtocol', description: 'What a review asks and how it judges.' });

const PoolRequest = z.object({
  query: z.string().optional(),
  filters: z.record(z.string(), z.unknown()).optional(),
  mode: z.enum(SEARCH_MODES).optional(),
});

const PoolChange = z
  .object({
    number: count.describe('Number of its event in the log.'),
    at: z.string(),
    by: z.string(),
    request: PoolRequest,
    snapshot: z.string().describe('The snapshot that the papers were taken from.'),
    added: count,
    removed: count,
    papers: count.describe('Papers afterwards, without removed ones.'),
    records: z
      .array(z.object({ source: z.string(), records: count }))
      .describe('Records that these papers were merged from, by source file.'),
    duplicates: count.describe('How many of the records were duplicates.'),
    vectors: z.boolean().describe('Whether vectors are kept with the papers.'),
  })
  .meta({ id: 'ReviewPool', description: 'How the papers of a review were selected.' });

/** The schema of `Review` in src/review/service.ts. */
export const Review = ReviewSummary.extend({
  protocol: Protocol,
  pool: z.array(PoolChange).describe('Each selection of papers, the first one first.'),
  poolOutdated: z.boolean().describe('Whether the index has changed since the last selection.'),
}).meta({
  id: 'Review',
  description: 'A review with its protocol.',
  examples: [
    {
      ...EXAMPLE_SUMMARY,
      protocol: {
        ...PROTOCOL_EXAMPLE,
        sources: [{ name: 'PubMed', kind: 'database', date: '2026-11-30', records: 131 }],
        reviewersPerPaper: 1,
        targetRecall: 0.95,
        randomEvery: 0,
        keywordOnly: false,
        highlights: [{ text: 'self-training', for: true }],
      },
      pool: [
        {
          number: 1,
          at: '2026-11-30T09:00:00.000Z',
          by: 'ada',
          request: {},
          snapshot: '2026-11-30T08-00-00-000Z-1f0c',
          added: 120,
          removed: 0,
          papers: 120,
          records: [{ source: 'pubmed.nbib', records: 131 }],
          duplicates: 11,
          vectors: true,
        },
      ],
      poolOutdated: false,
    },
  ],
});

export const ReviewRemoved = z.object({ removed: z.string() }).meta({
  id: 'ReviewRemoved',
  examples: [{ removed: 'self-improvement' }],
});
