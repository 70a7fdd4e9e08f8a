import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { paragraphsOf, snippetsOf } from '../../src/web/snippets.ts';

/** The spans of some words in a text. */
function marksOf(text: string, ...words: string[]) {
  return words
    .flatMap((word) =>
      Array.from(text.matchAll(new RegExp(`\\b${word}\\b`, 'gi')), ({ 0: found, index }) => ({
        start: index,
        end: index + found.length,
        text: found,
      })),
    )
    .sort((a, b) => a.start - b.start);
}

/** As shown to the user. */
function shown(text: string, ...words: string[]): string {
  return snippetsOf(text, marksOf(text, ...words))
    .map(
      ({ start, end, cutBefore, cutAfter }) =>
        (cutBefore ? '… ' : '') + text.slice(start, end) + (cutAfter ? ' …' : ''),
    )
    .join(' ');
}

describe('snippetsOf', () => {
  const text = 'Bees fly. Bees and wasps dance. Ants walk. Wasps sting ants.';

  test.each([
    ['nothing that matched: the first two', [], 'Bees fly. Bees and wasps dance. …'],
    [
      'the sentence with most of the words, then the first of the others',
      ['bees', 'wasps'],
      'Bees fly. Bees and wasps dance. …',
    ],
    ['other words before the same ones again', ['bees', 'ants'], 'Bees fly. … Ants walk. …'],
    ['neighbours without a gap', ['fly', 'dance'], 'Bees fly. Bees and wasps dance. …'],
  ])('shows %s', (_what, words, expected) => expect(shown(text, ...words)).toBe(expected));

  test('returns nothing for an empty abstract', () => expect(snippetsOf('', [])).toEqual([]));

  test('cuts a very long sentence around the match', () => {
    const long = `${'word '.repeat(200)}needle ${'word '.repeat(200)}end`;
    const said = shown(long, 'needle');
    expect(said).toContain(' needle ');
    expect(said.length).toBeLessThan(340);
    expect(said).toMatch(/^… word .* word …$/);
  });

  test('returns ordered, separate parts of any text', () => {
    const text = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 2000 }),
      fc.lorem({ maxCount: 60, mode: 'sentences' }),
    );
    const words = fc.constantFrom('lorem', 'ipsum', 'dolor', 'a');
    fc.assert(
      fc.property(text, fc.array(words, { maxLength: 3 }), (abstract, wanted) => {
        const parts = snippetsOf(abstract, marksOf(abstract, ...new Set(wanted)));
        let at = 0;
        for (const { start, end } of parts) {
          expect(start).toBeGreaterThanOrEqual(at);
          expect(end).toBeGreaterThan(start);
          expect(end - start).toBeLessThanOrEqual(320);
          at = end;
        }
        expect(at).toBeLessThanOrEqual(abstract.length);
        expect(parts.length > 0).toBe(abstract.trim() !== '');
      }),
    );
  });
});

test('an abstract is parted where an empty line is', () => {
  const abstract = ' One.\nStill one.\n \n\nTwo. ';
  const parts = paragraphsOf(abstract).map(({ start, end }) => abstract.slice(start, end));
  expect(parts).toEqual(['One.\nStill one.', 'Two.']);
});
