import type { Response } from 'express';
import type { Paper } from '../../../papers/paper.ts';
import { papersById } from '../../../search/papers-by-id.ts';
import { CALENDAR_MEDIA_TYPE, calendarOf } from '../../../search/schedule/calendar.ts';
import { type Operation, operation, type ResponseDescription } from '../operation.ts';
import { ChosenPapers, MAX_LIST, ProgrammeParameters } from '../schemas/programme.ts';

/** How many papers are not in a calendar, by the reason, as a dictionary of RFC 8941. Absent when all are. */
const LEFT_OUT = 'Papers-Left-Out';

const answer: ResponseDescription = {
  description:
    'An iCalendar object (RFC 5545), times in UTC. Papers that are not in it are counted in the header ' +
    `${LEFT_OUT}: without-time=1, unknown=1, over-limit=1.`,
  content: { [CALENDAR_MEDIA_TYPE]: undefined },
};

/** Sessions of papers as calendars. */
export function calendarOperations(): Operation[] {
  return [
    operation({
      id: 'getProgrammeCalendar',
      method: 'get',
      path: '/programme.ics',
      mount: 'v1',
      tag: 'Programme',
      summary: 'What is presented when and where, as a calendar',
      parameters: ProgrammeParameters,
      responses: { 200: answer },
      errors: ['NOT_FOUND', 'MODEL_UNAVAILABLE', 'ENCODER_FAILED'],
      handle: async (_request, response, { query: { q, ...rest }, snapshot }) => {
        const { hits, total } = await snapshot.schedule({ query: q, ...rest });
        sendCalendar(
          response,
          hits.map(({ paper }) => paper),
          { 'over-limit': total - hits.length },
        );
      },
    }),
    operation({
      id: 'getCalendarOfPapers',
      method: 'post',
      path: '/programme.ics',
      mount: 'v1',
      tag: 'Programme',
      summary: 'The sessions of chosen papers as a calendar',
      body: {
        kind: 'json',
        schema: ChosenPapers,
        example: { ids: ['doi:10.1000/182'] },
        limit: MAX_LIST,
      },
      responses: { 200: answer },
      errors: ['NOT_FOUND'],
      handle: async (_request, response, { body: { ids }, snapshot }) => {
        const { papers, unknown } = await papersById(snapshot, ids);
        sendCalendar(response, papers, { unknown: unknown.length });
      },
    }),
  ];
}

function sendCalendar(
  response: Response,
  papers: readonly Paper[],
  counts: Readonly<Record<string, number>>,
): void {
  const { text, withoutTime } = calendarOf(papers, new Date());
  const leftOut = Object.entries({ 'without-time': withoutTime.length, ...counts }).filter(([, n]) => n > 0);
  if (leftOut.length > 0) response.set(LEFT_OUT, leftOut.map(([reason, n]) => `${reason}=${n}`).join(', '));
  response.attachment('programme.ics').type(`${CALENDAR_MEDIA_TYPE}; charset=utf-8`).send(text);
}
