import type { ScheduleRequest } from '../../../search/api.ts';
import type { Snapshot } from '../../../search/engine.ts';
import { papersById } from '../../../search/papers-by-id.ts';
import { timetableOf } from '../../../search/schedule/timetable.ts';
import { json, type Operation, operation } from '../operation.ts';
import {
  ChosenPapers,
  ChosenSchedule,
  MAX_BODY,
  Programme,
  Schedule,
  ScheduleParameters,
} from '../schemas/schedule.ts';

const ofSchedule = {
  method: 'get',
  mount: 'v1',
  tag: 'Schedule',
  summary: 'Returns the schedule',
  parameters: ScheduleParameters,
  errors: ['MODEL_UNAVAILABLE', 'ENCODER_FAILED'],
} as const;

const ofPapers = {
  method: 'post',
  mount: 'v1',
  tag: 'Schedule',
  summary: 'Returns the schedule of chosen papers',
  body: {
    kind: 'json',
    schema: ChosenPapers,
    example: { ids: ['doi:10.1000/182', 'gone'] },
    limit: MAX_BODY,
  },
  responses: { 200: json(ChosenSchedule, 'The papers, and which of them are at the same time.') },
} as const;

/** Papers by day, hall and time; `/programme` is the former name of `/schedule`. */
export function scheduleOperations(): Operation[] {
  return [
    operation({
      ...ofSchedule,
      id: 'getSchedule',
      path: '/schedule',
      description:
        'Contains the papers that have a session. With a query, it contains the relevant ones and marks those that are at the same time.',
      responses: { 200: json(Schedule, 'Papers by day, hall, session and time.') },
      handle: async (_request, response, { query: { q, ...rest }, snapshot }) => {
        response.json(await scheduleOf({ query: q, ...rest }, snapshot));
      },
    }),
    operation({
      ...ofPapers,
      id: 'getScheduleOfPapers',
      path: '/schedule',
      handle: async (_request, response, { body: { ids }, snapshot }) => {
        response.json(await scheduleOfPapers(ids, snapshot));
      },
    }),
    operation({
      ...ofSchedule,
      id: 'getProgramme',
      path: '/programme',
      deprecated: '/v1/schedule',
      responses: { 200: json(Programme, 'As `/v1/schedule`, with `programme` instead of `schedule`.') },
      handle: async (_request, response, { query: { q, ...rest }, snapshot }) => {
        const { schedule, ...others } = await scheduleOf({ query: q, ...rest }, snapshot);
        response.json({ ...others, programme: schedule });
      },
    }),
    operation({
      ...ofPapers,
      id: 'getProgrammeOfPapers',
      path: '/programme',
      deprecated: '/v1/schedule',
      handle: async (_request, response, { body: { ids }, snapshot }) => {
        response.json(await scheduleOfPapers(ids, snapshot));
      },
    }),
  ];
}

async function scheduleOf(request: ScheduleRequest, snapshot: Snapshot) {
  const { hits, ...answer } = await snapshot.schedule(request);
  const timetable = timetableOf(hits, { clashes: answer.query !== undefined });
  return { ...answer, shown: hits.length, ...timetable };
}

async function scheduleOfPapers(ids: readonly string[], snapshot: Snapshot) {
  const { papers, unknown } = await papersById(snapshot, ids);
  const timetable = timetableOf(
    papers.map((paper) => ({ paper })),
    { clashes: true },
  );
  return { ...timetable, unknown };
}
