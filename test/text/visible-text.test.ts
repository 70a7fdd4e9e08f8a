import fc from 'fast-check';
import { expect, test } from 'vitest';
import { visibleText, visibleTexts } from '../../src/text/visible-text.ts';

test.each([
  ['an escape sequence', 'a\u001b[31mred', 'a\ufffd[31mred'],
  ['a sequence of 8 bits', 'a\u009b31mred', 'a\ufffd31mred'],
  ['bell, backspace, carriage return', 'a\u0007\b\rb', 'a\ufffd\ufffd\ufffdb'],
  ['turned writing', 'exe\u202etxt\u2066', 'exe\ufffdtxt\ufffd'],
  ['tags that nobody sees', 'a\u{e0041}b', 'a\ufffd\ufffdb'],
  ['selectors that carry bytes', 'a\u{e0100}b', 'a\ufffd\ufffdb'],
  ['line break and tab stay', 'a\n\tb', 'a\n\tb'],
  ['other scripts and joined emoji stay', 'Bézout क्ष 👩‍🔬 ❤️', 'Bézout क्ष 👩‍🔬 ❤️'],
])('%s', (_name, text, shown) => {
  expect(visibleText(text)).toBe(shown);
});

test('keeps places in the text and removes every control character', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const shown = visibleText(text);
      expect(shown.length).toBe(text.length);
      expect(shown.replace(/[\n\t]/g, '')).not.toMatch(/\p{Cc}/u);
    }),
  );
});

test('keeps the shape of data', () => {
  const data = { a: ['x\u0007', 1, null, undefined, true], b: { c: 'y\u001b' } };
  expect(visibleTexts(data)).toEqual({ a: ['x\ufffd', 1, null, undefined, true], b: { c: 'y\ufffd' } });
});
