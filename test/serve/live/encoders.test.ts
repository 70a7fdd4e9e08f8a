import { expect, test } from 'vitest';
import type { ModelInfo } from '../../../src/encode/model-info.ts';
import { Encoders } from '../../../src/serve/live/encoders.ts';
import { HashingEncoder } from '../../support/hashing-encoder.ts';

function counted() {
  const opened: HashingEncoder[] = [];
  const encoders = new Encoders(async ({ digest }: ModelInfo) => {
    const encoder = new HashingEncoder(digest);
    opened.push(encoder);
    return encoder;
  });
  return { opened, encoders };
}
const model = (digest: string) => new HashingEncoder(digest).model;

test('opens one encoder per model, and closes it with its last user', async () => {
  const { opened, encoders } = counted();
  const [first, second, other] = await Promise.all(
    ['a', 'a', 'b'].map((digest) => encoders.of(model(digest))),
  );
  expect(opened.map((encoder) => encoder.model.digest)).toEqual(['a', 'b']);
  await first!.close();
  await first!.close();
  await second!.encode(['gold']);
  expect(opened.map(({ closed }) => closed)).toEqual([false, false]);
  await second!.close();
  expect(opened.map(({ closed }) => closed)).toEqual([true, false]);
  await other!.close();
  await encoders.of(model('a'));
  expect(opened).toHaveLength(3);
});

test('tries again after an encoder that could not be opened', async () => {
  let fails = true;
  const encoders = new Encoders(async () => {
    if (fails) throw new Error('not installed');
    return new HashingEncoder();
  });
  await expect(encoders.of(model('a'))).rejects.toThrow('not installed');
  fails = false;
  await expect(encoders.of(model('a'))).resolves.toBeDefined();
});
