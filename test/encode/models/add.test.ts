import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { zipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { createLocalEncoder } from '../../../src/encode/local-encoder.ts';
import { addModel } from '../../../src/encode/models/add.ts';
import { infoOf, type Model } from '../../../src/encode/models/model.ts';
import {
  findModel,
  listModels,
  MODEL_FILE,
  modelOfIndex,
  removeModel,
} from '../../../src/encode/models/registry.ts';
import { innerProduct } from '../../../src/indexes/vectors/inner-product.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { type TinyModelOptions, writeTinyModel } from '../../support/tiny-model.ts';

const TINY: TinyModelOptions = { kind: 'embedding', words: ['apple', 'cherry', 'grape', 'query', 'paper'] };

let models: string;
let source: string;

beforeEach(async () => {
  models = await temporaryFolder();
  source = await temporaryFolder();
  vi.stubEnv('PAPER_SEARCH_MODELS', models);
});
afterEach(() => {
  vi.unstubAllEnvs();
});

/** A folder with a tiny model and more files, by their path. */
async function tinyModel(others: Readonly<Record<string, unknown>> = {}, options = TINY): Promise<string> {
  await writeTinyModel(source, options);
  for (const [path, content] of Object.entries(others)) {
    await mkdir(join(source, path, '..'), { recursive: true });
    await writeFile(join(source, path), typeof content === 'string' ? content : JSON.stringify(content));
  }
  return source;
}

async function vectorsOf(
  model: Model,
  texts: Parameters<Awaited<ReturnType<typeof createLocalEncoder>>['encode']>[0],
) {
  const encoder = await createLocalEncoder({ model });
  onTestFinished(() => encoder.close());
  const all = await encoder.encode(texts);
  return texts.map((_, n) => all.subarray(n * model.dimension, (n + 1) * model.dimension));
}

/** A text as a paper. */
const paper = (body: string, title = '') => ({ title, body });

describe('addModel', () => {
  test('copies a folder, whose model then makes unit vectors that are near for shared words', async () => {
    const model = await addModel('tiny', { from: await tinyModel() });
    await rm(source, { recursive: true });
    expect(model).toMatchObject({
      name: 'tiny',
      source: { kind: 'folder', from: source },
      architecture: 'bert',
      layers: 2,
      dimension: 32,
      maxTokens: 64,
      pooling: 'mean',
      titleWeight: 0,
    });
    const [fruit, same, other] = await vectorsOf(await findModel('tiny'), [
      paper('apple cherry grape'),
      paper('grape cherry apple'),
      paper('0123456789'),
    ]);
    expect(innerProduct(fruit!, fruit!)).toBeCloseTo(1, 5);
    expect(innerProduct(fruit!, same!)).toBeGreaterThan(innerProduct(fruit!, other!) + 0.1);
  });

  test('takes pooling, window and prefixes from the files of sentence-transformers', async () => {
    const from = await tinyModel({
      '1_Pooling/config.json': { pooling_mode_cls_token: true, pooling_mode_mean_tokens: false },
      'sentence_bert_config.json': { max_seq_length: 48 },
      'config_sentence_transformers.json': { prompts: { query: 'query ', document: 'paper ' } },
    });
    const model = await addModel('tiny', { from });
    expect(model).toMatchObject({
      pooling: 'cls',
      maxTokens: 48,
      queryPrefix: 'query ',
      passagePrefix: 'paper ',
    });
    const [asQuery, asPaper] = await vectorsOf(model, ['apple', paper('apple')]);
    const bare = await addModel('bare', { from, queryPrefix: '', passagePrefix: '' });
    const [query, passage, plain] = await vectorsOf(bare, ['query apple', paper('paper apple'), 'apple']);
    expect([...asQuery!]).toEqual([...query!]);
    expect([...asPaper!]).toEqual([...passage!]);
    expect([...asQuery!]).not.toEqual([...plain!]);
  });

  test('prefers what the user says, and records another digest where the vectors of papers differ', async () => {
    const from = await tinyModel({ '1_Pooling/config.json': { pooling_mode_mean_tokens: true } });
    const mean = await addModel('mean', { from });
    const variants = await Promise.all([
      addModel('cls', { from, pooling: 'cls' }),
      addModel('prefix', { from, passagePrefix: 'paper ' }),
      addModel('window', { from, maxTokens: 32 }),
      addModel('title', { from, titleWeight: 0.5 }),
    ]);
    const digests = [mean, ...variants].map((model) => infoOf(model).digest);
    expect(new Set(digests).size).toBe(5);
    const query = await addModel('query', { from, queryPrefix: 'query ' });
    expect(infoOf(query).digest).toBe(infoOf(mean).digest);
    const text = paper('cherry grape', 'apple');
    const [ofMean, ofCls, ofTitle] = await Promise.all(
      [mean, variants[0]!, variants[3]!].map(async (model) =>
        Array.from((await vectorsOf(model, [text]))[0]!),
      ),
    );
    expect(ofCls).not.toEqual(ofMean);
    expect(ofTitle).not.toEqual(ofMean);
  });

  test('reads a zip file wherever the files are in it', async () => {
    const folder = await tinyModel();
    const bytes = async (path: string) => new Uint8Array(await readFile(join(folder, path)));
    const file = join(source, 'model.jar');
    await writeFile(
      file,
      zipSync({
        'META-INF/MANIFEST.MF': new Uint8Array(),
        'some/place/my-model.onnx': await bytes('onnx/model.onnx'),
        'some/place/my-model-tokenizer.json': await bytes('tokenizer.json'),
      }),
    );
    const model = await addModel('packed', { from: file });
    expect(model).toMatchObject({ source: { kind: 'archive' }, architecture: 'bert', dimension: 32 });
    const unpacked = await addModel('unpacked', { from: folder, onnx: 'model.onnx' });
    const text = [paper('apple cherry')];
    const [[one], [two]] = await Promise.all([vectorsOf(model, text), vectorsOf(unpacked, text)]);
    expect([...one!]).toEqual([...two!]);
  });

  test('pads with the token that the model knows as padding', async () => {
    const from = await tinyModel({}, { ...TINY, framing: 'roberta', config: { model_type: 'xlm-roberta' } });
    const model = await addModel('roberta', { from });
    // Positions begin after the padding, so that the last two are not used.
    expect(model).toMatchObject({ architecture: 'xlm-roberta', maxTokens: 62 });
    const [vector] = await vectorsOf(model, [paper('apple')]);
    expect(innerProduct(vector!, vector!)).toBeCloseTo(1, 5);
  });

  test.each([
    ['without an ONNX file', async () => rm(join(source, 'onnx'), { recursive: true }), /has no ONNX file/],
    [
      'with several ONNX files of unknown names',
      async () => {
        await cp(join(source, 'onnx/model.onnx'), join(source, 'a.onnx'));
        await cp(join(source, 'onnx/model.onnx'), join(source, 'b.onnx'));
        await rm(join(source, 'onnx'), { recursive: true });
      },
      /--onnx \(a\.onnx, b\.onnx\)/,
    ],
    ['without a tokenizer', async () => rm(join(source, 'tokenizer.json')), /has no tokenizer\.json/],
    [
      'with a damaged tokenizer',
      async () => writeFile(join(source, 'tokenizer.json'), '{}'),
      /tokenizer\.json cannot be used/,
    ],
    [
      'with weights in another file',
      async () => writeFile(join(source, 'onnx/model_quantized.onnx_data'), ''),
      /separate file/,
    ],
    [
      'with another pooling',
      async () => {
        await mkdir(join(source, '1_Pooling'));
        await writeFile(join(source, '1_Pooling/config.json'), '{"pooling_mode_lasttoken": true}');
      },
      /--pooling/,
    ],
    ['with a damaged config.json', async () => writeFile(join(source, 'config.json'), '['), /config\.json/],
  ])('refuses a folder %s, says why, and leaves nothing behind', async (_, damage, message) => {
    await tinyModel();
    await damage();
    await expect(addModel('tiny', { from: source })).rejects.toMatchObject({
      code: 'BAD_INPUT',
      message: expect.stringMatching(message),
    });
    expect(await readdir(models)).toEqual([]);
  });

  test('refuses an ONNX file that the runtime cannot load', async () => {
    const from = await tinyModel({ 'onnx/model_quantized.onnx': 'no model' });
    await expect(addModel('tiny', { from })).rejects.toMatchObject({ code: 'MODEL_UNAVAILABLE' });
    expect(await readdir(models)).toEqual([]);
  });

  test.each([
    ['a path that does not exist', 'tiny', () => join(source, 'none'), /does not exist/],
    ['a file that is not an archive', 'tiny', () => join(source, 'config.json'), /not a zip or jar file/],
  ])('refuses %s', async (_, name, from, message) => {
    await tinyModel();
    await expect(addModel(name, { from: from() })).rejects.toMatchObject({
      code: 'BAD_INPUT',
      message: expect.stringMatching(message),
    });
  });

  test.each(['../tiny', 'a/b', '', '.hidden', 'all-MiniLM-L6-v2', 'x.tmp', 'x'.repeat(101)])(
    'refuses the name "%s"',
    async (name) => {
      const from = await tinyModel();
      await expect(addModel(name, { from })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
      expect(await readdir(models)).toEqual([]);
    },
  );

  test('refuses a name that is taken, and neither or both sources', async () => {
    const from = await tinyModel();
    await addModel('tiny', { from });
    await expect(addModel('tiny', { from })).rejects.toThrow('"paper-search model remove tiny"');
    await expect(addModel('other', {})).rejects.toThrow('--hub');
    await expect(addModel('other', { from, hub: 'a/b' })).rejects.toThrow('--from');
  });
});

describe('the models on this machine', () => {
  test('are listed with the bundled one first, and damaged ones apart', async () => {
    await addModel('tiny', { from: await tinyModel() });
    await mkdir(join(models, 'broken'));
    await writeFile(join(models, 'broken', MODEL_FILE), '{"name": "broken"}');
    await mkdir(join(models, 'not-a-model'));
    const found = await listModels();
    expect(found.models.map(({ name }) => name)).toEqual(['all-MiniLM-L6-v2', 'tiny']);
    expect(found.unusable).toMatchObject([{ name: 'broken', reason: expect.stringContaining(MODEL_FILE) }]);
  });

  test('are found by name or by what an index records, and the error for an unknown one says what to run', async () => {
    const model = await addModel('tiny', { from: await tinyModel() });
    expect(await modelOfIndex(infoOf(model))).toEqual(model);
    expect(await modelOfIndex({ ...infoOf(model), name: 'its old name' })).toEqual(model);
    await expect(findModel('other')).rejects.toMatchObject({
      code: 'NOT_FOUND',
      message: expect.stringContaining('all-MiniLM-L6-v2, tiny'),
    });
    await expect(
      modelOfIndex({ ...infoOf(model), name: 'gone', digest: '0'.repeat(64) }),
    ).rejects.toMatchObject({
      code: 'INDEX_INCOMPATIBLE',
      message: expect.stringMatching(/model add gone .* "paper-search model use all-MiniLM-L6-v2"/),
    });
    await expect(modelOfIndex({ ...infoOf(model), digest: '0'.repeat(64) })).rejects.toThrow(
      'other files or settings',
    );
  });

  test('are removed, except the bundled one', async () => {
    await addModel('tiny', { from: await tinyModel() });
    await removeModel('tiny');
    expect(await readdir(models)).toEqual([]);
    await expect(removeModel('tiny')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(removeModel('all-MiniLM-L6-v2')).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });

  test('are only those in the folder of models', async () => {
    const inner = join(models, 'inner');
    await addModel('tiny', { from: await tinyModel() });
    await cp(join(models, 'tiny', MODEL_FILE), join(models, MODEL_FILE));
    await mkdir(inner);
    vi.stubEnv('PAPER_SEARCH_MODELS', inner);
    for (const name of ['..', '../tiny', '.']) {
      await expect(findModel(name)).rejects.toMatchObject({ code: 'NOT_FOUND' });
      await expect(removeModel(name)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
    expect(await readdir(models)).toContain('tiny');
  });

  test('do not run with a file that has changed', async () => {
    const model = await addModel('tiny', { from: await tinyModel() });
    const [folder] = await readdir(models);
    const file = join(models, basename(folder!), 'tokenizer.json');
    await writeFile(file, `${await readFile(file, 'utf8')} `);
    await expect(createLocalEncoder({ model })).rejects.toMatchObject({
      code: 'MODEL_UNAVAILABLE',
      message: expect.stringContaining(file),
    });
  });
});
