import { expect, test } from 'vitest';
import { bestSetting, CALIBRATED_SETTINGS } from '../../../src/quality/tune/calibrated-weights.ts';

const setting = (lexicalShare: number, feedback: number) => ({ lexicalShare, feedback, titleWeight: 0 });
const queries = [{ kind: 'title' }, { kind: 'title' }, { kind: 'sentence' }] as const;

test.each([
  [
    'is the best one',
    [
      [0.5, 0.5, 0.5],
      [0.6, 0.6, 0.6],
    ],
    [setting(0.2, 0), setting(0.4, 0)],
    1,
  ],
  [
    'weighs both kinds alike',
    [
      [0.8, 0.8, 0.2],
      [0.5, 0.5, 0.6],
    ],
    [setting(0.2, 0), setting(0.4, 0)],
    1,
  ],
  [
    'is the first of equal ones',
    [
      [0.5, 0.5, 0.5],
      [0.5, 0.5, 0.5],
    ],
    [setting(0.2, 0), setting(0.4, 0)],
    0,
  ],
  [
    'has more feedback if that is not much worse',
    [
      [0.5, 0.5, 0.5],
      [0.492, 0.492, 0.492],
    ],
    [setting(0.2, 0), setting(0.2, 0.3)],
    1,
  ],
  [
    'has less feedback if more is much worse',
    [
      [0.5, 0.5, 0.5],
      [0.488, 0.488, 0.488],
    ],
    [setting(0.2, 0), setting(0.2, 0.3)],
    0,
  ],
  [
    'is the best one with that feedback',
    [
      [0.5, 0.5, 0.5],
      [0.493, 0.493, 0.493],
      [0.496, 0.496, 0.496],
    ],
    [setting(0.2, 0), setting(0.2, 0.3), setting(0.4, 0.3)],
    2,
  ],
])('the chosen setting %s', (_, measured, settings, expected) => {
  expect(bestSetting(settings, measured, queries, 0)).toBe(settings[expected]);
});

test('every setting is tried once', () => {
  const texts = CALIBRATED_SETTINGS.map((each) => JSON.stringify(each));
  expect(new Set(texts).size).toBe(15 * 6 * 4);
});

test.each([
  [0.004, 0.3],
  [0.006, 0.7],
])('a title weight that is better by %f gives %f', (gain, expected) => {
  const settings = [0, 0.3, 0.7].map((titleWeight) => ({ lexicalShare: 0.5, feedback: 0, titleWeight }));
  const measured = [0.4, 0.5, 0.5 + gain].map((value) => queries.map(() => value));
  expect(bestSetting(settings, measured, queries, 0.3).titleWeight).toBe(expected);
});
