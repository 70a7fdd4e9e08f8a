import { expect, test } from 'vitest';
import { KeptEncoder } from '../../../scripts/eval/kept-encoder.ts';
import { HashingEncoder } from '../../support/hashing-encoder.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const TEXTS = ['one', { title: 'Two', body: 'words' }, 'one more'];

test('encodes a text once, also in the next run, and returns the vectors of the encoder', async () => {
  const folder = await temporaryFolder();
  const wanted = await new HashingEncoder().encode(TEXTS);
  for (const expected of [['one', 'Two words', 'one more'], []]) {
    const inner = new HashingEncoder();
    const encoder = await KeptEncoder.open(inner, folder);
    const reported: number[] = [];
    expect(await encoder.encode(TEXTS, { onVector: (index) => reported.push(index) })).toEqual(wanted);
    expect(reported).toEqual([0, 1, 2]);
    await encoder.encode(['one', 'one']);
    expect(inner.encoded).toEqual(expected);
    await encoder.close();
    expect(inner.closed).toBe(true);
  }
});

test('ignores the vectors of another model', async () => {
  const folder = await temporaryFolder();
  for (const model of ['a', 'b']) {
    const inner = new HashingEncoder(model);
    const encoder = await KeptEncoder.open(inner, folder);
    await encoder.encode(TEXTS);
    expect(inner.encoded).toHaveLength(3);
    await encoder.close();
  }
});
