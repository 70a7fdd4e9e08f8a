import { expect, test } from 'vitest';
import { encodedNote, encodedOf, encodedText } from '../../src/search/encoded.ts';

const SOME = { papers: 3120, of: 5183 };

test('counts the papers with a vector, and is absent if all have one', () => {
  expect(encodedOf(undefined)).toBeUndefined();
  expect(encodedOf(Uint8Array.of(0, 1, 1, 0, 0))).toEqual({ papers: 3, of: 5 });
});

test.each([
  ['hybrid', '3,120 of 5,183 papers have a vector so far; the others are ranked by words alone.'],
  ['semantic', '3,120 of 5,183 papers have a vector so far; the others are left out.'],
  ['keyword', undefined],
] as const)('says in words what that means for an answer: %s', (mode, note) => {
  expect(encodedNote(SOME, mode)).toBe(note);
  expect(encodedText(SOME)).toBe('3,120 of 5,183 papers have a vector so far');
});
