import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DEFAULT_KEYWORD_ENGINE } from '../../../src/indexes/keyword/engine-names.ts';
import { KEYWORD_ENGINES } from '../../../src/indexes/keyword/engines.ts';
import type { KeywordIndex } from '../../../src/indexes/keyword/keyword-index.ts';
import { queryTerms, splitSolidWords } from '../../../src/indexes/keyword/query-terms.ts';
import { warmUp } from '../../../src/indexes/keyword/warm-up.ts';
import type { Paper } from '../../../src/papers/paper.ts';
import { contentOf } from '../../../src/query/intent.ts';
import { VERSION } from '../../../src/version.ts';
import { type BenchEngine, TOP } from './engine.ts';

const lexicalEngine = KEYWORD_ENGINES[DEFAULT_KEYWORD_ENGINE];

export const version = () => `${VERSION}, ${lexicalEngine.name}`;

/** The steps of `mode=keyword` for a query, without highlights; all papers that match are counted, as in the product. */
export function create(): BenchEngine {
  let index: KeywordIndex;
  return {
    async build(input) {
      const papers: Paper[] = [];
      for await (const paper of input.papers()) papers.push(paper);
      index = await lexicalEngine.build(papers);
      // As a server does after opening an index; it counts as a part of the build.
      await warmUp(index, { length: papers.length, at: (doc) => papers[doc] });
    },
    query({ text }) {
      const content = splitSolidWords(contentOf(text), index);
      return index.top(queryTerms(content, index), TOP, true).hits.map(({ doc }) => doc);
    },
    save: (folder) => writeFile(join(folder, 'lexical.bin'), index.serialize()),
  };
}
