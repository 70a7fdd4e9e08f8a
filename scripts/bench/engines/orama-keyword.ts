import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { create as createDatabase, insert, save, search } from '@orama/orama';
import { type BenchEngine, TOP } from './engine.ts';
import { packageVersion } from './package-version.ts';
import { termsOf } from './terms-of.ts';

export const version = () => packageVersion('@orama/orama');

/** Orama's BM25, with its own English tokenizer or our analysis. */
export function create({ analysis, boosts }: Readonly<Record<string, unknown>>): BenchEngine {
  const tokenizer = { language: 'english', normalizationCache: new Map(), tokenize: termsOf };
  const database = createDatabase({
    schema: { title: 'string', abstract: 'string' },
    ...(analysis === 'same' && { components: { tokenizer } }),
  });
  return {
    async build(input) {
      let id = 0;
      for await (const { title, abstract } of input.papers()) {
        await insert(database, { id: String(id++), title, abstract });
      }
    },
    async query({ text }) {
      const { hits } = await search(database, {
        term: text,
        properties: ['title', 'abstract'],
        boost: boosts as Record<string, number>,
        // 1: papers with any of the words.
        threshold: 1,
        limit: TOP,
      });
      return hits.map(({ id }) => Number(id));
    },
    save: (folder) => writeFile(join(folder, 'index.json'), JSON.stringify(save(database))),
  };
}
