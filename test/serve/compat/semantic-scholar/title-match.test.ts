import { expect, test } from 'vitest';
import { titleSimilarity } from '../../../../src/serve/compat/semantic-scholar/title-match.ts';

const TITLE = 'Deep Parsing: A Study of Trees';

test.each([
  [TITLE, 1],
  ['deep parsing a study of trees', 1],
  ['Dèép  Parsing — “a study” of trees!', 1],
  ['Deep Parsing', 0.95],
])('the similarity of %j and the title is %d', (text, similarity) => {
  expect(titleSimilarity(text, TITLE)).toBeCloseTo(similarity, 10);
});

test.each([
  ['a letter less', 'Dep Parsing: A Study of Trees', true],
  ['a word less', 'Deep Parsing: A Study', true],
  ['other words', 'Translation of speech by machines', false],
  ['nothing', '', false],
  ['signs', '!!', false],
])('a title with %s', (_, text, isSimilar) => {
  const similarity = titleSimilarity(text, TITLE);
  expect(similarity).toBeLessThan(1);
  expect(similarity >= 0.6).toBe(isSimilar);
});

test('an empty title is similar to nothing', () => {
  expect(titleSimilarity('', '')).toBeLessThanOrEqual(1);
  expect(titleSimilarity('word', '')).toBe(0);
});
