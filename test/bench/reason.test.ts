import { expect, test } from 'vitest';
import { reasonOf } from '../../scripts/bench/reason.ts';

test.each([
  ['an error', new Error('no such index'), 'no such index'],
  [
    'a stack',
    new Error('RangeError: Invalid string length\n    at JSON.stringify (<anonymous>)'),
    'RangeError: Invalid string length',
  ],
  [
    'a traceback',
    new Error(
      'Traceback (most recent call last):\n  File "x.py", line 1\nsqlite3.OperationalError: no such module: fts5',
    ),
    'sqlite3.OperationalError: no such module: fts5',
  ],
  [
    'the end of V8',
    new Error(
      '<--- Last few GCs --->\nFATAL ERROR: Reached heap limit Allocation failed\n 1: 0x1 node::Abort()',
    ),
    'FATAL ERROR: Reached heap limit Allocation failed',
  ],
  ['nothing', new Error(''), 'no reason given'],
])('of %s', (_, thrown, reason) => {
  expect(reasonOf(thrown)).toBe(reason);
});
