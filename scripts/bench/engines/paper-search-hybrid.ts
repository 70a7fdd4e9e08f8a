import { join } from 'node:path';
import type { Engine, Snapshot } from '../../../src/search/engine.ts';
import { product } from '../product.ts';
import { buildIndex } from '../product-index.ts';
import { Unseen } from '../unseen.ts';
import { type BenchEngine, TOP } from './engine.ts';

export { version } from './paper-search-keyword.ts';

/** paper-search end to end: the built product, opened on an index. */
export function create(): BenchEngine {
  // A snapshot caches the vectors of queries.
  const unseen = new Unseen();
  let engine: Engine;
  let snapshot: Snapshot;
  return {
    async build(input) {
      const index = join(input.folder, 'index');
      await buildIndex(index, input.papersFile, input.vectors());
      engine = await product.openIndex(index);
      await engine.warmUp();
      snapshot = await engine.acquire();
    },
    async query({ text }) {
      await snapshot.search({ query: unseen.of(text), limit: TOP });
      // Hits have ids, not indexes; recall is not computed for hybrid answers.
      return [];
    },
    close: () => engine.close(),
  };
}
