import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { createLocalScorer } from '../../src/encode/local-scorer.ts';
import { type AddOptions, addModelOrReranker } from '../../src/encode/models/add.ts';
import { isReranker } from '../../src/encode/models/tasks.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { type TinyModelOptions, writeTinyModel } from '../support/tiny-model.ts';

const words = ['fig', 'apple', 'cherry', 'grape', 'lemon', 'date'];

beforeEach(async () => {
  vi.stubEnv('PAPER_SEARCH_MODELS', await temporaryFolder());
});
afterEach(() => {
  vi.unstubAllEnvs();
});

async function scorer(options: Partial<TinyModelOptions> = {}, choices: AddOptions = {}) {
  const from = await temporaryFolder();
  await writeTinyModel(from, { kind: 'reranker', words, ...options });
  const model = await addModelOrReranker('tiny', { from, ...choices });
  if (!isReranker(model)) throw new Error('not a reranker');
  const local = await createLocalScorer(model);
  onTestFinished(() => local.close());
  return local;
}

const passage = (body: string, title = '') => ({ title, body });

describe.each([
  ['32-bit weights', 'model.onnx'],
  ['8-bit weights', 'model_quantized.onnx'],
])('a cross-encoder with %s', (_, onnx) => {
  test('scores a passage higher the more words of the query it has', async () => {
    const local = await scorer({}, { onnx });
    const [none, one, two] = await local.score('apple grape', [
      passage('cherry fig lemon date'),
      passage('cherry apple lemon date'),
      passage('grape apple lemon date'),
    ]);
    expect(none).toBeCloseTo(-4, 1);
    expect(one).toBeGreaterThan(none! + 1);
    expect(two).toBeGreaterThan(one! + 1);
  });

  test('reads the title before the text', async () => {
    const local = await scorer({}, { onnx });
    const scores = await local.score('apple', [
      passage('lemon date', 'Apple fig'),
      passage('apple fig. lemon date'),
      passage('', 'apple fig. lemon date'),
      passage('lemon date', 'Cherry fig'),
    ]);
    expect(scores[0]).toBe(scores[1]);
    expect(scores[0]).toBe(scores[2]);
    expect(scores[0]).toBeGreaterThan(scores[3]! + 1);
  });

  test('gives a pair the same score alone and among others', async () => {
    const local = await scorer({}, { onnx });
    const all = [passage('apple fig'), passage('fig lemon date '.repeat(5)), passage('date')];
    const together = await local.score('apple date', all);
    for (const [i, one] of all.entries()) {
      expect((await local.score('apple date', [one]))[0]).toBe(together[i]);
    }
  });
});

test('takes the difference of two logits', async () => {
  const pair = ['apple grape', [passage('cherry apple lemon date')]] as const;
  const [one] = await (await scorer()).score(...pair);
  vi.stubEnv('PAPER_SEARCH_MODELS', await temporaryFolder());
  const [two] = await (await scorer({ labels: 2 })).score(...pair);
  expect(two).toBeCloseTo(one!, 4);
});

test('runs a model without token types, with the special tokens of RoBERTa', async () => {
  const config = { model_type: 'xlm-roberta', architectures: ['XLMRobertaForSequenceClassification'] };
  const local = await scorer({ tokenTypes: false, framing: 'roberta', config });
  const [marked, other] = await local.score('apple', [passage('fig grape'), passage('date grape')]);
  expect(marked).toBeGreaterThan(other! + 0.5);
});

test('runs an architecture that transformers.js has no class for', async () => {
  const config = { model_type: 'newbert', architectures: ['NewBertForSequenceClassification'] };
  const local = await scorer({ config });
  const [one, none] = await local.score('apple', [passage('apple fig'), passage('date fig')]);
  expect(one).toBeGreaterThan(none! + 1);
});

test('cuts the longer text at the window of the model', async () => {
  const local = await scorer({ positions: 16 });
  const long = 'lemon '.repeat(40);
  const [early, late, none] = await local.score('apple', [
    passage(`apple ${long}`),
    passage(`${long} apple`),
    passage(long),
  ]);
  expect(early).toBeGreaterThan(none! + 0.2);
  expect(late).toBe(none);
  const [query] = await local.score(`${long} ${long}`, [passage('lemon')]);
  expect(query).toBeGreaterThan(-4);
});

test('stops when its signal aborts', async () => {
  const local = await scorer();
  const signal = AbortSignal.abort(new Error('gone'));
  await expect(local.score('apple', [passage('apple')], { signal })).rejects.toThrow('gone');
});
