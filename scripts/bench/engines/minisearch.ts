import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import MiniSearch, { type Options } from 'minisearch';
import { type BenchEngine, TOP } from './engine.ts';
import { packageVersion } from './package-version.ts';
import { termsOf } from './terms-of.ts';

interface Document {
  readonly id: number;
  readonly title: string;
  readonly abstract: string;
}

export const version = () => packageVersion('minisearch');

/** MiniSearch with its defaults, or with our analysis in place of its own. */
export function create({ analysis, boosts }: Readonly<Record<string, unknown>>): BenchEngine {
  const options: Options<Document> = { fields: ['title', 'abstract'] };
  if (analysis === 'same') Object.assign(options, { tokenize: termsOf, processTerm: (term: string) => term });
  if (boosts) options.searchOptions = { boost: boosts as Record<string, number> };
  const index = new MiniSearch<Document>(options);
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
