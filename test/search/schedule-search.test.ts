import { describe, expect, test } from 'vitest';
import { SEARCH_MODES } from '../../src/search/mode.ts';
import { paperOf } from '../support/papers.ts';
import { snapshotOver } from '../support/snapshot-over.ts';

const day = '2025-04-26T';
const papers = [
  paperOf({
    title: 'Quantum chess',
    abstract: 'Superposed knights.',
    authors: ['Ada Lovelace'],
    session: { name: 'Games', hall: 'Hall 1', start: `${day}09:00:00-07:00`, end: `${day}09:20:00-07:00` },
  }),
  paperOf({
    title: 'Chess endgames',
    abstract: 'Kings and pawns.',
    session: { name: 'Games', hall: 'Hall 1', start: `${day}09:20:00-07:00`, end: `${day}09:40:00-07:00` },
  }),
  paperOf({
    title: 'Bread ovens',
    abstract: 'Crust and crumb.',
    session: { name: 'Food', hall: 'HALL 2', start: `${day}09:00:00-07:00` },
  }),
  paperOf({
    title: 'Sourdough',
    session: { name: 'Food', hall: 'hall 2', start: '2025-04-27T08:00:00-07:00' },
  }),
  paperOf({ title: 'Chess without a slot', session: { name: 'Games', start: 'to be announced' } }),
  paperOf({ title: 'Chess openings of last year', abstract: 'Never presented.' }),
];
const { snapshot, encoder } = await snapshotOver(papers);
const idsOf = async (request: Parameters<typeof snapshot.schedule>[0]) =>
  (await snapshot.schedule(request)).hits.map(({ paper }) => paper.id);

describe('schedule', () => {
  test('has every paper with a session, by time, and counts', async () => {
    const { hits, tookMs, ...rest } = await snapshot.schedule({});
    expect(hits.map(({ paper }) => paper.id)).toEqual([
      'bread-ovens',
      'quantum-chess',
      'chess-endgames',
      'sourdough',
      'chess-without-a-slot',
    ]);
    expect(rest).toEqual({
      mode: 'hybrid',
      total: 5,
      schedule: {
        papers: 5,
        withoutTime: 1,
        days: [
          { value: '2025-04-26', count: 3 },
          { value: '2025-04-27', count: 1 },
        ],
        halls: [
          { value: 'Hall 1', count: 2 },
          { value: 'HALL 2', count: 2 },
        ],
      },
    });
    expect(tookMs).toBeGreaterThanOrEqual(0);
  });

  test.each([
    [{ day: '2025-04-27' }, ['sourdough']],
    [{ day: '2025-04-28' }, []],
    [{ hall: ['Hall 2'] }, ['bread-ovens', 'sourdough']],
    [{ hall: ['hall 1', 'hall 2'], day: '2025-04-26' }, ['bread-ovens', 'quantum-chess', 'chess-endgames']],
    [{ limit: 2 }, ['bread-ovens', 'quantum-chess']],
    [
      { query: '   ' },
      ['bread-ovens', 'quantum-chess', 'chess-endgames', 'sourdough', 'chess-without-a-slot'],
    ],
  ])('%o', async (request, expected) => {
    expect(await idsOf(request)).toEqual(expected);
  });

  test('counts all papers whatever the limit', async () => {
    expect(await snapshot.schedule({ limit: 2 })).toMatchObject({ total: 5, schedule: { papers: 5 } });
  });

  test('returns the relevant papers that are presented, by time, with their ranks', async () => {
    const { hits, total, confidence } = await snapshot.schedule({ query: 'chess', mode: 'keyword' });
    expect(hits.map(({ paper }) => paper.id)).toEqual([
      'quantum-chess',
      'chess-endgames',
      'chess-without-a-slot',
    ]);
    expect(hits.map(({ rank }) => rank).sort()).toEqual([1, 2, 3]);
    expect(total).toBe(3);
    expect(confidence?.level).toBe('strong');
  });

  test('keeps the most relevant papers within a limit', async () => {
    const all = await snapshot.schedule({ query: 'endgames chess', mode: 'keyword' });
    const { hits, total } = await snapshot.schedule({ query: 'endgames chess', mode: 'keyword', limit: 1 });
    expect(hits.map(({ paper, rank }) => [paper.id, rank])).toEqual([['chess-endgames', 1]]);
    expect(total).toBe(all.total);
  });

  test.each(SEARCH_MODES)('%s: returns papers that match a day and a query', async (mode) => {
    expect(await idsOf({ query: 'sourdough', day: '2025-04-27', mode })).toEqual(['sourdough']);
    expect(await idsOf({ query: 'title:sourdough', day: '2025-04-26', mode })).toEqual([]);
  });

  test('supports the query language', async () => {
    expect(await idsOf({ query: 'author:lovelace' })).toEqual(['quantum-chess']);
    expect(await idsOf({ query: '+chess -quantum', mode: 'keyword' })).toEqual([
      'chess-endgames',
      'chess-without-a-slot',
    ]);
  });

  test('says that no paper is relevant', async () => {
    expect(await snapshot.schedule({ query: 'volcanoes', mode: 'keyword' })).toMatchObject({
      total: 0,
      hits: [],
      confidence: { level: 'none' },
    });
  });

  test('is empty for a corpus without sessions, and encodes nothing', async () => {
    const other = await snapshotOver([papers.at(-1)!]);
    const before = other.encoder.encoded.length;
    expect(await other.snapshot.schedule({ query: 'chess' })).toMatchObject({
      total: 0,
      confidence: { level: 'none' },
      schedule: { papers: 0, withoutTime: 0, days: [], halls: [] },
    });
    expect(other.encoder.encoded.length).toBe(before);
  });

  test.each([
    { day: '26 April' },
    { day: '2025-02-30' },
    { limit: 0 },
    { limit: 5001 },
    { mode: 'magic' },
    { halls: ['Hall 1'] },
  ])('rejects %o', async (request) => {
    await expect(snapshot.schedule(request as never)).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });

  test('encodes a query once', async () => {
    const before = encoder.encoded.length;
    for (let n = 0; n < 2; n++) await snapshot.schedule({ query: 'bread and games' });
    expect(encoder.encoded.length).toBe(before + 1);
  });
});
