import { describe, expect, onTestFinished, test } from 'vitest';
import type { EncodeOptions } from '../../src/encode/encoder.ts';
import { ProcessEncoder } from '../../src/encode/process-encoder.ts';
import { type EncoderFault, fakeEncoderProcess } from '../support/fake-encoder-process.ts';

/** 40 texts, three chunks; the vector of each is its number and 1. */
const texts = Array.from({ length: 40 }, (_, i) => String(i));
const expected = Float32Array.from(texts.flatMap((text) => [Number(text), 1]));

/** An encoder whose first processes misbehave. @param faults one a process. */
async function encoderWith(faults: readonly EncoderFault[], longestSilenceMs = 3000, processes = 1) {
  const { script, starts } = await fakeEncoderProcess(faults);
  const model = { name: 'fake', dimension: 2, maxTokens: 8, digest: 'fake' };
  const encoder = new ProcessEncoder(model, { script, longestSilenceMs, processes });
  onTestFinished(() => encoder.close());
  const retried: string[] = [];
  const onRetry: EncodeOptions['onRetry'] = ({ message }) => void retried.push(message);
  return { encoder, starts, retried, onRetry };
}

test.each([
  ['stalls', 'stall', /said nothing for 3 seconds/],
  ['dies', 'die', /ended unexpectedly|cannot be reached/],
] as const)('replaces a process that %s and encodes its texts again', async (_what, fault, reason) => {
  const { encoder, starts, retried, onRetry } = await encoderWith([fault]);
  const seen = new Set<number>();
  const onVector = (index: number) => void seen.add(index);
  expect(await encoder.encode(texts, { retries: 3, onRetry, onVector })).toEqual(expected);
  expect(await starts()).toBe(2);
  expect(retried.length).toBeGreaterThan(0);
  for (const message of retried) expect(message).toMatch(reason);
  expect(seen.size).toBe(texts.length);
});

test('gives up when as many processes as allowed have died, and says how many', async () => {
  const { encoder, starts, onRetry } = await encoderWith(['die', 'die', 'die', 'die']);
  // One chunk: the second answer of a process would be that of another.
  await encoder.encode(['0']);
  await expect(encoder.encode(['1'], { retries: 2, onRetry })).rejects.toMatchObject({
    code: 'ENCODER_FAILED',
    message: expect.stringContaining('sent to 3 processes'),
  });
  expect(await starts()).toBe(3);
});

test('does not encode again without being asked to, or texts that the model refuses', async () => {
  const dying = await encoderWith(['die']);
  await expect(dying.encoder.encode(texts, { onRetry: dying.onRetry })).rejects.toMatchObject({
    code: 'ENCODER_FAILED',
    message: expect.stringMatching(/ended unexpectedly|cannot be reached/),
  });
  const refusing = await encoderWith(['refuse']);
  await expect(
    refusing.encoder.encode(texts, { retries: 3, onRetry: refusing.onRetry }),
  ).rejects.toMatchObject({ message: expect.stringContaining('refused') });
  expect([...dying.retried, ...refusing.retried]).toEqual([]);
  expect([await dying.starts(), await refusing.starts()]).toEqual([1, 1]);
});

test('stops at once while a process stalls, and reports no vector afterwards', async () => {
  const { encoder, starts } = await encoderWith(['stall'], 600_000);
  const stop = new AbortController();
  const seen: number[] = [];
  const onVector = (index: number) => {
    seen.push(index);
    if (seen.length === 16) stop.abort(new Error('stopped'));
  };
  await expect(encoder.encode(texts, { retries: 3, signal: stop.signal, onVector })).rejects.toThrow(
    'stopped',
  );
  expect(seen).toHaveLength(16);
  expect(await starts()).toBe(1);
});

describe('with several processes', () => {
  const many = Array.from({ length: 150 }, (_, i) => String(i));
  const vectors = Float32Array.from(many.flatMap((text) => [Number(text), 1]));

  test('returns the vectors in the order of the texts and reports each once', async () => {
    const { encoder, starts } = await encoderWith([], undefined, 2);
    const seen: number[] = [];
    const progress: number[] = [];
    const encoded = await encoder.encode(many, {
      onVector: (index, vector) => {
        expect([...vector]).toEqual([index, 1]);
        seen.push(index);
      },
      onProgress: (done) => progress.push(done),
    });
    expect(encoded).toEqual(vectors);
    expect(seen.sort((a, b) => a - b)).toEqual(many.map(Number));
    expect(progress.at(-1)).toBe(many.length);
    expect(progress).toEqual(progress.toSorted((a, b) => a - b));
    expect(await starts()).toBe(2);
  });

  test('starts only one for few texts', async () => {
    const { encoder, starts } = await encoderWith([], undefined, 2);
    expect(await encoder.encode(texts)).toEqual(expected);
    expect(await starts()).toBe(1);
  });

  test('replaces each that dies and encodes its texts again', async () => {
    const { encoder, starts, retried, onRetry } = await encoderWith(['die', 'die'], undefined, 2);
    expect(await encoder.encode(many, { retries: 3, onRetry })).toEqual(vectors);
    expect(await starts()).toBe(4);
    expect(retried.length).toBeGreaterThanOrEqual(2);
  });

  test('stops all of them when one cannot encode its texts', async () => {
    const { encoder } = await encoderWith(['die', 'die'], undefined, 2);
    await expect(encoder.encode(many)).rejects.toMatchObject({ code: 'ENCODER_FAILED' });
  });
});
