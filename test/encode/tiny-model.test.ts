import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AutoModelForSequenceClassification, env, Tensor } from '@xenova/transformers';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { type TinyModelOptions, writeTinyModel } from '../support/tiny-model.ts';
import { tinyVocabulary } from '../support/tiny-tokenizer.ts';

const words = ['grape', 'apple', 'cherry', 'fig', 'lemon', 'date'];

const digests = async (options: TinyModelOptions) => {
  const folder = await temporaryFolder();
  await writeTinyModel(folder, options);
  const names = ['config.json', 'tokenizer.json', 'onnx/model.onnx', 'onnx/model_quantized.onnx'];
  const files = await Promise.all(names.map((name) => readFile(join(folder, name))));
  return files.map((bytes) => createHash('sha256').update(bytes).digest('hex'));
};

test('writes the same bytes for the same options, and other weights for another seed', async () => {
  const first = await digests({ kind: 'embedding', words });
  expect(await digests({ kind: 'embedding', words })).toEqual(first);
  const [config, tokenizer, ...models] = await digests({ kind: 'embedding', words, seed: 2 });
  expect([config, tokenizer]).toEqual(first.slice(0, 2));
  for (const digest of models) expect(first).not.toContain(digest);
});

describe.each([true, false])('a tiny reranker, quantized: %s', (quantized) => {
  test('has a logit that rises with the words of the second text that the first one has', async () => {
    const root = await temporaryFolder();
    await writeTinyModel(join(root, 'tiny'), { kind: 'reranker', words });
    Object.assign(env, { allowRemoteModels: false, localModelPath: root, useFSCache: false });
    const model = await AutoModelForSequenceClassification.from_pretrained('tiny', { quantized });
    const vocabulary = tinyVocabulary(words, 'bert');
    const logit = async (first: string, second: string, types = [0, 1]) => {
      const idsOf = (text: string) => [...text.split(' '), '[SEP]'].map((word) => vocabulary.indexOf(word));
      const ids = [vocabulary.indexOf('[CLS]'), ...idsOf(first), ...idsOf(second)];
      const tensor = (values: readonly number[]) =>
        new Tensor('int64', BigInt64Array.from(values, BigInt), [1, ids.length]);
      const ofFirst = idsOf(first).length + 1;
      const output = await model({
        input_ids: tensor(ids),
        attention_mask: tensor(ids.map(() => 1)),
        token_type_ids: tensor(ids.map((_, i) => (i < ofFirst ? types[0]! : types[1]!))),
      });
      return output.logits.data[0] as number;
    };
    const none = await logit('apple grape', 'cherry fig lemon date');
    const one = await logit('apple grape', 'cherry apple lemon date');
    const two = await logit('apple grape', 'cherry apple lemon grape');
    expect(none).toBeCloseTo(-4, 1);
    expect(one).toBeGreaterThan(none + 1);
    expect(two).toBeGreaterThan(one + 1);
    expect(await logit('apple grape', 'cherry apple lemon grape', [0, 0])).toBeLessThan(-3.5);
  });
});
