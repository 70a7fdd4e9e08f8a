import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import lunr, { type Index } from 'lunr';
import { type BenchEngine, TOP } from './engine.ts';

export const version = () => lunr.version;

/** Lunr with the pipeline of its documentation. Its index is built as a whole and cannot change. */
export function create({ boosts }: Readonly<Record<string, unknown>>): BenchEngine {
  let index: Index;
  return {
    async build(input) {
      const builder = new lunr.Builder();
      // As in lunr() itself, but without passing all papers in one call.
      builder.pipeline.add(lunr.trimmer, lunr.stopWordFilter, lunr.stemmer);
      builder.searchPipeline.add(lunr.stemmer);
      builder.ref('id');
      for (const [field, boost] of Object.entries(boosts as Record<string, number>))
        builder.field(field, { boost });
      let id = 0;
      for await (const { title, abstract } of input.papers()) builder.add({ id: id++, title, abstract });
      index = builder.build();
    },
    // Not `search`, which would read hyphens and colons as operators.
    query: ({ text }) =>
      index
        .query((query) => query.term(lunr.tokenizer(text), {}))
        .slice(0, TOP)
        .map(({ ref }) => Number(ref)),
    save: (folder) => writeFile(join(folder, 'index.json'), JSON.stringify(index)),
  };
}
