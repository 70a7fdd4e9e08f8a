import type { Response } from 'express';
import type { Paper } from '../../../papers/paper.ts';
import { papersById } from '../../../search/papers-by-id.ts';
import { CALENDAR_MEDIA_TYPE, calendarOf } from '../../../search/schedule/calendar.ts';
import { type Operation, operation, type ResponseDescription } from '../operation.ts';
import { ChosenPapers, MAX_BODY, ScheduleParameters } from '../schemas/schedule.ts';
import { LEFT_OUT } from '../send-export.ts';

const answer: ResponseDescription = {
  description:
    'An iCalendar object (RFC 5545), times in UTC. The header counts the papers that are not in it: ' +
    `\`${LEFT_OUT}: without-time=1, unknown=1, over-limit=1\`.`,
  content: { [CALENDAR_MEDIA_TYPE]: undefined },
};

/** The paths of calendars; the second is the former name. */
const PATHS = [
  { path: '/schedule.ics', name: 'Schedule' },
  { path: '/programme.ics', name: 'Programme', deprecated: '/v1/schedule.ics' },
] as const;

/** The schedule as calendar files. */
export function calendarOperations(): Operation[] {
  return PATHS.flatMap(({ path, name, ...others }) => [
    operation({
      ...others,
      id: `get${name}Calendar`,
      method: 'get',
      path,
      mount: 'v1',
      tag: 'Schedule',
      summary: 'Returns the schedule as a calendar',
      parameters: ScheduleParameters,
      responses: { 200: answer },
      errors: ['NOT_FOUND', 'MODEL_UNAVAILABLE', 'ENCODER_FAILED'],
      handle: async (_request, response, { query: { q, ...rest }, snapshot }) => {
        const { hits, total } = await snapshot.schedule({ query: q, ...rest });
        const papers = hits.map(({ paper }) => paper);
        sendCalendar(response, path, papers, { 'over-limit': total - hits.length });
      },
    }),
    operation({
      ...others,
      id: path === '/schedule.ics' ? 'getScheduleCalendarOfPapers' : 'getCalendarOfPapers',
      method: 'post',
      path,
      mount: 'v1',
      tag: 'Schedule',
      summary: 'Returns the sessions of chosen papers as a calendar',
      body: {
        kind: 'json',
        schema: ChosenPapers,
        example: { ids: ['doi:10.1000/182'] },
        limit: MAX_BODY,
      },
      responses: { 200: answer },
      errors: ['NOT_FOUND'],
      handle: async (_request, response, { body: { ids }, snapshot }) => {
        const { papers, unknown } = await papersById(snapshot, ids);
        sendCalendar(response, path, papers, { unknown: unknown.length });
      },
    }),
  ]);
}

function sendCalendar(
  response: Response,
  path: string,
  papers: readonly Paper[],
  counts: Readonly<Record<string, number>>,
): void {
  const { text, withoutTime } = calendarOf(papers, new Date());
  const leftOut = Object.entries({ 'without-time': withoutTime.length, ...counts }).filter(([, n]) => n > 0);
  if (leftOut.length > 0) response.set(LEFT_OUT, leftOut.map(([reason, n]) => `${reason}=${n}`).join(', '));
  response.attachment(path.slice(1)).type(`${CALENDAR_MEDIA_TYPE}; charset=utf-8`).send(text);
}
