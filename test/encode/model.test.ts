import { readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { bundledModel } from '../../src/encode/model/minilm.ts';
import { prepareModel } from '../../src/encode/model/prepare.ts';
import { quantizeRows, transpose } from '../../src/encode/model/quantize.ts';
import { Safetensors } from '../../src/encode/model/safetensors.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('prepareModel', () => {
  test('converts once, to the expected bytes, and repairs a damaged cache', async () => {
    const cache = await temporaryFolder();
    vi.stubEnv('PAPER_SEARCH_CACHE', cache);
    const converted = vi.fn();
    const model = await prepareModel('int8', converted);
    expect(model.digests.model).toBe(bundledModel('int8').files.model);
    await prepareModel('int8', converted);
    expect(converted).toHaveBeenCalledTimes(1);

    const file = join(model.root, model.folder, 'onnx', 'model_quantized.onnx');
    const size = (await readFile(file)).length;
    await truncate(file, size - 1);
    await prepareModel('int8', converted);
    expect(converted).toHaveBeenCalledTimes(2);
    expect((await readFile(file)).length).toBe(size);
    await writeFile(join(model.root, model.folder, 'tokenizer.json'), '{}');
    await prepareModel('int8', converted);
    expect(converted).toHaveBeenCalledTimes(3);
    vi.unstubAllEnvs();
  });

  test('throws an error that says what to set when the cache cannot be written', async () => {
    const file = join(await temporaryFolder(), 'a-file');
    await writeFile(file, '');
    vi.stubEnv('PAPER_SEARCH_CACHE', file);
    await expect(prepareModel()).rejects.toMatchObject({
      code: 'MODEL_UNAVAILABLE',
      message: expect.stringContaining('PAPER_SEARCH_CACHE'),
    });
    vi.unstubAllEnvs();
  });
});

describe('quantizeRows', () => {
  test('computes scale = max / 64 and code = round(value / scale)', () => {
    const { codes, scales } = quantizeRows(Float32Array.of(0.64, -0.02, 0.5, 0, 0, 0), 2, 3);
    expect([...scales]).toEqual([Math.fround(Math.fround(0.64) / 64), 1]);
    expect([...codes]).toEqual([64, -2, 50, 0, 0, 0]);
  });

  test('transposes rows into columns', () => {
    expect([...transpose(Int8Array.of(1, 2, 3, 4, 5, 6), 2, 3)]).toEqual([1, 4, 2, 5, 3, 6]);
  });
});

describe('Safetensors', () => {
  /** A file with one tensor `w`. */
  function fileOf(dtype: string, data: Uint8Array): Uint8Array {
    const header = Buffer.from(
      JSON.stringify({ w: { dtype, shape: [data.length / 2], data_offsets: [0, data.length] } }),
    );
    const length = Buffer.alloc(8);
    length.writeBigUInt64LE(BigInt(header.length));
    return Buffer.concat([length, header, data]);
  }

  test('widens 16-bit floats exactly, subnormals and infinities too', () => {
    const halves = Uint16Array.of(0x3c00, 0xc000, 0x3555, 0x0001, 0x7c00, 0x0000);
    const { values } = new Safetensors(fileOf('F16', new Uint8Array(halves.buffer))).weight('w');
    expect([...values]).toEqual([1, -2, 0.333251953125, 2 ** -24, Number.POSITIVE_INFINITY, 0]);
  });

  test.each([
    ['too short', () => new Safetensors(Buffer.from('abc')).weight('w')],
    [
      'cut off in the header',
      () => new Safetensors(fileOf('F16', Buffer.alloc(2)).subarray(0, 20)).weight('w'),
    ],
    ['without the tensor', () => new Safetensors(fileOf('F16', Buffer.alloc(2))).weight('v')],
    ['of a type that is not read', () => new Safetensors(fileOf('I8', Buffer.alloc(2))).weight('w')],
  ])('throws MODEL_UNAVAILABLE for a file %s', (_, read) => {
    expect(read).toThrow(expect.objectContaining({ code: 'MODEL_UNAVAILABLE' }));
  });
});
