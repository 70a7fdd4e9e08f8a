import { appendFile, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { VectorJournal, vectorKey } from '../../src/store/vector-journal.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

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

async function recovered(folder: string) {
  const journal = await VectorJournal.open(folder, 2);
  await journal.close(false);
  return journal.recovered;
}

test('gives back what was appended', async () => {
  const folder = await writtenJournal();
  expect(await recovered(folder)).toEqual(VECTORS);
  expect(await recovered(folder)).toEqual(VECTORS);
});

test('a record that was cut off is dropped, and the next one is whole again', async () => {
  const folder = await writtenJournal();
  const file = join(folder, 'encoding.journal');
  await truncate(file, (await stat(file)).size - 5);
  const journal = await VectorJournal.open(folder, 2);
  expect([...journal.recovered.keys()]).toEqual([key('one')]);
  journal.append(key('three'), Float32Array.of(0, 1));
  await journal.close(false);
  expect((await recovered(folder)).get(key('three'))).toEqual(Float32Array.of(0, 1));
});

test('blocks of zeros are no vectors', async () => {
  const folder = await writtenJournal();
  await appendFile(join(folder, 'encoding.journal'), Buffer.alloc(400));
  expect(await recovered(folder)).toEqual(VECTORS);
});

test('is gone once its vectors are in a snapshot', async () => {
  const folder = await writtenJournal();
  await (await VectorJournal.open(folder, 2)).close(true);
  expect((await recovered(folder)).size).toBe(0);
});

test('keys tell texts and models apart', () => {
  const keys = [key('a'), key('b'), key('a', '', 'n'), key('', 'a'), key('b', 'a'), key('ab')];
  expect(new Set(keys).size).toBe(keys.length);
});
