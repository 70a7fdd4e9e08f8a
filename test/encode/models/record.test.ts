import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { addModel } from '../../../src/encode/models/add.ts';
import { infoOf, type Model } from '../../../src/encode/models/model.ts';
import { findModel, modelOfIndex, recordModel } from '../../../src/encode/models/registry.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { writeTinyModel } from '../../support/tiny-model.ts';

let models: string;
let model: Model;

beforeEach(async () => {
  models = await temporaryFolder();
  vi.stubEnv('PAPER_SEARCH_MODELS', models);
  const from = await temporaryFolder();
  await writeTinyModel(from, { kind: 'embedding' });
  model = await addModel('tiny', { from });
});
afterEach(() => {
  vi.unstubAllEnvs();
});

describe('recordModel', () => {
  test('replaces the values of a model, and leaves no other file', async () => {
    const changed = { ...model, ranking: { ...model.ranking, keywordShare: 0.25 } };
    expect(await recordModel(changed)).toEqual(changed);
    expect(await findModel('tiny')).toEqual(changed);
    expect((await readdir(join(models, 'tiny'))).sort()).toEqual([
      'config.json',
      'model.json',
      'onnx',
      'tokenizer.json',
    ]);
  });

  test('keeps former title weights, so that older indexes open', async () => {
    await recordModel({ ...model, titleWeight: 0.5 });
    expect(await recordModel({ ...model, titleWeight: 0.3 })).toMatchObject({ formerTitleWeights: [0, 0.5] });
    for (const titleWeight of [0, 0.5, 0.3]) {
      expect((await modelOfIndex(infoOf({ ...model, titleWeight }))).titleWeight).toBe(titleWeight);
    }
    expect(await recordModel({ ...model, titleWeight: 0 })).toMatchObject({ formerTitleWeights: [0.5, 0.3] });
    await expect(modelOfIndex(infoOf({ ...model, titleWeight: 1 }))).rejects.toMatchObject({
      code: 'INDEX_INCOMPATIBLE',
    });
  });

  test('rejects the bundled model and an unknown one', async () => {
    const bundled = await findModel('all-MiniLM-L6-v2');
    await expect(recordModel(bundled)).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    await expect(recordModel({ ...model, name: 'other' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
