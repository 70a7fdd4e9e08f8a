import { z } from 'zod';
import { MAX_ID_LENGTH, MAX_IDS, MAX_SCHEDULED } from '../../../limits.ts';
import { isDay } from '../../../search/schedule/session-time.ts';
import { modeParameter, optionalQueryParameter, severalTimes, wholeNumber } from '../parameters.ts';
import { EXAMPLE_PAPER } from './paper.ts';
import { Confidence, deprecatedVerdict, SearchMode } from './search.ts';

/** Most bytes of such a list. */
export const MAX_LIST = 1024 * 1024;

/** What of the schedule is wanted. */
export const ScheduleParameters = z.object({
  q: optionalQueryParameter.describe('What the sessions should be about. Default: the whole schedule.'),
  mode: modeParameter,
  day: z
    .string({ error: 'Expected one day, as YYYY-MM-DD.' })
    .refine(isDay, 'Expected a day that exists, as YYYY-MM-DD.')
    .optional()
    .describe('A day, YYYY-MM-DD, on the clock of the place.'),
  hall: severalTimes('Expected a hall.', 'A hall. Given several times, one is enough.'),
  limit: wholeNumber(1, MAX_SCHEDULED)
    .default(1000)
    .describe('Papers wanted: the most relevant, or without a query the earliest.'),
});

/** Papers whose sessions are wanted. */
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
  .describe('ISO 8601 with the offset that the source gave; a day where no more is known.');

/** As `Talk` of src/search/schedule/timetable.ts. */
const Talk = z
  .object({
    id: z.string(),
    title: z.string(),
    authors: z.array(z.string()),
    venue: z.string().optional(),
    urls: z.object({ landing: z.string().optional(), pdf: z.string().optional() }),
    session: z.string().optional(),
    hall: z.string().optional(),
    start: time.optional(),
    end: time.optional(),
    rank: z.int().min(1).optional().describe('Place among the relevant papers; with a query.'),
    clashes: Clashes.optional(),
  })
  .meta({ id: 'Talk', description: 'A paper in the schedule.' });

const days = z
  .array(
    z.object({
      day: z.string().describe('YYYY-MM-DD. What goes over midnight is in the day in which it begins.'),
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
const withoutTime = z.array(Talk).describe('Papers whose time is not known.');
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
  .describe('The whole schedule, whatever was asked for.');
const EXAMPLE_WHOLE = {
  papers: 1,
  withoutTime: 0,
  days: [{ value: '2025-04-26', count: 1 }],
  halls: [{ value: 'Hall 1', count: 1 }],
};

const answer = {
  query: z.string().optional(),
  mode: SearchMode,
  confidence: Confidence.optional().describe('With a query.'),
  verdict: deprecatedVerdict.optional(),
  total: z.int().describe('Papers that fit; with a query, the relevant ones.'),
  shown: z.int().describe('As many of them as the limit allows.'),
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
  .object({ days, withoutTime, unknown: z.array(z.string()).describe('Ids that no paper has.') })
  .meta({
    id: 'ChosenSchedule',
    examples: [{ days: exampleDays(EXAMPLE_TALK), withoutTime: [], unknown: ['gone'] }],
  });
