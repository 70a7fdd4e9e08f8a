import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { sentenceRows } from '../../../src/indexes/store/sentence-rows.ts';
import { openSnapshot } from '../../../src/indexes/store/snapshot-reader.ts';
import { publishSnapshot } from '../../../src/indexes/store/snapshot-writer.ts';
import { verifySnapshot } from '../../../src/indexes/store/verify.ts';
import { paperOf } from '../../support/papers.ts';
import { contentOf } from '../../support/snapshot-content.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { clusteredVectors } from '../../support/vectors.ts';

const DIMENSION = 8;
/** Sentences of each paper: none of the second, one of the third. */
const vectors = [
  clusteredVectors(3, DIMENSION),
  new Float32Array(),
  clusteredVectors(1, DIMENSION, { seed: 2 }),
];

async function written() {
  const folder = await temporaryFolder();
  const content = contentOf({
    papers: ['a', 'b', 'c'].map((title) => paperOf({ title })),
    vectorOf: () => new Float32Array(DIMENSION),
    sentencesOf: (doc) => sentenceRows(vectors[doc]!, DIMENSION),
    model: { name: 'm', dimension: DIMENSION, maxTokens: 8, digest: 'd' },
  });
  const name = await publishSnapshot(folder, content, '1.2.3');
  return { folder, name, file: join(folder, name, 'sentences.i8') };
}

async function changeByte(file: string, at: number): Promise<void> {
  const bytes = await readFile(file);
  bytes[at < 0 ? bytes.length + at : at]! ^= 1;
  await writeFile(file, bytes);
}

describe('the vectors of sentences', () => {
  test('are read as they were written, up to the error of 8 bits', async () => {
    const { folder, name } = await written();
    const snapshot = await openSnapshot(folder);
    const sentences = snapshot.sentences!;
    expect([0, 1, 2].map((doc) => sentences.count(doc))).toEqual([3, 0, 1]);
    for (const [doc, expected] of vectors.entries()) {
      const read = sentences.read(doc);
      expect(read).toHaveLength(expected.length);
      for (const [i, component] of read.entries()) expect(component).toBeCloseTo(expected[i]!, 2);
      expect(sentences.readRows(doc)).toEqual(sentenceRows(expected, DIMENSION));
    }
    snapshot.close();
    expect(await verifySnapshot(folder, name)).toEqual([]);
  });

  test('take a byte per component, and a dozen bytes per sentence or paper', async () => {
    const { file } = await written();
    expect((await readFile(file)).length).toBe(4 * (DIMENSION + 4) + 3 * 8 + 8);
  });

  test('that are damaged are an error when they are read, and others are not', async () => {
    const { folder, file } = await written();
    await changeByte(file, 5);
    const snapshot = await openSnapshot(folder);
    expect(() => snapshot.sentences!.read(0)).toThrow('the sentences of paper 1 do not match their checksum');
    expect(snapshot.sentences!.read(2)).toHaveLength(DIMENSION);
    snapshot.close();
  });

  test('without a sound end of their file are an error when the index is opened', async () => {
    const { folder, file } = await written();
    await changeByte(file, -9);
    await expect(openSnapshot(folder)).rejects.toMatchObject({ code: 'INDEX_CORRUPT' });
  });

  test('are absent from a snapshot that is written without them', async () => {
    const folder = await temporaryFolder();
    await publishSnapshot(folder, contentOf(), '1.2.3');
    const snapshot = await openSnapshot(folder);
    expect(snapshot.sentences).toBeUndefined();
    snapshot.close();
  });
});
