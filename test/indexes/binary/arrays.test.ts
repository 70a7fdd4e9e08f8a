import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { packArrays, unpackArrays } from '../../../src/indexes/binary/arrays.ts';

const packed = (kind = 'thing', arrays = { a: Uint8Array.of(1, 2, 3), b: Float32Array.of(0.5, -1) }) =>
  new Uint8Array(Buffer.concat(packArrays(kind, arrays)));

function replaced(bytes: Uint8Array, from: string, to: string): Uint8Array {
  return new Uint8Array(Buffer.from(Buffer.from(bytes).toString('latin1').replace(from, to), 'latin1'));
}

describe('arrays', () => {
  test('are read as they were written', () => {
    fc.assert(
      fc.property(
        fc.uint8Array(),
        fc.int8Array(),
        fc.uint16Array(),
        fc.uint32Array(),
        fc.float32Array({ noNaN: true }),
        (u8, i8, u16, u32, f32) => {
          const arrays = { u8, i8, u16, u32, f32 };
          const bytes = new Uint8Array(Buffer.concat(packArrays('any', arrays)));
          expect(unpackArrays('any', bytes)).toEqual(arrays);
        },
      ),
    );
  });

  test('are refused when they are cut short', () => {
    const whole = packed();
    for (let length = 0; length < whole.length; length++) {
      expect(() => unpackArrays('thing', whole.slice(0, length))).toThrow(
        expect.objectContaining({ code: 'INDEX_CORRUPT' }),
      );
    }
  });

  test.each<[string, (bytes: Uint8Array) => Uint8Array]>([
    ['of another kind', () => packed('other')],
    ['of another byte order', (bytes) => bytes.with(8, bytes[11]!).with(11, bytes[8]!)],
    ['with more behind', (bytes) => Uint8Array.from([...bytes, 0, 0, 0, 0, 0, 0, 0, 0])],
    ['with a broken header', (bytes) => bytes.with(16, 0)],
    ['with a header of odd length', (bytes) => bytes.with(12, bytes[12]! - 1)],
    ['of unknown types', (bytes) => replaced(bytes, '"u8"', '"x8"')],
    ['of a negative length', (bytes) => replaced(bytes, ':3}', ':-}').with(0, bytes[0]!)],
    ['without sections', (bytes) => replaced(bytes, '"sections"', '"suctions"')],
  ])('%s are refused', (_, damage) => {
    expect(() => unpackArrays('thing', damage(packed()))).toThrow(
      expect.objectContaining({ code: 'INDEX_CORRUPT' }),
    );
  });
});
