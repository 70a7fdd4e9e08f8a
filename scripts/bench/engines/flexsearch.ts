import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import flexsearch from 'flexsearch';
import { type BenchEngine, TOP } from './engine.ts';
import { packageVersion } from './package-version.ts';

export const version = () => packageVersion('flexsearch');

/** FlexSearch's Document. It orders papers by the positions of words, not by a statistical score. */
export function create(): BenchEngine {
  const index = new flexsearch.Document({
    document: { id: 'id', index: ['title', 'abstract'] },
    encoder: flexsearch.Charset.LatinBalance,
  });
  return {
    async build(input) {
      let id = 0;
      for await (const { title, abstract } of input.papers()) index.add({ id: id++, title, abstract });
    },
    query: ({ text }) =>
      index
        .search(text, { limit: TOP, suggest: true, merge: true })
        .slice(0, TOP)
        .map(({ id }) => id),
    async save(folder) {
      const writes: Promise<void>[] = [];
      await index.export((key, data) => {
        if (data !== undefined) writes.push(writeFile(join(folder, `${key}.json`), data));
      });
      await Promise.all(writes);
    },
  };
}
