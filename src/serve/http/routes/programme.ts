import { papersById } from '../../../search/papers-by-id.ts';
import { timetableOf } from '../../../search/schedule/timetable.ts';
import { json, type Operation, operation } from '../operation.ts';
import {
  ChosenPapers,
  ChosenProgramme,
  MAX_LIST,
  Programme,
  ProgrammeParameters,
} from '../schemas/programme.ts';

/** Papers by day, hall and time. */
export function programmeOperations(): Operation[] {
  return [
    operation({
      id: 'getProgramme',
      method: 'get',
      path: '/programme',
      mount: 'v1',
      tag: 'Programme',
      summary: 'What is presented when and where',
      description:
        'Papers that have a session. With a query, those that are relevant, and which of them are at the same time.',
      parameters: ProgrammeParameters,
      responses: { 200: json(Programme, 'Papers by day, hall, session and time.') },
      errors: ['MODEL_UNAVAILABLE', 'ENCODER_FAILED'],
      handle: async (_request, response, { query: { q, ...rest }, snapshot }) => {
        const { hits, schedule, tookMs, ...answer } = await snapshot.schedule({ query: q, ...rest });
        const timetable = timetableOf(hits, { clashes: answer.query !== undefined });
        response.json({ ...answer, shown: hits.length, ...timetable, programme: schedule, tookMs });
      },
    }),
    operation({
      id: 'getProgrammeOfPapers',
      method: 'post',
      path: '/programme',
      mount: 'v1',
      tag: 'Programme',
      summary: 'When and where chosen papers are presented',
      body: {
        kind: 'json',
        schema: ChosenPapers,
        example: { ids: ['doi:10.1000/182', 'gone'] },
        limit: MAX_LIST,
      },
      responses: { 200: json(ChosenProgramme, 'The papers, and which of them are at the same time.') },
      handle: async (_request, response, { body: { ids }, snapshot }) => {
        const { papers, unknown } = await papersById(snapshot, ids);
        response.json({
          ...timetableOf(
            papers.map((paper) => ({ paper })),
            { clashes: true },
          ),
          unknown,
        });
      },
    }),
  ];
}
