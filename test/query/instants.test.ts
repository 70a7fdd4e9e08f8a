import fc from 'fast-check';
import { expect, test } from 'vitest';
import { instantRangeOf, printInstants } from '../../src/query/instants.ts';

const ms = (text: string) => Date.parse(text);

test.each<[string, string | undefined, string | undefined]>([
  ['2026-11-30', '2026-11-30T00:00:00.000Z', '2026-11-30T23:59:59.999Z'],
  ['2026-11', '2026-11-01T00:00:00.000Z', '2026-11-30T23:59:59.999Z'],
  ['2024-02', '2024-02-01T00:00:00.000Z', '2024-02-29T23:59:59.999Z'],
  ['2026', '2026-01-01T00:00:00.000Z', '2026-12-31T23:59:59.999Z'],
  ['2026-11-30T08:00', '2026-11-30T08:00:00.000Z', '2026-11-30T08:00:59.999Z'],
  ['2026-11-30T08:00Z', '2026-11-30T08:00:00.000Z', '2026-11-30T08:00:59.999Z'],
  ['2026-11-30t08:00:15z', '2026-11-30T08:00:15.000Z', '2026-11-30T08:00:15.999Z'],
  ['2026-11-30T08:00:15.25', '2026-11-30T08:00:15.250Z', '2026-11-30T08:00:15.259Z'],
  ['2026-11-30T08:00:15.123456Z', '2026-11-30T08:00:15.123Z', '2026-11-30T08:00:15.123Z'],
  ['2026-11-30T08:00+01:00', '2026-11-30T07:00:00.000Z', '2026-11-30T07:00:59.999Z'],
  ['2026-11-30T23:30-01:00', '2026-12-01T00:30:00.000Z', '2026-12-01T00:30:59.999Z'],
  ['2026-11-01..2026-11-30', '2026-11-01T00:00:00.000Z', '2026-11-30T23:59:59.999Z'],
  ['2026-11-01..', '2026-11-01T00:00:00.000Z', undefined],
  ['..2026-11', undefined, '2026-11-30T23:59:59.999Z'],
  ['>=2026-11-30', '2026-11-30T00:00:00.000Z', undefined],
  ['>2026-11-30', '2026-12-01T00:00:00.000Z', undefined],
  ['<2026-11-30', undefined, '2026-11-29T23:59:59.999Z'],
  ['<=2026-11-30', undefined, '2026-11-30T23:59:59.999Z'],
])('reads %s', (text, from, to) => {
  expect(instantRangeOf(text)).toEqual({ from: from && ms(from), to: to && ms(to) });
});

test.each([
  '',
  '..',
  '>=',
  'yesterday',
  '26-11-30',
  '2026-13',
  '2026-00-01',
  '2026-02-29',
  '2026-11-31',
  '2026-11-30T24:00',
  '2026-11-30T08',
  '2026-11-30T08:60',
  '2026-11-30T08:00+15:00',
  '2026-11-30..2026-11-01',
  '2026-11-01..soon',
  '2026-11-01..2026-11-02..2026-11-03',
  '>9999',
  '0999',
])('does not read "%s"', (text) => {
  expect(instantRangeOf(text)).toBeUndefined();
});

test.each([
  ['2026-11-30', '2026-11-30'],
  ['2026-11', '2026-11-01..2026-11-30'],
  ['>=2026-11-30', '2026-11-30..'],
  ['<2026-11-30T08:00', '..2026-11-30T07:59:59.999Z'],
  ['2026-11-30T08:00:15.250Z', '2026-11-30T08:00:15.250Z'],
])('prints %s as %s', (text, printed) => {
  expect(printInstants(instantRangeOf(text)!)).toBe(printed);
});

test('prints any range so that it is read as the same range', () => {
  const instant = fc.oneof(
    fc.integer({ min: ms('1000-01-01T00:00:00Z'), max: ms('9999-12-31T23:59:59.999Z') }),
    fc.integer({ min: -9999, max: 99_999 }).map((day) => day * 86_400_000),
  );
  const range = fc.tuple(fc.option(instant), fc.option(instant)).filter(([a, b]) => a !== null || b !== null);
  fc.assert(
    fc.property(range, ([a, b]) => {
      const [from, to] =
        a !== null && b !== null ? [Math.min(a, b), Math.max(a, b)] : [a ?? undefined, b ?? undefined];
      expect(instantRangeOf(printInstants({ from, to }))).toEqual({ from, to });
    }),
  );
});
