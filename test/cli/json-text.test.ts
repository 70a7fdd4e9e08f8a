import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonText } from '../../src/cli/json-text.ts';

test('round-trips the value, and escapes what could control a terminal', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(JSON.parse(jsonText(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
  const hostile = { a: '\u001b[2J\u009b2J\u007f\u202ex\u2028' };
  expect(jsonText(hostile, 0)).toBe('{"a":"\\u001b[2J\\u009b2J\\u007f\\u202ex\\u2028"}');
  expect(JSON.parse(jsonText(hostile))).toEqual(hostile);
});
