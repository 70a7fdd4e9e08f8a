import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import lunr, { type Index } from 'lunr';
import { type BenchEngine, TOP } from './engine.ts';

export const version = () => lunr.version;

/** Lunr with the pipeline of its documentation. Its index is built whole and does not change. */
export function create({ boosts }: Readonly<Record<string, unknown>>): BenchEngine {
  let index: Index;
  return {
    async build(input) {
      const builder = new lunr.Builder();
      // What lunr() itself does, without wanting all papers within one call.
      builder.pipeline.add(lunr.trimmer, lunr.stopWordFilter, lunr.stemmer);
      builder.searchPipeline.add(lunr.stemmer);
      builder.ref('id');
      for (const [field, boost] of Object.entries(boosts as Record<string, number>))
        builder.field(field, { boost });
      let id = 0;
      for await (const { title, abstract } of input.papers()) builder.add({ id: id++, title, abstract });
      index = builder.build();
    },
    // Not `search`, which would take hyphens and colons for its query language.
    query: ({ text }) =>
      index
        .query((query) => query.term(lunr.tokenizer(text), {}))
        .slice(0, TOP)
        .map(({ ref }) => Number(ref)),
    save: (folder) => writeFile(join(folder, 'index.json'), JSON.stringify(index)),
  };
}
