import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** CRC-32 of bytes, as zip has it: finds damage at several gigabytes a second, where a digest takes its time. */
export function checksumOf(bytes: Uint8Array, before = 0): number {
  // zlib starts again at 0 for bytes without an address, as those of an empty array may be.
  if (bytes.length === 0) return before;
  return chunksOf(bytes).reduce((checksum, chunk) => crc32(chunk, checksum), before);
}

/** sha256 of parts, one after another, in hex. */
export function digestOf(parts: readonly Uint8Array[]): string {
  const hash = createHash('sha256');
  for (const part of parts) for (const chunk of chunksOf(part)) hash.update(chunk);
  return hash.digest('hex');
}

/** Most bytes that are handed over in one call: the system and its libraries count in 31 or 32 bits. */
const CHUNK = 1 << 30;

/** Bytes in pieces that one call takes; the same memory. */
export function chunksOf(bytes: Uint8Array): Uint8Array[] {
  if (bytes.length <= CHUNK) return [bytes];
  return Array.from({ length: Math.ceil(bytes.length / CHUNK) }, (_, n) =>
    bytes.subarray(n * CHUNK, (n + 1) * CHUNK),
  );
}
