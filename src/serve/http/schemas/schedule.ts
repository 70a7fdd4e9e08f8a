import { z } from 'zod';
import { MAX_ID_LENGTH, MAX_IDS, MAX_SCHEDULED } from '../../../limits.ts';
import { isDay } from '../../../search/schedule/session-time.ts';
import { modeParameter, optionalQueryParameter, severalTimes, wholeNumber } from '../parameters.ts';
import { EXAMPLE_PAPER, PaperUrls } from './paper.ts';
import { Confidence, deprecatedVerdict, SearchMode } from './search.ts';

/** Limit of such a request in bytes. */
export const MAX_BODY = 1024 * 1024;

/** The parameters of `GET /schedule`. */
export const ScheduleParameters = z.object({
  q: optionalQueryParameter.describe('What the sessions should be about. Default: the whole schedule.'),
  mode: modeParameter,
  day: z
    .string({ error: 'Expected one day, as YYYY-MM-DD.' })
    .refine(isDay, 'Expected a day that exists, as YYYY-MM-DD.')
    .optional()
    .describe('A day, YYYY-MM-DD, in the local time of the event.'),
  hall: severalTimes('Expected a hall.', 'A room. If repeated, one value has to match.'),
  limit: wholeNumber(1, MAX_SCHEDULED)
    .default(1000)
    .describe('Maximum number of papers: the most relevant, or without a query the earliest.'),
});

/** The body of `POST /schedule`. */
export const ChosenPapers = z
  .object({
    ids: z
      .array(z.string().min(1).max(MAX_ID_LENGTH))
      .min(1, 'Give at least one id.')
      .max(MAX_IDS, `Expected at most ${MAX_IDS} ids.`),
  })
  .meta({ id: 'ChosenPapers' });

const Clashes = z
  .object({ count: z.int().min(1), ids: z.array(z.string()).describe('At most ten, the best ranked first.') })
  .meta({ id: 'Clashes', description: 'Other papers of the answer at the same time in another place.' });

const time = z
  .string()
  .describe('ISO 8601 with the offset of the source; only the day when the time is unknown.');

/** The schema of `Talk` in src/search/schedule/timetable.ts. */
const Talk = z
  .object({
    id: z.string(),
    title: z.string(),
    authors: z.array(z.string()),
    venue: z.string().optional(),
    urls: PaperUrls,
    session: z.string().optional(),
    hall: z.string().optional(),
    start: time.optional(),
    end: time.optional(),
    rank: z.int().min(1).optional().describe('Rank among the relevant papers, if there is a query.'),
    clashes: Clashes.optional(),
  })
  .meta({ id: 'Talk', description: 'A paper in the schedule.' });

const days = z
  .array(
    z.object({
      day: z
        .string()
        .describe('YYYY-MM-DD. A session that continues after midnight belongs to the day it begins.'),
      halls: z.array(
        z.object({
          hall: z.string().optional(),
          sessions: z.array(
            z.object({
              name: z.string().optional(),
              start: time,
              end: time.optional(),
              talks: z.array(Talk),
            }),
          ),
        }),
      ),
    }),
  )
  .describe('Papers by day, hall, session and time.');
const withoutTime = z.array(Talk).describe('Papers whose time is unknown.');
const choices = z.array(z.object({ value: z.string(), count: z.int() }));

const EXAMPLE_TALK = {
  id: EXAMPLE_PAPER.id,
  title: EXAMPLE_PAPER.title,
  authors: EXAMPLE_PAPER.authors,
  urls: EXAMPLE_PAPER.urls,
  session: 'Oral Session 1',
  hall: 'Hall 1',
  start: '2025-04-26T10:30:00+08:00',
  end: '2025-04-26T10:42:00+08:00',
};
const exampleDays = (talk: object) => [
  {
    day: '2025-04-26',
    halls: [
      {
        hall: 'Hall 1',
        sessions: [
          { name: 'Oral Session 1', start: EXAMPLE_TALK.start, end: EXAMPLE_TALK.end, talks: [talk] },
        ],
      },
    ],
  },
];

const wholeSchedule = z
  .object({ papers: z.int(), withoutTime: z.int(), days: choices, halls: choices })
  .describe('Days, rooms and number of papers of the whole schedule, independent of the request.');
const EXAMPLE_WHOLE = {
  papers: 1,
  withoutTime: 0,
  days: [{ value: '2025-04-26', count: 1 }],
  halls: [{ value: 'Hall 1', count: 1 }],
};

const answer = {
  query: z.string().optional(),
  mode: SearchMode,
  confidence: Confidence.optional().describe('Only with a query.'),
  verdict: deprecatedVerdict.optional(),
  total: z.int().describe('Number of papers that match; with a query, of relevant ones.'),
  shown: z.int().describe('Number of papers in this answer, at most `limit`.'),
  days,
  withoutTime,
  tookMs: z.number(),
};
const EXAMPLE_ANSWER = {
  query: 'self-improvement',
  mode: 'hybrid' as const,
  confidence: { level: 'strong' as const, score: 0.81 },
  verdict: { level: 'strong' as const, evidence: 0.81 },
  total: 1,
  shown: 1,
  days: exampleDays({ ...EXAMPLE_TALK, rank: 1 }),
  withoutTime: [],
  tookMs: 4.2,
};

/** The answer to `GET /schedule`. */
export const Schedule = z
  .object({ ...answer, schedule: wholeSchedule })
  .meta({ id: 'Schedule', examples: [{ ...EXAMPLE_ANSWER, schedule: EXAMPLE_WHOLE }] });

/** The answer to `GET /programme`, as it was before `/schedule`. */
export const Programme = z
  .object({ ...answer, programme: wholeSchedule })
  .meta({ id: 'Programme', examples: [{ ...EXAMPLE_ANSWER, programme: EXAMPLE_WHOLE }] });

/** The answer to `POST /schedule`. */
export const ChosenSchedule = z
  .object({
    days,
    withoutTime,
    unknown: z.array(z.string()).describe('Ids that are not the id of any paper.'),
  })
  .meta({
    id: 'ChosenSchedule',
    examples: [{ days: exampleDays(EXAMPLE_TALK), withoutTime: [], unknown: ['gone'] }],
  });
