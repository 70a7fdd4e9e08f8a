import { beforeEach, expect, test } from 'vitest';
import type { Exchange } from '../../scripts/load/exchange.ts';
import { judge, type Known } from '../../scripts/load/judge.ts';
import { type LoadRequest, paperRequest, searchRequest } from '../../scripts/load/requests.ts';
import { Timeline } from '../../scripts/load/timeline.ts';
import { PaperSearchError } from '../../src/errors.ts';

// "one" until a change that was sent at 10 and acknowledged at 20, then "two"; the encoder was killed from 100 to 110.
const PAPERS: Record<string, string[]> = { one: ['a', 'b'], two: ['a', 'c'] };
let known: Known;
beforeEach(() => {
  const timeline = new Timeline('one');
  timeline.add('two', 10, 20);
  known = {
    timeline,
    kills: [{ from: 100, to: 110 }],
    expected: async (snapshot, { path }) => {
      const id = path.split('/').at(-1)!;
      if (path.startsWith('/v1/search')) return { hits: PAPERS[snapshot], tookMs: 7, absent: undefined };
      if (PAPERS[snapshot]!.includes(id)) return { id };
      throw new PaperSearchError('NOT_FOUND', `No ${id}.`, { details: { id } });
    },
  };
});

const keyword = searchRequest('q', 'keyword');
const semantic = searchRequest('q', 'semantic');
const notFound = (id: string) => ({ error: { code: 'NOT_FOUND', message: `No ${id}.`, details: { id } } });
const failed = (code: string, message = 'Try again.') => ({ error: { code, message } });
const sent = (
  request: LoadRequest,
  [sentAt, answeredAt]: readonly [number, number],
  [status, snapshot, body]: readonly [number, string | undefined, unknown],
): Exchange => ({ request, sentAt, answeredAt, answer: { status, snapshot, body } });

test.each([
  ['the papers of its snapshot', keyword, [0, 5], [200, 'one', { hits: ['a', 'b'], tookMs: 1 }]],
  [
    'the old snapshot, requested before the change was known',
    keyword,
    [19, 40],
    [200, 'one', { hits: ['a', 'b'] }],
  ],
  ['the new snapshot, answered during the change', keyword, [5, 11], [200, 'two', { hits: ['a', 'c'] }]],
  ['a paper', paperRequest('c'), [30, 31], [200, 'two', { id: 'c' }]],
  ['a removed paper', paperRequest('b'), [30, 31], [404, 'two', notFound('b')]],
] as const)('right: %s', async (_, request, times, answer) => {
  expect(await judge(sent(request, times, answer), known)).toBe('right');
});

test.each([
  ['a lost paper', keyword, [0, 5], [200, 'one', { hits: ['a'] }], 'hits is ["a"]'],
  ['a doubled paper', keyword, [0, 5], [200, 'one', { hits: ['a', 'b', 'b'] }], 'hits is'],
  ['another order', keyword, [0, 5], [200, 'one', { hits: ['b', 'a'] }], 'hits is'],
  ['papers of the other snapshot', keyword, [30, 31], [200, 'two', { hits: ['a', 'b'] }], 'differs'],
  ['one field too many', keyword, [0, 5], [200, 'one', { hits: ['a', 'b'], more: 1 }], 'more is 1'],
  [
    'the old snapshot, after the change was known',
    keyword,
    [21, 40],
    [200, 'one', { hits: ['a', 'b'] }],
    'not current',
  ],
  [
    'the new snapshot, before the change was sent',
    keyword,
    [0, 9],
    [200, 'two', { hits: ['a', 'c'] }],
    'not current',
  ],
  ['a snapshot that never existed', keyword, [0, 5], [200, 'three', { hits: [] }], 'not current'],
  ['no snapshot', keyword, [0, 5], [200, undefined, { hits: ['a', 'b'] }], 'without a snapshot'],
  ['an existing paper as missing', paperRequest('c'), [30, 31], [404, 'two', notFound('c')], 'status 404'],
  ['a removed paper as existing', paperRequest('b'), [30, 31], [200, 'two', { id: 'b' }], 'status 200'],
  ['an error', keyword, [0, 5], [500, 'one', failed('INTERNAL')], 'status 500'],
  [
    'a failure of a request that needs no model',
    keyword,
    [100, 105],
    [503, 'two', failed('ENCODER_FAILED')],
    'status 503',
  ],
  ['a failure before the kill', semantic, [90, 99], [503, 'two', failed('ENCODER_FAILED')], 'not killed'],
  [
    'a failure after a new encoder had started',
    semantic,
    [111, 120],
    [503, 'two', failed('ENCODER_FAILED')],
    'not killed',
  ],
  ['another failure', semantic, [100, 105], [503, 'two', failed('INDEX_LOCKED')], 'INDEX_LOCKED'],
  ['a failure without a reason', semantic, [100, 105], [503, 'two', {}], 'reason'],
] as const)('wrong: %s', async (_, request, times, answer, reason) => {
  const outcome = await judge(sent(request, times, answer), known);
  expect(outcome).toMatchObject({ wrong: expect.stringContaining(reason) });
});

test.each([
  [90, 101],
  [105, 130],
  [110, 130],
])('excuses a query from %d to %d, during which the encoder was killed', async (from, to) => {
  const exchange = sent(semantic, [from, to], [503, 'two', failed('ENCODER_FAILED')]);
  expect(await judge(exchange, known)).toBe('excused');
});

test('accepts any refusal by an overloaded server', async () => {
  expect(await judge(sent(keyword, [0, 5], [503, 'one', failed('OVERLOADED')]), known)).toBe('refused');
});

test('rejects a missing answer', async () => {
  const exchange = { request: semantic, sentAt: 100, answeredAt: 101, answer: { broken: 'reset' } };
  expect(await judge(exchange, known)).toEqual({ wrong: 'no answer: reset' });
});

test('does not accept an answer if the expected one cannot be computed', async () => {
  const failing = { ...known, expected: () => Promise.reject(new Error('cannot be opened')) };
  await expect(judge(sent(keyword, [0, 5], [200, 'one', {}]), failing)).rejects.toThrow('opened');
});

test('accepts a snapshot that becomes current again', () => {
  const timeline = new Timeline('one');
  timeline.add('two', 10, 20);
  timeline.add('one', 30, 40);
  expect(timeline.mayAnswer('one', { from: 25, to: 29 })).toBe(false);
  expect(timeline.mayAnswer('one', { from: 25, to: 31 })).toBe(true);
  expect(timeline.mayAnswer('two', { from: 41, to: 50 })).toBe(false);
  expect(timeline.snapshots).toBe(3);
});
