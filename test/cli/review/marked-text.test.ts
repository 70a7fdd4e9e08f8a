import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import pc from 'picocolors';
import { expect, test } from 'vitest';
import { shortened, sideBySide, widthOf, wrap, wrapMarked } from '../../../src/cli/review/marked-text.ts';
import { marksOf } from '../../../src/review/marks.ts';

const plain = pc.createColors(false);
const coloured = pc.createColors(true);

test('marks are brackets without styles', () => {
  const marks = [
    { start: 2, end: 15, for: true },
    { start: 19, end: 23, for: false },
  ];
  expect(wrapMarked('A school garden in mice', marks, 12, plain)).toEqual([
    'A [+school',
    'garden] in',
    '[-mice]',
  ]);
});

test('marks are bold or underlined with styles, also where a line breaks', () => {
  const { bold, green, underline, red } = coloured;
  const marks = [
    { start: 2, end: 15, for: true },
    { start: 19, end: 23, for: false },
  ];
  expect(wrapMarked('A school garden in mice', marks, 9, coloured)).toEqual([
    `A ${bold(green('school'))}`,
    `${bold(green('garden'))} in`,
    underline(red('mice')),
  ]);
});

test('cuts words that are too long, and counts wide characters as two columns', () => {
  expect(wrap('abcdefgh ij', 3)).toEqual(['abc', 'def', 'gh', 'ij']);
  expect(wrap('学校菜園', 4)).toEqual(['学校', '菜園']);
  expect(widthOf('e\u0301学\u001b[1mb\u001b[22m')).toBe(4);
  expect(shortened('A long title', 7)).toBe('A long…');
  expect(sideBySide(['a', 'bcd'], ['x'], 4)).toEqual(['a     x', 'bcd']);
});

test('every line fits, and no word is lost', () => {
  const mark = fc.record({ start: fc.nat(60), end: fc.nat(60), for: fc.boolean() });
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme' }),
      fc.array(mark),
      fc.integer({ min: 2, max: 30 }),
      (text, marks, width) => {
        const learned = marks.map((each) => ({ ...each, field: 'title' }) as const);
        const inside = marksOf(text, [], learned);
        const lines = wrapMarked(text, inside, width, coloured).map(stripVTControlCharacters);
        const squeezed = (value: string) => value.replace(/\s+/g, '');
        expect(squeezed(lines.join(''))).toBe(squeezed(stripVTControlCharacters(wrap(text, 1e6).join(''))));
        for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(width);
      },
    ),
  );
});
