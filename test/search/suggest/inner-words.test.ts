import fc from 'fast-check';
import MiniSearch from 'minisearch';
import { expect, test } from 'vitest';
import { InnerWords, type Match } from '../../../src/search/suggest/inner-words.ts';

/** The values that MiniSearch finds, which once was used here. */
function found(keys: readonly string[], word: string, match: Match): number[] {
  const index = new MiniSearch<{ place: number; key: string }>({
    idField: 'place',
    fields: ['key'],
    tokenize: (key) => key.trim().split(' '),
    processTerm: (term) => term,
  });
  index.addAll(keys.map((key, place) => ({ place, key })));
  const options = { prefix: match === 'prefix', fuzzy: match === 'fuzzy' ? 1 : false } as const;
  return index.search(word, options).map(({ id }) => id as number);
}

test('finds the values that MiniSearch finds, by whole words, beginnings and words with a typing error', async () => {
  // Few letters, so that words are near each other; two of one character.
  const letter = fc.constantFrom('a', 'b', 'c', 'é', '学', '𠀀');
  const word = fc.array(letter, { minLength: 1, maxLength: 6 }).map((letters) => letters.join(''));
  const key = fc
    .array(word, { maxLength: 5 })
    .map((words) => (words.length > 0 ? ` ${words.join(' ')} ` : ''));
  await fc.assert(
    fc.asyncProperty(
      fc.array(key, { maxLength: 25 }),
      word,
      fc.constantFrom<Match>('whole', 'prefix', 'fuzzy'),
      async (keys, asked, match) => {
        const visited = new Set<number>();
        const words = await InnerWords.build(keys);
        words.visit(asked, match, (place) => visited.add(place));
        expect([...visited].sort((a, b) => a - b)).toEqual(found(keys, asked, match).sort((a, b) => a - b));
      },
    ),
    { numRuns: 500 },
  );
});
