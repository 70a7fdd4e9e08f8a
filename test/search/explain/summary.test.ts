import { expect, test } from 'vitest';
import { summaryOf } from '../../../src/search/explain/summary.ts';

const place = { rank: 1, firstRank: 1 };
const without = [
  { word: '2018', rank: 9 },
  { word: 'attacks', rank: 1 },
];
const term = (text: string) => ({ text, term: text, documentFrequency: 1, score: 1, fields: [] });

test.each([
  ['has no such word', [term('attacks')], '“2018” keeps it here by its meaning: without,'],
  ['has the word', [term('2018'), term('attacks')], '“2018” keeps it here: without,'],
  ['has it joined to another', [term('attacks-2018')], '“2018” keeps it here: without,'],
  ['is ranked by one of both alone', undefined, '“2018” keeps it here: without,'],
])('describes a paper that %s', (_what, terms, beginning) => {
  expect(summaryOf(place, without, terms)).toBe(
    `${beginning} it would fall from 1 to 9; “attacks” changes nothing.`,
  );
});
