import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { createLocalEncoder } from '../../../src/encode/local-encoder.ts';
import { addModel } from '../../../src/encode/models/add.ts';
import type { Model } from '../../../src/encode/models/model.ts';
import { innerProduct } from '../../../src/indexes/vectors/inner-product.ts';
import { textOf } from '../../../src/ingest/vectors.ts';
import { vectorsByTitleWeight } from '../../../src/quality/tune/title-weights.ts';
import { paperOf } from '../../support/papers.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { writeTinyModel } from '../../support/tiny-model.ts';

const PAPERS = [
  paperOf({ title: 'Apple and cherry', abstract: 'The grape is a paper. A cherry is a query.' }),
  paperOf({ title: 'Is it a grape?', abstract: `A long one. ${'The apple is a grape. '.repeat(40)}` }),
  paperOf({ title: 'Cherry alone' }),
  paperOf({ title: '', abstract: 'Only a query.' }),
];

let model: Model;

beforeEach(async () => {
  vi.stubEnv('PAPER_SEARCH_MODELS', await temporaryFolder());
  const from = await temporaryFolder();
  await writeTinyModel(from, { kind: 'embedding', words: ['apple', 'cherry', 'grape', 'query', 'paper'] });
  model = await addModel('tiny', { from });
});
afterEach(() => {
  vi.unstubAllEnvs();
});

async function encoderOf(titleWeight: number) {
  const encoder = await createLocalEncoder({ model: { ...model, titleWeight } });
  onTestFinished(() => encoder.close());
  return encoder;
}

/** The vectors of the papers as an index has them. */
async function indexed(titleWeight: number): Promise<Float32Array[]> {
  const vectors = await (await encoderOf(titleWeight)).encode(PAPERS.map(textOf));
  const { dimension } = model;
  return PAPERS.map((_, n) => vectors.subarray(n * dimension, (n + 1) * dimension));
}

describe('vectors by title weight', () => {
  test.each([
    ['vectors without the title', 0, true],
    ['vectors with the title', 0.7, true],
    ['vectors in which the title weighs as much as the text', 1, true],
    ['texts alone', 0.7, false],
  ])('are those of an encoder with that weight, made from %s', async (_, titleWeight, areKnown) => {
    const known = await indexed(titleWeight);
    const encoder = await encoderOf(0);
    const encode = vi.spyOn(encoder, 'encode');
    const vectorOf = (doc: number) => (areKnown ? known[doc] : undefined);
    const vectorsAt = await vectorsByTitleWeight(PAPERS, encoder, { vectorOf, titleWeight }, {});
    for (const weight of [0, 0.3, 0.7, 2]) {
      const expected = await indexed(weight);
      const vectors = vectorsAt(weight);
      expect(vectors).toHaveLength(PAPERS.length);
      for (const [doc, vector] of vectors.entries()) {
        expect(innerProduct(vector, expected[doc]!)).toBeCloseTo(1, 5);
      }
    }
    // With known vectors, two titles are all that has to be encoded.
    expect(encode.mock.calls[0]![0]).toHaveLength(areKnown && titleWeight < 1 ? 2 : 6);
  });
});
