import { z } from 'zod';
import { MAX_ID_LENGTH, MAX_QUERY_LENGTH, MAX_SEEDS } from '../../../limits.ts';
import { filtersInJson } from '../../../search/match/filter-schemas.ts';
import { REJECTED_CHOICES, REJECTED_DESCRIPTION } from '../../../search/match/rejected.ts';
import { SEARCH_MODES } from '../../../search/mode.ts';
import { WATCH_FORMATS, WATCH_LEVELS } from '../../../watch/choices.ts';
import { TARGETS } from '../../../watch/events.ts';
import { EXAMPLE_PAPER, Paper } from './paper.ts';

const count = z.int().min(0);
const instant = z.iso.datetime();
const ids = z.array(z.string().min(1).max(MAX_ID_LENGTH)).max(MAX_SEEDS);

/** The parts of a question, each with what it is. */
const question = {
  query: z.string().max(MAX_QUERY_LENGTH).describe('A query in the query language; empty for none.'),
  like: ids.describe('Ids of papers that new ones should be like: any of them.'),
  unlike: ids.describe('Ids of papers that new ones should not be like.'),
  mode: z.enum(SEARCH_MODES).describe('How relevance is measured.'),
  filters: filtersInJson.describe('Conditions that every paper must meet.'),
  rejected: z.enum(REJECTED_CHOICES).describe(REJECTED_DESCRIPTION),
  minConfidence: z.enum(WATCH_LEVELS).describe('Least confidence of a paper that is reported.'),
  changes: z
    .boolean()
    .describe('Whether a reported paper is reported again when it is retracted, removed or withdrawn.'),
};

const Hook = z
  .strictObject({
    url: z.string().max(2000).describe('https, at the usual port of a public address.'),
  })
  .describe('Each report is sent there by POST, as JSON and signed.');

/** A change of a watch: what is absent stays. */
export const WatchChange = z
  .strictObject({
    ...Object.fromEntries(Object.entries(question).map(([name, schema]) => [name, schema.optional()])),
    post: Hook.nullable().optional().describe('The webhook; null for none.'),
  } as { [K in keyof typeof question]: z.ZodOptional<(typeof question)[K]> } & {
    post: z.ZodOptional<z.ZodNullable<typeof Hook>>;
  })
  .meta({ id: 'WatchChange' });

export const NewWatch = WatchChange.extend({
  name: z.string().describe('Up to 64 lower-case letters, digits, "-" and "_".'),
  since: z
    .union([z.literal('all'), z.iso.date(), instant])
    .optional()
    .describe(
      'Papers that arrived since this day or instant are new, too; `all`: every paper is. Default: now.',
    ),
}).meta({ id: 'NewWatch' });

/** A watch as clients see it. The folder of files and the secret are known to the server alone. */
export const Watch = z
  .object({
    name: z.string(),
    question: z.string().describe('The question in one line, for people.'),
    ...question,
    delivery: z.object({
      format: z.enum(WATCH_FORMATS).describe('Of files and printed reports.'),
      folder: z.boolean().describe('Whether reports are written to a folder of the server.'),
      post: z.object({ url: z.string() }).optional(),
    }),
    createdAt: instant,
    after: instant.optional().describe('Papers that arrived later are new. Absent: every paper is.'),
    lastRun: z.object({ at: instant, snapshot: z.string() }).optional(),
    reported: count.describe('Papers that were reported so far.'),
    failed: z
      .array(z.object({ delivery: z.string(), to: z.enum(TARGETS), reason: z.string() }))
      .describe('Reports that could not be delivered. The next run tries again.'),
    secret: z
      .string()
      .optional()
      .describe('The secret of the signature of a new webhook. It is returned only once.'),
  })
  .meta({ id: 'Watch' });

export const WatchList = z.object({ watches: z.array(Watch) }).meta({ id: 'WatchList' });

export const WatchReport = z
  .object({
    watch: z.string(),
    question: z.string(),
    delivery: z.string().describe('The same in every attempt to deliver the report, and in no other report.'),
    at: instant.describe('When the papers were found.'),
    snapshot: z.string(),
    papers: z.array(
      Paper.extend({
        relevance: z.object({
          level: z.enum(WATCH_LEVELS),
          score: z.number(),
          nearest: z.string().optional().describe('Id of the paper of `like` that it is most similar to.'),
        }),
        reason: z
          .enum(['new', 'status'])
          .describe('`status`: it was reported, and something has become of it.'),
        isRemoved: z
          .literal(true)
          .optional()
          .describe('It has been removed since it was found: only its id and title are known.'),
      }).meta({ id: 'ReportedPaper' }),
    ),
    notices: z.array(z.string()).describe('What the report leaves out, and what to do about it.'),
  })
  .meta({ id: 'WatchReport' });

export const WatchRun = z
  .object({
    watch: z.string(),
    snapshot: z.string(),
    found: count.describe('Papers that this run found.'),
    reports: z
      .array(WatchReport)
      .describe('Reports of a watch without a folder and a webhook: this answer delivers them.'),
    delivered: z
      .array(z.object({ delivery: z.string(), to: z.enum(TARGETS), papers: count }))
      .describe('Reports that were delivered elsewhere.'),
    failed: z
      .array(z.object({ delivery: z.string(), to: z.enum(TARGETS), reason: z.string() }))
      .describe('Reports that could not be delivered. The next run tries again.'),
    notices: z.array(z.string()),
  })
  .meta({ id: 'WatchRun' });

export const WatchHistory = z
  .object({
    events: z.array(
      z.looseObject({
        at: instant,
        kind: z.enum(['created', 'edited', 'nothing', 'found', 'delivered', 'failed', 'removed']),
      }),
    ),
  })
  .describe('What has happened to a watch, the oldest first.')
  .meta({ id: 'WatchHistory' });

export const WatchRemoved = z.object({ removed: z.string() }).meta({ id: 'WatchRemoved' });

export const JsonFeed = z
  .looseObject({ version: z.string(), title: z.string(), items: z.array(z.looseObject({ id: z.string() })) })
  .describe('See https://www.jsonfeed.org/version/1.1/.')
  .meta({ id: 'JsonFeed' });

export const EXAMPLE_WATCH: z.input<typeof Watch> = {
  name: 'graph-kernels',
  question: 'graph kernels',
  query: 'graph kernels',
  like: [],
  unlike: [],
  mode: 'hybrid',
  filters: {},
  rejected: 'hide',
  minConfidence: 'weak',
  changes: false,
  delivery: { format: 'text', folder: false },
  createdAt: '2026-11-30T10:15:00.000Z',
  after: '2026-11-30T08:00:00.000Z',
  reported: 0,
  failed: [],
};

export const EXAMPLE_REPORT: z.input<typeof WatchReport> = {
  watch: 'graph-kernels',
  question: 'graph kernels',
  delivery: '6f0c1d1e-5a3b-4f0e-9a52-0d8d2f0c7b11',
  at: '2026-11-30T10:15:00.000Z',
  snapshot: '0123456789abcdef',
  papers: [{ ...EXAMPLE_PAPER, relevance: { level: 'strong', score: 0.71 }, reason: 'new' }],
  notices: [],
};

export const EXAMPLE_RUN: z.input<typeof WatchRun> = {
  watch: 'graph-kernels',
  snapshot: '0123456789abcdef',
  found: 1,
  reports: [EXAMPLE_REPORT],
  delivered: [],
  failed: [],
  notices: [],
};

export const EXAMPLE_HISTORY: z.input<typeof WatchHistory> = {
  events: [
    { at: '2026-11-30T10:15:00.000Z', kind: 'created', question: 'graph kernels' },
    { at: '2026-11-30T10:20:00.000Z', kind: 'nothing', snapshot: '0123456789abcdef' },
  ],
};
