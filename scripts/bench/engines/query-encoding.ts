import { product } from '../product.ts';
import type { BenchEngine } from './engine.ts';

export { version } from './paper-search-keyword.ts';

/** Encodes the query and finds nothing: the part of a hybrid answer that an index cannot shorten. */
export function create(): BenchEngine {
  const encoder = product.createProcessEncoder();
  return {
    build: async () => {
      await encoder.encode(['warm up']);
    },
    async query({ text }) {
      await encoder.encode([text]);
      return [];
    },
    close: () => encoder.close(),
  };
}
