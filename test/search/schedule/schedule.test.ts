import { describe, expect, test } from 'vitest';
import type { PaperSession } from '../../../src/papers/paper.ts';
import { LazyReading } from '../../../src/search/lazy-reading.ts';
import { readSchedule } from '../../../src/search/schedule/schedule.ts';

const papersAt = (...sessions: (PaperSession | undefined)[]) => sessions.map((session) => ({ session }));

describe('readSchedule', () => {
  test('orders by day and instant, slots without a time first in their day, slots without a day last', async () => {
    const { papers, withoutTime } = await readSchedule(
      papersAt(
        { name: 'A', start: 'TBA' },
        { start: '2025-04-27T09:00:00-07:00' },
        undefined,
        // Earlier than the next one, though its local time is later.
        { start: '2025-04-26T12:00:00+02:00' },
        { start: '2025-04-26T11:00:00Z' },
        { start: '2025-04-26' },
        {},
      ),
    );
    expect(papers.map(({ doc }) => doc)).toEqual([5, 3, 4, 1, 0]);
    expect(withoutTime).toBe(1);
  });

  test('reads times without an offset with the most frequent offset', async () => {
    const { papers } = await readSchedule(
      papersAt(
        { start: '2025-04-26T10:00:00-07:00' },
        { start: '2025-04-26T10:30:00' },
        { start: '2025-04-26T11:00:00-07:00' },
      ),
    );
    expect(papers.map(({ doc }) => doc)).toEqual([0, 1, 2]);
  });

  test('counts days in order, and rooms by name in any spelling', async () => {
    const { days, halls } = await readSchedule(
      papersAt(
        { hall: 'Hall 10', start: '2025-04-27T09:00:00Z' },
        { hall: 'HALL  2', start: '2025-04-26T23:30:00Z', end: '2025-04-27T00:30:00Z' },
        { hall: 'Hall 2', start: '2025-04-26T09:00:00Z' },
        { hall: 'Apex' },
      ),
    );
    expect(days).toEqual([
      { value: '2025-04-26', count: 2 },
      { value: '2025-04-27', count: 1 },
    ]);
    expect(halls).toEqual([
      { value: 'Apex', count: 1 },
      { value: 'Hall 2', count: 2 },
      { value: 'Hall 10', count: 1 },
    ]);
  });
});

test('stops reading the papers when it is closed', async () => {
  let read = 0;
  const papers = {
    *[Symbol.iterator]() {
      for (; read < 100_000; read++) yield { session: { name: 'A' } };
    },
  };
  const schedule = new LazyReading((signal) => readSchedule(papers, signal));
  const reading = schedule.get();
  await schedule.close();
  await expect(reading).rejects.toMatchObject({ code: 'STOPPED' });
  expect(read).toBeLessThan(100_000);
});
