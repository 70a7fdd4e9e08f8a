import { cp, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { zipSync } from 'fflate';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createLocalScorer } from '../../../src/encode/local-scorer.ts';
import { addModel, addModelOrReranker } from '../../../src/encode/models/add.ts';
import {
  findModel,
  findReranker,
  listModels,
  MODEL_FILE,
  removeModel,
} from '../../../src/encode/models/registry.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { type TinyModelOptions, writeTinyModel } from '../../support/tiny-model.ts';

let models: string;

beforeEach(async () => {
  models = await temporaryFolder();
  vi.stubEnv('PAPER_SEARCH_MODELS', models);
});
afterEach(() => {
  vi.unstubAllEnvs();
});

async function tiny(options: Partial<TinyModelOptions> = {}): Promise<string> {
  const folder = await temporaryFolder();
  await writeTinyModel(folder, { kind: 'reranker', words: ['apple'], ...options });
  return folder;
}

test('adds a model whose config.json says that it classifies texts as a reranker', async () => {
  const from = await tiny({ labels: 2 });
  const model = await addModelOrReranker('compare', { from });
  expect(model).toEqual({
    name: 'compare',
    task: 'reranking',
    source: { kind: 'folder', from },
    architecture: 'bert',
    layers: 2,
    maxTokens: 64,
    labels: 2,
    weight: 1,
    files: expect.anything(),
  });
  expect(await findReranker('compare')).toEqual(model);
  const { models: embedding, rerankers } = await listModels();
  expect(embedding.map(({ name }) => name)).toEqual(['all-MiniLM-L6-v2']);
  expect(rerankers).toEqual([model]);
});

test('adds one from an archive, with another window and weight', async () => {
  const folder = await tiny();
  const names = ['config.json', 'tokenizer.json', 'onnx/model.onnx'];
  const files = await Promise.all(
    names.map(async (name) => [name, await readFile(join(folder, name))] as const),
  );
  const from = join(folder, 'tiny.zip');
  await writeFile(from, zipSync(Object.fromEntries(files)));
  const model = await addModelOrReranker('compare', { from, maxTokens: 32, weight: 0.25 });
  expect(model).toMatchObject({ source: { kind: 'archive' }, maxTokens: 32, weight: 0.25 });
});

test('adds one that its config.json does not describe, if the task is named', async () => {
  const from = await tiny({ config: { architectures: undefined } });
  await expect(addModelOrReranker('compare', { from })).rejects.toThrow('no output with a vector');
  expect(await addModelOrReranker('compare', { from }, 'reranking')).toMatchObject({ task: 'reranking' });
});

test.each([
  [
    'an embedding model',
    { kind: 'embedding' },
    {},
    'MODEL_UNAVAILABLE',
    'no output with 32-bit floats per text',
  ],
  ['more than two classes', { labels: 3 }, {}, 'BAD_INPUT', '3 classes'],
  ['an option for vectors', {}, { pooling: 'cls' }, 'BAD_REQUEST', '--pooling is for embedding models'],
] as const)('refuses %s, and leaves nothing behind', async (_, options, choices, code, message) => {
  const from = await tiny(options as Partial<TinyModelOptions>);
  await expect(addModelOrReranker('compare', { from, ...choices }, 'reranking')).rejects.toMatchObject({
    code,
    message: expect.stringContaining(message),
  });
  expect(await readdir(models)).toEqual([]);
});

test('refuses the weight of a reranker for an embedding model', async () => {
  const from = await tiny({ kind: 'embedding' });
  await expect(addModel('vectors', { from, weight: 0.5 })).rejects.toThrow('--weight is for rerankers');
});

test.each(['sentences', 'likely-sentences', '50'])('refuses the name %s', async (name) => {
  await expect(addModelOrReranker(name, { from: await tiny() })).rejects.toMatchObject({
    code: 'BAD_REQUEST',
    message: expect.stringContaining('the comparison of sentences'),
  });
});

test('refuses a name that another model has', async () => {
  await addModelOrReranker('compare', { from: await tiny() });
  await expect(addModel('compare', { from: await tiny({ kind: 'embedding' }) })).rejects.toThrow('already');
});

test('cannot make the vectors of an index', async () => {
  await addModelOrReranker('compare', { from: await tiny() });
  await expect(findModel('compare')).rejects.toMatchObject({
    code: 'BAD_REQUEST',
    message: expect.stringContaining('--rerank compare'),
  });
  await expect(findModel('nothing')).rejects.toThrow('Installed: all-MiniLM-L6-v2, compare.');
});

test.each(['..', '.', '../compare', 'a\\b', '\0', ''])(
  'is not looked for outside the folder of models: %j',
  async (name) => {
    vi.stubEnv('PAPER_SEARCH_MODELS', join(models, 'inner'));
    await addModelOrReranker('compare', { from: await tiny() });
    await cp(join(models, 'inner', 'compare', MODEL_FILE), join(models, MODEL_FILE));
    await cp(join(models, 'inner', 'compare'), join(models, 'compare'), { recursive: true });
    expect(await findReranker(name)).toBeUndefined();
  },
);

test('is removed', async () => {
  await addModelOrReranker('compare', { from: await tiny() });
  await removeModel('compare');
  expect(await findReranker('compare')).toBeUndefined();
  expect((await listModels()).rerankers).toEqual([]);
});

test('does not run when its files have changed, or its description is damaged', async () => {
  const model = await addModelOrReranker('compare', { from: await tiny() });
  await writeFile(join(models, 'compare', 'tokenizer.json'), '{}');
  await expect(createLocalScorer(model as Parameters<typeof createLocalScorer>[0])).rejects.toMatchObject({
    code: 'MODEL_UNAVAILABLE',
    message: expect.stringContaining(basename('tokenizer.json')),
  });
  const file = join(models, 'compare', MODEL_FILE);
  await writeFile(file, JSON.stringify({ ...JSON.parse(await readFile(file, 'utf8')), weight: 2 }));
  await expect(findReranker('compare')).rejects.toMatchObject({ code: 'MODEL_UNAVAILABLE' });
  expect((await listModels()).unusable).toMatchObject([{ name: 'compare' }]);
});
