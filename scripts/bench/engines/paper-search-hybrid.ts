import { join } from 'node:path';
import type { Searcher } from '../../../src/search/api.ts';
import { product } from '../product.ts';
import { buildIndex } from '../product-index.ts';
import { Unseen } from '../unseen.ts';
import { type BenchEngine, TOP } from './engine.ts';

export { version } from './paper-search-keyword.ts';

/** paper-search end to end: the built product, opened on an index. */
export function create(): BenchEngine {
  // The searcher keeps the vectors of questions.
  const unseen = new Unseen();
  let searcher: Searcher;
  return {
    async build(input) {
      const index = join(input.folder, 'index');
      await buildIndex(index, input.papersFile, input.vectors());
      searcher = await product.openIndex(index);
      await searcher.warmUp();
    },
    async query({ text }) {
      await searcher.search({ query: unseen.of(text), limit: TOP });
      // Papers have ids here, not places; nothing is compared for hybrid answers.
      return [];
    },
    close: () => searcher.close(),
  };
}
