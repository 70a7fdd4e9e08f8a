import { expect, test } from 'vitest';
import { analyze } from '../../src/text/analyzer.ts';
import { greekSpellings } from '../../src/text/greek.ts';

test.each([
  ['alpha', ['α']],
  ['α', ['alpha']],
  ['tnfα', ['tnfalpha']],
  ['tnfalpha', ['tnfα']],
  ['alphastabl', ['αstabl']],
  ['pi', ['π']],
  ['pilot', []],
  ['αβγ', []],
  ['river', []],
])('other spellings of %s are %j', (term, expected) => {
  expect(greekSpellings(term)).toEqual(expected);
});

test('gives a formula the terms of its plain form, and their places in the formula', () => {
  const text = 'an $\\alpha$-stable law';
  const terms = (of: string) => analyze(of).map(({ term }) => term);
  expect(terms(text)).toEqual(terms('an α-stable law'));
  expect(terms('**LE**arning of CO$_2$ with $\\times$')).toEqual(terms('LEarning of CO₂ with ×'));
  const [letter] = analyze(text);
  expect(text.slice(letter!.start, letter!.end)).toBe('\\alpha');
});
