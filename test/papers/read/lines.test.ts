import fc from 'fast-check';
import { expect, test } from 'vitest';
import { linesOf } from '../../../src/papers/read/lines.ts';

async function* pieces(texts: readonly string[]) {
  yield* texts;
}

async function read(texts: readonly string[], longest?: number) {
  const lines = [];
  for await (const line of linesOf(pieces(texts), longest)) lines.push(line);
  return lines;
}

test.each([
  [[''], []],
  [['a'], ['a']],
  [['a\n'], ['a']],
  [
    ['a\r', '\nb'],
    ['a', 'b'],
  ],
  [
    ['\n\na', 'b\nc'],
    ['', '', 'ab', 'c'],
  ],
  [['a\u2028b'], ['a\u2028b']],
  // Old Macs, and files that were converted twice.
  [
    ['a\rb\r', '\rc\r'],
    ['a', 'b', '', 'c'],
  ],
  [
    ['a\r\r', '\nb'],
    ['a', 'b'],
  ],
])('%j', async (texts, lines) => {
  expect((await read(texts)).map(({ text }) => text)).toEqual(lines);
});

test('skips a line that is too long, and reads the next one', async () => {
  expect(await read(['abc\nabcd', 'e\nabc'], 4)).toEqual([
    { number: 1, text: 'abc', tooLong: false },
    { number: 2, text: '', tooLong: true },
    { number: 3, text: 'abc', tooLong: false },
  ]);
});

test('wherever the text is cut, the lines are the same', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.string({ unit: fc.constantFrom('a', '\r', '\n') })), async (texts) => {
      expect(await read(texts)).toEqual(await read([texts.join('')]));
    }),
  );
});
