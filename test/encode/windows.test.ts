import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { splitIntoWindows } from '../../src/encode/windows.ts';

/** One token a word, its number the word's length: enough to follow tokens through. */
const tokenize = (text: string) => Array.from(text.matchAll(/\S+/g), ([word]) => word.length);

describe('splitIntoWindows', () => {
  test('returns one window for a text that fits', () => {
    expect(splitIntoWindows('a bb ccc.', tokenize, 3)).toEqual([[1, 2, 4]]);
    expect(splitIntoWindows('', tokenize, 3)).toEqual([[]]);
  });

  test('splits a longer text evenly, at the ends of sentences', () => {
    const text = 'One two three. Four five six. Seven eight nine. Ten eleven twelve.';
    expect(splitIntoWindows(text, tokenize, 9)).toEqual([
      [3, 3, 6, 4, 4, 4],
      [5, 5, 5, 3, 6, 7],
    ]);
  });

  test('cuts a sentence that is longer than a window', () => {
    expect(splitIntoWindows('a a a a a a a', tokenize, 3)).toEqual([[1, 1, 1], [1, 1, 1], [1]]);
  });

  test('keeps every token once, in windows that are not too long', () => {
    const sentence = fc
      .array(fc.stringMatching(/^[a-z]{1,9}$/), { minLength: 1, maxLength: 12 })
      .map((words) => `${words.join(' ')}.`);
    fc.assert(
      fc.property(
        fc.array(sentence, { maxLength: 12 }),
        fc.integer({ min: 1, max: 20 }),
        (sentences, capacity) => {
          const text = sentences.join(' ');
          const windows = splitIntoWindows(text, tokenize, capacity);
          expect(windows.flat()).toEqual(tokenize(text));
          for (const window of windows) expect(window.length).toBeLessThanOrEqual(capacity);
        },
      ),
    );
  });
});
