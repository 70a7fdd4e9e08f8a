import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { createLocalEncoder } from '../../src/encode/local-encoder.ts';
import { samplePapers } from '../support/sample.ts';

const encoder = await createLocalEncoder();
const papers = await samplePapers();
const inputs = papers.map(({ title, abstract }) => ({ title, body: abstract }));
afterAll(() => encoder.close());

const { dimension } = encoder.model;
const row = (vectors: Float32Array, i: number) => vectors.subarray(i * dimension, (i + 1) * dimension);
const cosine = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, i) => sum + value * b[i]!, 0);
const encodeOne = (text: string | { title: string; body: string }) => encoder.encode([text]);

describe('parity with the 32-bit weights', () => {
  const file = new URL('./reference/sample-fp32.json', import.meta.url);
  const reference: { vectors: Record<string, string> } = JSON.parse(readFileSync(file, 'utf8'));

  test.each(papers.map(({ id }, i) => [id, i] as const))('%s: cosine of at least 0.99', async (id, i) => {
    const bytes = Buffer.from(reference.vectors[id]!, 'base64');
    const expected = new Float32Array(new Uint8Array(bytes).buffer);
    expect(cosine(await encodeOne(inputs[i]!), expected)).toBeGreaterThanOrEqual(0.99);
  });
});

describe('vectors', () => {
  test('are unit vectors of the stated dimension, one a text, in order', async () => {
    const vectors = await encoder.encode(inputs);
    expect(vectors).toHaveLength(inputs.length * dimension);
    for (const [i, input] of inputs.entries()) {
      expect(cosine(row(vectors, i), row(vectors, i))).toBeCloseTo(1, 5);
      expect(row(vectors, i)).toEqual(await encodeOne(input));
    }
  });

  test('do not depend on the number of threads', async () => {
    const [one, two] = await Promise.all([1, 2].map((threads) => createLocalEncoder({ threads })));
    expect(await one!.encode(inputs)).toEqual(await two!.encode(inputs));
    await Promise.all([one!.close(), two!.close()]);
  });

  test('are not computed with a number of threads that the runtime refuses: options reach it', async () => {
    await expect(createLocalEncoder({ threads: -1 })).rejects.toMatchObject({ code: 'MODEL_UNAVAILABLE' });
  });

  test('of texts of one meaning are nearer than of others', async () => {
    const [dog, puppy, tax] = [
      await encodeOne('a dog plays in the garden'),
      await encodeOne('puppies romp on the lawn'),
      await encodeOne('corporate tax law reform'),
    ];
    expect(cosine(dog, puppy)).toBeGreaterThan(cosine(dog, tax) + 0.3);
  });

  test('of long texts depend on their end: nothing is cut off', async () => {
    const long = (end: string) => `${'The quick brown fox jumps over the lazy dog. '.repeat(60)}${end}`;
    const [foxes, taxes] = [
      await encodeOne(long('It barks.')),
      await encodeOne(long('Corporate tax law was reformed.')),
    ];
    expect(cosine(foxes, taxes)).toBeLessThan(0.9999);
  });

  test('of papers depend on title and on body', async () => {
    const both = await encodeOne({ title: 'Tax law', body: 'A dog plays in the garden.' });
    expect(both).not.toEqual(await encodeOne({ title: 'Tax law', body: '' }));
    expect(both).not.toEqual(await encodeOne({ title: '', body: 'A dog plays in the garden.' }));
    expect(await encodeOne({ title: '', body: 'Only text.' })).toEqual(await encodeOne('Only text.'));
  });

  test.each([
    ['an empty text', ''],
    ['white space', ' \n '],
    ['emoji and CJK', '🐕‍🦺 深度学习'],
    ['a lone surrogate', '\ud800 x'],
    ['one very long word', 'x'.repeat(10_000)],
    ['a title longer than the window', { title: 'word '.repeat(600), body: 'Text.' }],
  ])('of %s are unit vectors too', async (_, text) => {
    const vector = await encodeOne(text);
    expect(cosine(vector, vector)).toBeCloseTo(1, 5);
  });
});

test('reports progress to the end, and every vector', async () => {
  const seen: number[] = [];
  const handed = new Map<number, Float32Array>();
  const vectors = await encoder.encode(['one', 'two', 'three'], {
    onProgress: (done, total) => seen.push(done / total),
    onVector: (index, vector) => handed.set(index, vector.slice()),
  });
  expect(seen.at(-1)).toBe(1);
  for (let i = 0; i < 3; i++) expect(handed.get(i)).toEqual(row(vectors, i));
});

test('stops when it is aborted', async () => {
  const stop = new AbortController();
  const encoding = encoder.encode(['one', 'two', 'three'], {
    signal: stop.signal,
    onProgress: () => stop.abort(new Error('enough')),
  });
  await expect(encoding).rejects.toThrow('enough');
});
