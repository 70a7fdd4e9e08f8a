import ICAL from 'ical.js';
import { afterAll, describe, expect, test } from 'vitest';
import { createApp } from '../../../src/serve/http/app.ts';
import { ChosenSchedule, Programme, Schedule } from '../../../src/serve/http/schemas/schedule.ts';
import { listening } from '../../support/listening.ts';
import { paperOf } from '../../support/papers.ts';
import { snapshotOver } from '../../support/snapshot-over.ts';
import { validatedFetch } from '../../support/validated-fetch.ts';

const day = '2025-04-26T';
const { engine } = await snapshotOver([
  paperOf({
    title: 'Quantum chess',
    session: { name: 'Games', hall: 'Hall 1', start: `${day}09:00:00-07:00`, end: `${day}09:20:00-07:00` },
  }),
  paperOf({
    title: 'Quantum ovens',
    session: { name: 'Food', hall: 'Hall 2', start: `${day}09:10:00-07:00`, end: `${day}09:30:00-07:00` },
  }),
  paperOf({
    title: 'Sourdough',
    session: { name: 'Food', hall: 'Hall 2', start: '2025-04-27T08:00:00-07:00' },
  }),
  paperOf({ title: 'Unplaced', session: { name: 'Food' } }),
  paperOf({ title: 'Elsewhere' }),
]);
const server = await listening(createApp({ engine }));
afterAll(async () => {
  server.close();
  await engine.close();
});

const post = (path: string, body: unknown) =>
  validatedFetch(server.url + path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
const summariesOf = (text: string) =>
  new ICAL.Component(ICAL.parse(text) as string)
    .getAllSubcomponents('vevent')
    .map((event) => event.getFirstPropertyValue('summary'));

describe('GET /v1/schedule', () => {
  test('answers by day, hall, session and time', async () => {
    const response = await validatedFetch(`${server.url}/v1/schedule`);
    const body = Schedule.strict().parse(await response.json());
    expect(body).toMatchObject({
      total: 4,
      shown: 4,
      days: [
        {
          day: '2025-04-26',
          halls: [
            { hall: 'Hall 1', sessions: [{ name: 'Games', talks: [{ id: 'quantum-chess' }] }] },
            { hall: 'Hall 2', sessions: [{ name: 'Food', talks: [{ id: 'quantum-ovens' }] }] },
          ],
        },
        { day: '2025-04-27' },
      ],
      withoutTime: [{ id: 'unplaced' }],
      schedule: { papers: 4, withoutTime: 1 },
    });
    expect(JSON.stringify(body)).not.toContain('clashes');
  });

  test('returns the papers relevant to a query and marks those at the same time', async () => {
    const response = await validatedFetch(`${server.url}/v1/schedule?q=quantum&mode=keyword&limit=5`);
    const { days, confidence, total } = Schedule.strict().parse(await response.json());
    expect(confidence?.level).toBe('strong');
    expect(total).toBe(2);
    const talks = days[0]!.halls.map(({ sessions }) => sessions[0]!.talks[0]!);
    expect(talks.map(({ id, clashes }) => [id, clashes])).toEqual([
      ['quantum-chess', { count: 1, ids: ['quantum-ovens'] }],
      ['quantum-ovens', { count: 1, ids: ['quantum-chess'] }],
    ]);
  });

  test.each([
    ['?day=2025-04-27', ['sourdough']],
    ['?hall=hall+1', ['quantum-chess']],
    ['?hall=Hall+1&hall=Hall+2&day=2025-04-26', ['quantum-chess', 'quantum-ovens']],
  ])('%s', async (query, expected) => {
    const body = Schedule.parse(await (await validatedFetch(`${server.url}/v1/schedule${query}`)).json());
    const ids = body.days.flatMap(({ halls }) =>
      halls.flatMap(({ sessions }) => sessions.flatMap(({ talks }) => talks.map(({ id }) => id))),
    );
    expect(ids).toEqual(expected);
  });

  test.each(['?day=tomorrow', '?day=2025-02-30', '?limit=0', '?limit=5001', '?hall=', '?halls=a', '?mode=x'])(
    '%s is a bad request',
    async (query) => {
      for (const path of ['/v1/schedule', '/v1/schedule.ics']) {
        const response = await validatedFetch(server.url + path + query);
        expect(response.status).toBe(400);
        expect(await response.json()).toMatchObject({ error: { code: 'BAD_REQUEST' } });
      }
    },
  );
});

test('POST /v1/schedule returns chosen papers and lists unknown ids', async () => {
  const response = await post('/v1/schedule', {
    ids: ['sourdough', 'gone', 'quantum-ovens', 'quantum-chess', 'elsewhere', 'gone', 'sourdough'],
  });
  const body = ChosenSchedule.strict().parse(await response.json());
  expect(body.days.map((each) => each.day)).toEqual(['2025-04-26', '2025-04-27']);
  expect(body.days[0]!.halls[0]!.sessions[0]!.talks[0]!.clashes?.ids).toEqual(['quantum-ovens']);
  expect(body.withoutTime.map(({ id }) => id)).toEqual(['elsewhere']);
  expect(body.unknown).toEqual(['gone']);
});

describe('/v1/schedule.ics', () => {
  test('GET returns the schedule as a calendar file, and counts what it leaves out', async () => {
    const response = await validatedFetch(`${server.url}/v1/schedule.ics?limit=4`);
    expect(response.headers.get('Content-Type')).toBe('text/calendar; charset=utf-8');
    expect(response.headers.get('Content-Disposition')).toBe('attachment; filename=schedule.ics');
    expect(response.headers.get('Papers-Left-Out')).toBe('without-time=1');
    expect(summariesOf(await response.text())).toEqual(['Quantum chess', 'Quantum ovens', 'Sourdough']);
  });

  test('GET counts what the limit leaves out', async () => {
    const response = await validatedFetch(`${server.url}/v1/schedule.ics?limit=1`);
    expect(response.headers.get('Papers-Left-Out')).toBe('over-limit=3');
    expect(summariesOf(await response.text())).toEqual(['Quantum chess']);
  });

  test('POST returns chosen papers', async () => {
    const response = await post('/v1/schedule.ics', {
      ids: ['sourdough', 'gone', 'elsewhere', 'quantum-chess'],
    });
    expect(response.headers.get('Papers-Left-Out')).toBe('without-time=1, unknown=1');
    expect(summariesOf(await response.text())).toEqual(['Sourdough', 'Quantum chess']);
  });

  test('is an error when no paper has a time', async () => {
    for (const response of [
      await post('/v1/schedule.ics', { ids: ['gone', 'elsewhere'] }),
      await validatedFetch(`${server.url}/v1/schedule.ics?day=2031-01-01`),
    ]) {
      expect(response.status).toBe(404);
      expect(await response.json()).toMatchObject({ error: { code: 'NOT_FOUND' } });
    }
  });

  test.each([[{}], [{ ids: [] }], [{ ids: [''] }], [{ ids: 'a' }], [{ ids: ['a'], x: 1 }], [[]]])(
    '%j is a bad request',
    async (body) => {
      expect((await post('/v1/schedule.ics', body)).status).toBe(400);
      expect((await post('/v1/schedule', body)).status).toBe(400);
    },
  );
});

describe('/v1/programme, the former name', () => {
  test('answers as before, with "programme" instead of "schedule"', async () => {
    const response = await validatedFetch(`${server.url}/v1/programme?limit=2`);
    const { tookMs: _, programme, ...others } = Programme.strict().parse(await response.json());
    const now = await validatedFetch(`${server.url}/v1/schedule?limit=2`);
    const { tookMs: __, schedule, ...same } = Schedule.strict().parse(await now.json());
    expect(others).toEqual(same);
    expect(programme).toEqual(schedule);
  });

  test('returns chosen papers', async () => {
    const body = ChosenSchedule.strict().parse(
      await (await post('/v1/programme', { ids: ['sourdough'] })).json(),
    );
    expect(body.days.map((each) => each.day)).toEqual(['2025-04-27']);
  });

  test('returns a calendar file', async () => {
    for (const response of [
      await validatedFetch(`${server.url}/v1/programme.ics?limit=1`),
      await post('/v1/programme.ics', { ids: ['quantum-chess'] }),
    ]) {
      expect(response.headers.get('Content-Disposition')).toBe('attachment; filename=programme.ics');
      expect(summariesOf(await response.text())).toEqual(['Quantum chess']);
    }
  });

  test('is deprecated in the document, which names the new one', async () => {
    const document = await (await fetch(`${server.url}/openapi.json`)).json();
    const { paths } = document as { paths: Record<string, Record<string, Record<string, unknown>>> };
    for (const path of ['/v1/programme', '/v1/programme.ics']) {
      for (const method of ['get', 'post']) {
        const { deprecated, description } = paths[path]![method]!;
        expect({ deprecated, description }).toEqual({
          deprecated: true,
          description: expect.stringContaining(path.replace('programme', 'schedule')),
        });
      }
    }
    expect(paths['/v1/schedule']!.get).not.toHaveProperty('deprecated');
  });
});
