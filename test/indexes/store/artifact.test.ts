import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ArtifactFile } from '../../../src/indexes/store/artifact.ts';
import { checksumOf } from '../../../src/indexes/store/checksum.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

test('a large file is read in steps, and checked after the last', async () => {
  const path = join(await temporaryFolder(), 'codes');
  const bytes = Uint8Array.from({ length: 20 * 2 ** 20 }, (_, at) => 1 + (at % 251));
  await writeFile(path, bytes);
  const file = new ArtifactFile(path, { bytes: bytes.length, crc32: checksumOf(bytes), sha256: '' });
  const target = new Uint8Array(bytes.length);
  const lastByte = Array.from(file.reading(target), () => target.at(-1));
  expect(lastByte).toEqual([0, 0, bytes.at(-1)]);
  expect(Buffer.compare(target, bytes)).toBe(0);
  expect(Buffer.compare(file.readWhole(), bytes)).toBe(0);
  file.close();

  const wrong = new ArtifactFile(path, { bytes: bytes.length, crc32: checksumOf(bytes) + 1, sha256: '' });
  expect(() => [...wrong.reading(target)]).toThrow(/checksum/);
  wrong.close();
});
