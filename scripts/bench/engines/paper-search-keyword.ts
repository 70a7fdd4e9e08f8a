import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LexicalIndex, QueryTerm } from '../../../src/lexical/lexical-index.ts';
import { minisearchEngine as lexicalEngine } from '../../../src/lexical/minisearch.ts';
import { queryTerms, splitSolidWords } from '../../../src/lexical/query-terms.ts';
import { contentOf } from '../../../src/query/intent.ts';
import { topK } from '../../../src/search/top-k.ts';
import type { Paper, Scored } from '../../../src/types.ts';
import { VERSION } from '../../../src/version.ts';
import { type BenchEngine, TOP } from './engine.ts';

/** The best papers for the terms. */
function best(index: LexicalIndex, terms: readonly QueryTerm[]): readonly Scored[] {
  return topK(index.score(terms).scores, TOP, 0);
}

export const version = () => `${VERSION}, ${lexicalEngine.name}`;

/** What `mode=keyword` does with a question, without highlights. */
export function create(): BenchEngine {
  let index: LexicalIndex;
  return {
    async build(input) {
      const papers: Paper[] = [];
      for await (const paper of input.papers()) papers.push(paper);
      index = await lexicalEngine.build(papers);
    },
    query({ text }) {
      const content = splitSolidWords(contentOf(text), index);
      return best(index, queryTerms(content, index)).map(({ doc }) => doc);
    },
    save: (folder) => writeFile(join(folder, 'lexical.bin'), index.serialize()),
  };
}
