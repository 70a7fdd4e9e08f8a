import { expect, test } from 'vitest';
import { checksumOf } from '../../../src/indexes/store/checksum.ts';

test('the checksum of parts is that of the whole, empty parts among them or not', () => {
  const [first, second] = [Uint8Array.of(1, 2, 3), Uint8Array.of(4, 5)];
  const empty = [
    new Uint8Array(0),
    new Uint8Array(new Uint32Array(0).buffer),
    Buffer.concat([]),
    first.subarray(3),
    new Uint8Array(structuredClone(new ArrayBuffer(0))),
  ];
  const parts = [...empty, first, ...empty, second, ...empty];
  expect(parts.reduce((checksum, part) => checksumOf(part, checksum), 0)).toBe(
    checksumOf(Uint8Array.of(1, 2, 3, 4, 5)),
  );
});
