import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import MiniSearch from 'minisearch';
import { type BenchEngine, TOP } from './engine.ts';
import { packageVersion } from './package-version.ts';
import { termsOf } from './terms-of.ts';

interface Document {
  readonly id: number;
  readonly title: string;
  readonly abstract: string;
}

export const version = () => packageVersion('minisearch');

/** MiniSearch with its default analyzer, or with ours. */
export function create({ analysis, boosts }: Readonly<Record<string, unknown>>): BenchEngine {
  const same = analysis === 'same';
  const index = new MiniSearch<Document>({
    fields: ['title', 'abstract'],
    ...(same && { tokenize: termsOf, processTerm: (term: string) => term }),
    searchOptions: {
      ...(boosts !== undefined && { boost: boosts as Record<string, number> }),
      // Like the other engines with our terms: each term of a query once.
      ...(same && { tokenize: (text: string) => [...new Set(termsOf(text))] }),
    },
  });
  return {
    async build(input) {
      let id = 0;
      for await (const { title, abstract } of input.papers()) index.add({ id: id++, title, abstract });
    },
    query: ({ text }) =>
      index
        .search(text)
        .slice(0, TOP)
        .map(({ id }) => id),
    save: (folder) => writeFile(join(folder, 'index.json'), JSON.stringify(index)),
  };
}
