import { describe, expect, test } from 'vitest';
import { SIGNS } from '../../src/text/markup/signs.ts';
import { type ShownPart, shownParts } from '../../src/web/shown-text.ts';
import { SIGNS as PAGE_SIGNS } from '../../src/web/spans.tsx';

/** Parts in one line: marks in [], formulas in ⟦⟧, emphasis in <>. */
function line(parts: readonly ShownPart[]): string {
  return parts
    .map(({ text, tex, marked, emphasis }) => {
      const inside = tex === undefined ? text : `⟦${tex}⟧`;
      const styled = emphasis ? `<${inside}>` : inside;
      return marked ? `[${styled}]` : styled;
    })
    .join('');
}

function spanOf(text: string, part: string): { start: number; end: number } {
  const start = text.indexOf(part);
  return { start, end: start + part.length };
}

describe('shownParts', () => {
  test('marks words in plain text', () => {
    const text = 'deep learning of depth';
    expect(line(shownParts(text, [spanOf(text, 'deep'), spanOf(text, 'depth')]))).toBe(
      '[deep] learning of [depth]',
    );
  });

  test('marks a formula as a whole', () => {
    const text = 'the $\\alpha$-stable law';
    expect(line(shownParts(text, [spanOf(text, '\\alpha$-stable')]))).toBe('the [⟦\\alpha⟧][-stable] law');
    expect(line(shownParts(text, [spanOf(text, 'lpha')]))).toBe('the [⟦\\alpha⟧]-stable law');
  });

  test('marks a word that is partly emphasised', () => {
    const text = 'a **LE**arner';
    expect(line(shownParts(text, [spanOf(text, 'LE**arner')]))).toBe('a [<LE>][arner]');
  });

  test('marks words around signs that are replaced', () => {
    const text = 'Table~1---well';
    expect(line(shownParts(text, [spanOf(text, 'Table'), spanOf(text, 'well')]))).toBe('[Table] 1—[well]');
  });

  test('shows a part of a text, with the whole of a formula at its edge', () => {
    const text = 'one two $x^2$ three';
    expect(line(shownParts(text, [spanOf(text, 'two')], { start: 4, end: 10 }))).toBe('[two] ⟦x^2⟧');
    expect(line(shownParts(text, [], { start: 13 }))).toBe(' three');
  });

  test('is loaded for every text that may have markup', () => {
    expect(PAGE_SIGNS).toEqual(SIGNS);
  });

  test('shows nothing of an empty text', () => {
    expect(shownParts('')).toEqual([]);
  });
});
