import { expect, test } from 'vitest';
import { Match } from '../../../src/search/match/match.ts';

const notice = (message: string) => ({ span: { start: 0, end: 1 }, message });

test('counts its papers', () => {
  expect(new Match(Uint8Array.of(1, 0, 1)).count).toBe(2);
  expect(Match.all(3)).toMatchObject({ count: 3, mask: Uint8Array.of(1, 1, 1), notices: [] });
  expect(Match.of([2, 0], 4)).toMatchObject({ count: 2, mask: Uint8Array.of(1, 0, 1, 0) });
});

test('keeps the papers and the notices of both', () => {
  const a = new Match(Uint8Array.of(1, 1, 0), [notice('a')]);
  const b = new Match(Uint8Array.of(0, 1, 1), [notice('b')]);
  expect(a.and(b)).toEqual(new Match(Uint8Array.of(0, 1, 0), [notice('a'), notice('b')]));
  expect([...a.mask]).toEqual([1, 1, 0]);
});

test('keeps all its papers beside a match of every paper', () => {
  const match = Match.of([1], 2);
  expect(match.and(undefined)).toBe(match);
});
