import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cutLongest, loadPairTokenizer } from '../../src/encode/pair-tokenizer.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { writeTinyModel } from '../support/tiny-model.ts';
import { type Framing, SPECIAL_TOKENS, tinyTokenizer, tinyVocabulary } from '../support/tiny-tokenizer.ts';

const words = ['apple', 'cherry', 'grape'];

async function tokenizerOf(framing: Framing) {
  const root = await temporaryFolder();
  await writeTinyModel(join(root, 'tiny'), {
    kind: 'reranker',
    words,
    framing,
    tokenTypes: framing === 'bert',
  });
  const vocabulary = tinyVocabulary(words, framing);
  const ids = (text: string) => text.split(' ').map((token) => vocabulary.indexOf(token));
  return { tokenizer: await loadPairTokenizer({ root, folder: 'tiny' }), ids };
}

test.each([
  ['bert', '[CLS] apple grape [SEP] cherry [SEP]', [0, 0, 0, 0, 1, 1]],
  ['roberta', '<s> apple grape </s> </s> cherry </s>', [0, 0, 0, 0, 0, 0, 0]],
] as const)('joins two texts as the tokenizer of %s does', async (framing, tokens, typeIds) => {
  const { tokenizer, ids } = await tokenizerOf(framing);
  const joined = tokenizer.join(tokenizer.tokenize('Apple grape'), tokenizer.tokenize('CHERRY'));
  expect(joined).toEqual({ tokenIds: ids(tokens), typeIds });
  expect(tokenizer.specialTokens).toBe(typeIds.length - 3);
  expect(tokenizer.padding).toBe(ids(SPECIAL_TOKENS[framing].pad)[0]);
});

test('joins texts that are longer than the file says, and empty ones', async () => {
  const { tokenizer, ids } = await tokenizerOf('bert');
  const long = tokenizer.tokenize('apple '.repeat(100));
  expect(tokenizer.join(long, []).tokenIds).toHaveLength(103);
  expect(tokenizer.join([], []).tokenIds).toEqual(ids('[CLS] [SEP] [SEP]'));
});

test('refuses a tokenizer that puts nothing between two texts', async () => {
  const root = await temporaryFolder();
  const file = { ...tinyTokenizer(tinyVocabulary(words, 'bert'), 'bert'), post_processor: null };
  await writeFile(join(root, 'tokenizer.json'), JSON.stringify(file));
  await expect(loadPairTokenizer({ root, folder: '.' })).rejects.toMatchObject({
    code: 'BAD_INPUT',
    message: expect.stringContaining('nothing between two texts'),
  });
});

test('cuts the longer of two texts until both fit', () => {
  const text = fc.array(fc.nat(9), { maxLength: 30 });
  fc.assert(
    fc.property(text, text, fc.integer({ min: 2, max: 40 }), (first, second, capacity) => {
      const expected = [[...first], [...second]] as [number[], number[]];
      while (expected[0].length + expected[1].length > capacity) {
        (expected[0].length > expected[1].length ? expected[0] : expected[1]).pop();
      }
      expect(cutLongest(first, second, capacity)).toEqual(expected);
    }),
  );
});
