import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { queriesIn, querySets } from '../../scripts/bench/queries.ts';
import { paperOf } from '../support/papers.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const sample = Array.from({ length: 40 }, (_, i) =>
  paperOf({ id: `p${i}`, title: `Learning Sparse Graphs from Noisy Labels ${i}`, abstract: `abstract ${i}` }),
);

async function fileOf(text: string): Promise<string> {
  const file = join(await temporaryFolder(), 'queries');
  await writeFile(file, text);
  return file;
}

test('draws the same queries every time, and a quarter as many abstracts', () => {
  const sets = querySets(sample, 20);
  expect(sets).toEqual(querySets(sample, 20));
  expect(sets.short).toHaveLength(20);
  expect(sets.abstract).toHaveLength(5);
  expect(sets.abstract!.every((text) => sample.some(({ abstract }) => abstract === text))).toBe(true);
});

test('replaces the short queries by those of a file', async () => {
  const file = await fileOf('one\ntwo\nthree\n');
  expect(new Set(querySets(sample, 20, file).short)).toEqual(new Set(['one', 'two', 'three']));
});

test.each([
  ['plain lines', 'one two\n\nthree\n'],
  ['JSON Lines with text, as in BEIR', '{"_id":"1","text":"one two"}\n{"_id":"2","text":"three"}'],
  ['JSON Lines with query', '{"query":"one two"}\n{"query":"three"}'],
])('%s', async (_, text) => {
  expect(queriesIn(await fileOf(text))).toEqual(['one two', 'three']);
});
