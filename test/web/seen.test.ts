import { beforeEach, expect, test, vi } from 'vitest';
import { NO_SEARCH, readState, urlOf } from '../../src/web/search-state.ts';

const KEY = 'paper-search.seen';
const ARRIVAL = '2026-11-30T08:15:30.250Z';
const kept = new Map<string, string>();
vi.stubGlobal('localStorage', {
  getItem: (key: string) => kept.get(key) ?? null,
  setItem: (key: string, value: string) => kept.set(key, value),
});
beforeEach(() => {
  kept.clear();
  vi.resetModules();
});
const load = () => import('../../src/web/seen.ts');

test('a paper is new if it came in after the mark, and never without one', async () => {
  const { isNewSince } = await load();
  expect(isNewSince(ARRIVAL, '2026-11-30T08:15:30.251Z')).toBe(true);
  expect(isNewSince(ARRIVAL, ARRIVAL)).toBe(false);
  expect(isNewSince(ARRIVAL, undefined)).toBe(false);
  expect(isNewSince(undefined, ARRIVAL)).toBe(false);
});

test('the list of new papers is in the URL, and recognised there', async () => {
  const { newsSince, arrivalOfNews } = await load();
  const url = urlOf(newsSince(ARRIVAL));
  expect(new URLSearchParams(url.slice(2)).get('added')).toBe(`>${ARRIVAL}`);
  expect(arrivalOfNews(readState(url.slice(1)))).toBe(ARRIVAL);
  expect(arrivalOfNews(readState(`${url.slice(1)}&page=2`))).toBe(ARRIVAL);
});

test.each([
  ['a part of the list', '?sort=added&added=%3E2026-11-30T08:15:30.250Z&venue=ICLR'],
  ['another order', '?added=%3E2026-11-30T08:15:30.250Z'],
  ['a day', '?sort=added&added=%3E2026-11-30'],
  ['a time that does not exist', '?sort=added&added=%3E2026-99-30T08:15:30.250Z'],
  ['a search', '?q=bees'],
])('%s is not the list of new papers', async (_, search) => {
  const { arrivalOfNews } = await load();
  expect(arrivalOfNews(readState(search))).toBeUndefined();
  expect(arrivalOfNews(NO_SEARCH)).toBeUndefined();
});

test('the mark is stored', async () => {
  const { markSeen } = await load();
  markSeen(ARRIVAL);
  expect(kept.get(KEY)).toBe(ARRIVAL);
});
