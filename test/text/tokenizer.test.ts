import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { tokenize } from '../../src/text/tokenizer.ts';

const surfaces = (text: string) => tokenize(text).map(({ surface }) => surface);

describe('tokenize', () => {
  test.each([
    ['plain words', 'Learning Dynamics', ['learning', 'dynamics']],
    ['accents', 'Alihan Hüyük naïve Łukasz Straße', ['alihan', 'huyuk', 'naive', 'lukasz', 'strasse']],
    ['decomposed accents', 'Hu\u0308yu\u0308k', ['huyuk']],
    ['a hyphen', 'self-improvement', ['self', 'improvement', 'selfimprovement']],
    ['a non-breaking hyphen', 'self\u2011improvement', ['self', 'improvement', 'selfimprovement']],
    ['an en dash', 'generation–verification', ['generation', 'verification', 'generationverification']],
    ['an em dash parts', 'this—that', ['this', 'that']],
    ['a chain', 'GPT-3.5-turbo', ['gpt', '3.5', 'turbo', 'gpt3.5turbo', 'gpt3.5', '3.5turbo']],
    ['a version', 'GPT-4', ['gpt', '4', 'gpt4']],
    ['languages', 'C++, C# and F#', ['c++', 'c#', 'and', 'f#']],
    ['a Greek letter', 'σ-algebra', ['σ', 'algebra', 'σalgebra']],
    ['a percentage', '15.6%', ['15.6', '15.6%']],
    ['thousands', '1,000 and 12,345.6', ['1000', 'and', '12345.6']],
    ['a number at the end of a sentence', 'in 2025.', ['in', '2025']],
    ['a possessive', 'the model’s own', ['the', 'model', 'own']],
    ['a contraction', "don't", ['dont']],
    ['Unicode quotes', '“self-improvement,”', ['self', 'improvement', 'selfimprovement']],
    ['digits and letters', '3D T5 H2O 16S 100k 2023a', ['3d', 't5', 'h2o', '16s', '100k', '2023a']],
    ['a ligature', 'ﬁne-tuning', ['fine', 'tuning', 'finetuning']],
    ['a script without blanks', '深度学习', ['深度', '度学', '学习']],
    ['nothing', ' – … “” ', []],
  ])('%s: %s', (_, text, expected) => {
    expect(surfaces(text)).toEqual(expected);
  });

  test('returns offsets of words in the original text', () => {
    const text = 'Two “self-improvement” runs of Hüyük’s GPT-4 gained 15.6%.';
    expect(tokenize(text).map(({ start, end }) => text.slice(start, end))).toEqual([
      'Two',
      'self',
      'improvement',
      'self-improvement',
      'runs',
      'of',
      'Hüyük’s',
      'GPT',
      '4',
      'GPT-4',
      'gained',
      '15.6',
      '15.6%',
    ]);
  });

  test('returns ascending offsets and folded, non-empty surfaces for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
        for (const { start, end, surface } of tokenize(text)) {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(text.length);
          expect(surface).toBe(surface.toLowerCase());
          expect(surface).not.toMatch(/\s/);
        }
      }),
    );
  });

  test('returns hyphenated words as their parts and as a whole', () => {
    const word = fc.stringMatching(/^[a-z]{2,8}$/);
    fc.assert(
      fc.property(word, word, (left, right) => {
        expect(surfaces(`${left}-${right}`)).toEqual([...surfaces(`${left} ${right}`), left + right]);
      }),
    );
  });
});
