import { appendFile, readFile, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { VectorJournal, vectorKey } from '../../../src/indexes/store/vector-journal.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const key = (body: string, title = '', model = 'm') => vectorKey({ title, body }, model);

const VECTORS = new Map([
  [key('one'), Float32Array.of(1, 0)],
  [key('two'), Float32Array.of(0.6, 0.8)],
]);

async function writtenJournal(): Promise<string> {
  const folder = await temporaryFolder();
  const journal = await VectorJournal.open(folder, 2);
  for (const [key, vector] of VECTORS) journal.append(key, vector);
  await journal.close(false);
  return folder;
}

/** What of the vectors a journal has when it is opened again. */
async function recovered(folder: string) {
  const journal = await VectorJournal.open(folder, 2);
  const known = [...VECTORS.keys(), key('three')].filter((name) => journal.has(name));
  const vectors = new Map(known.map((name) => [name, journal.read(name).slice()]));
  expect(journal.size).toBe(vectors.size);
  await journal.close(false);
  return vectors;
}

test('returns what was appended', async () => {
  const folder = await writtenJournal();
  expect(await recovered(folder)).toEqual(VECTORS);
  expect(await recovered(folder)).toEqual(VECTORS);
});

test('drops a record that was cut off, and writes the next one completely', async () => {
  const folder = await writtenJournal();
  const file = join(folder, 'encoding.journal');
  await truncate(file, (await stat(file)).size - 5);
  expect([...(await recovered(folder)).keys()]).toEqual([key('one')]);
  const journal = await VectorJournal.open(folder, 2);
  journal.append(key('three'), Float32Array.of(0, 1));
  await journal.close(false);
  const vectors = await recovered(folder);
  expect(vectors.get(key('one'))).toEqual(VECTORS.get(key('one')));
  expect(vectors.get(key('three'))).toEqual(Float32Array.of(0, 1));
});

test('ignores blocks of zeros', async () => {
  const folder = await writtenJournal();
  await appendFile(join(folder, 'encoding.journal'), Buffer.alloc(400));
  expect(await recovered(folder)).toEqual(VECTORS);
});

test('ignores a vector with a flipped bit, whichever bit', async () => {
  const folder = await writtenJournal();
  const file = join(folder, 'encoding.journal');
  const bytes = await readFile(file);
  for (let bit = 0; bit < (bytes.length / 2) * 8; bit++) {
    await writeFile(file, bytes.with(bit >> 3, bytes[bit >> 3]! ^ (1 << (bit & 7))));
    expect([...(await recovered(folder)).keys()]).toEqual([key('two')]);
  }
});

test('refuses a record that another process has overwritten', async () => {
  const folder = await writtenJournal();
  const journal = await VectorJournal.open(folder, 2);
  const file = join(folder, 'encoding.journal');
  const bytes = await readFile(file);
  const half = bytes.length / 2;
  await writeFile(file, Buffer.concat([bytes.subarray(half), bytes.subarray(half)]));
  expect(() => journal.read(key('one'))).toThrow(
    expect.objectContaining({
      code: 'INDEX_CORRUPT',
      message: expect.stringContaining('Run the same command'),
    }),
  );
  expect(journal.read(key('two'))).toEqual(VECTORS.get(key('two')));
  await journal.close(false);
});

test('is removed once its vectors are in a snapshot', async () => {
  const folder = await writtenJournal();
  await (await VectorJournal.open(folder, 2)).close(true);
  expect((await recovered(folder)).size).toBe(0);
});

test('gives different texts and models different keys', () => {
  const keys = [key('a'), key('b'), key('a', '', 'n'), key('', 'a'), key('b', 'a'), key('ab')];
  expect(new Set(keys).size).toBe(keys.length);
});
