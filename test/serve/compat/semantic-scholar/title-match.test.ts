import { expect, test } from 'vitest';
import { titleLikeness } from '../../../../src/serve/compat/semantic-scholar/title-match.ts';

const TITLE = 'Deep Parsing: A Study of Trees';

test.each([
  [TITLE, 1],
  ['deep parsing a study of trees', 1],
  ['Dèép  Parsing — “a study” of trees!', 1],
  ['Deep Parsing', 0.95],
])('%j is as like the title as %d', (text, likeness) => {
  expect(titleLikeness(text, TITLE)).toBeCloseTo(likeness, 10);
});

test.each([
  ['a letter less', 'Dep Parsing: A Study of Trees', true],
  ['a word less', 'Deep Parsing: A Study', true],
  ['other words', 'Translation of speech by machines', false],
  ['nothing', '', false],
  ['signs', '!!', false],
])('a title with %s', (_, text, isLike) => {
  const likeness = titleLikeness(text, TITLE);
  expect(likeness).toBeLessThan(1);
  expect(likeness >= 0.6).toBe(isLike);
});

test('an empty title is like nothing', () => {
  expect(titleLikeness('', '')).toBeLessThanOrEqual(1);
  expect(titleLikeness('word', '')).toBe(0);
});
