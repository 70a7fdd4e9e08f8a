import { describe, expect, test } from 'vitest';
import { stem } from '../../src/text/stemmer.ts';
import { tokenize } from '../../src/text/tokenizer.ts';
import { endingsAfter } from '../../src/text/word-endings.ts';
import { samplePapers } from '../support/sample.ts';

const stemsAfter = (prefix: string) => endingsAfter(prefix).map((ending) => stem(prefix + ending));

describe('endingsAfter', () => {
  test.each([
    ['studie', 'studies'],
    ['happines', 'happiness'],
    ['generaliz', 'generalizations'],
    ['universi', 'university'],
    ['hopp', 'hopping'],
    ['controll', 'controllable'],
    ['isabell', 'isabelle'],
    ['relationa', 'relational'],
    ['conditio', 'conditioned'],
  ])('of %s give the stem of %s', (prefix, word) => {
    expect(stem(word).startsWith(prefix)).toBe(false);
    expect(stemsAfter(prefix)).toContain(stem(word));
  });

  test.each(['graph', 'transform', 'qu', 'xyz'])('of %s are few', (prefix) => {
    expect(endingsAfter(prefix).length).toBeLessThan(120);
  });

  test('misses no word of the sample corpus, wherever it is cut', async () => {
    const texts = (await samplePapers()).map(({ title, abstract }) => `${title} ${abstract}`);
    const words = new Set(
      tokenize(texts.join('\n'))
        .map(({ surface }) => surface)
        .filter((surface) => /^[a-z]{2,}$/.test(surface)),
    );
    expect(words.size).toBeGreaterThan(500);
    for (const word of words) {
      for (let end = 1; end <= word.length; end++) {
        const prefix = word.slice(0, end);
        if (stem(word).startsWith(prefix) || endingsAfter(prefix).includes(word.slice(end))) continue;
        expect(stemsAfter(prefix)).toContain(stem(word));
      }
    }
  });
});
