import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { marksOf } from '../../src/review/marks.ts';

const word = (text: string, isFor = true) => ({ text, for: isFor, color: isFor ? '#00ff00' : '#ff0000' });
const marked = (text: string, ...words: string[]) =>
  marksOf(
    text,
    words.map((each) => word(each)),
    [],
  ).map(({ start, end }) => text.slice(start, end));

describe('marks of own words', () => {
  test.each([
    ['whole words in any case', 'Trial or trials, a TRIAL', ['trial'], ['Trial', 'TRIAL']],
    ['all endings with a star', 'randomised, randomly, nonrandom', ['random*'], ['randomised', 'randomly']],
    ['phrases over line breaks', 'a control\ngroup', ['control group'], ['control\ngroup']],
    ['the longer of two', 'a control group', ['control', 'control group'], ['control group']],
    ['signs as they are', 'C++ (or C)', ['C++'], ['C++']],
    ['words with hyphens', 'nurse-led care, nurse', ['nurse-led'], ['nurse-led']],
    ['letters with accents', 'Größe und größer', ['größe'], ['Größe']],
    ['nothing without letters', 'a * b', ['*', ' ', '**'], []],
  ])('%s', (_name, text, words, expected) => {
    expect(marked(text, ...words)).toEqual(expected);
  });

  test('what the learner counts is marked where no own word is', () => {
    const learned = [
      { field: 'title', start: 0, end: 7, for: false },
      { field: 'title', start: 8, end: 13, for: false },
    ] as const;
    expect(marksOf('control group', [word('control')], learned)).toEqual([
      { start: 0, end: 7, for: true, color: '#00ff00' },
      { start: 8, end: 13, for: false },
    ]);
  });

  test('marks are in order, within the text, and do not overlap, whatever the words are', () => {
    const text = fc.string({
      maxLength: 20,
      unit: fc.constantFrom('a', 'b', ' ', '*', '(', '\\', '-', '/', ']', '^', 'é'),
    });
    const spans = fc.array(fc.tuple(fc.nat(30), fc.nat(30)), { maxLength: 8 });
    fc.assert(
      fc.property(text, fc.array(text, { maxLength: 8 }), spans, (shown, words, learned) => {
        const marks = marksOf(
          shown,
          words.map((each) => word(each)),
          learned.map(([start, end]) => ({ field: 'abstract', start, end, for: true })),
        );
        const inOrder = marks.every(
          ({ start, end }, i) => start < end && start >= (marks[i - 1]?.end ?? 0) && end <= shown.length,
        );
        expect(inOrder).toBe(true);
      }),
    );
  });
});
