import { findReranker, listModels } from '../../encode/models/registry.ts';
import type { RerankerModel } from '../../encode/models/reranker.ts';
import type { PairScorer } from '../../encode/pair-scorer.ts';
import { createProcessScorer } from '../../encode/process-scorer.ts';
import { PaperSearchError } from '../../errors.ts';
import { byCrossEncoder } from './by-cross-encoder.ts';
import type { Reranker } from './reranker.ts';
import type { Rerankers } from './rerankers.ts';

/**
 * The cross-encoders in the folder of models. Each runs in its own process from its first query on. One that is added
 * while this is used is found. One that is replaced is an error: answers that are cached are of the old one.
 * @param open makes the scorer of a model. Default: in its own process.
 */
export function addedRerankers(
  open: (model: RerankerModel) => PairScorer = (model) => createProcessScorer(model),
): Rerankers {
  /** By name, with the values that they were opened with. */
  const opened = new Map<string, { readonly values: string; readonly reranker: Reranker }>();
  return {
    find: async (name) => {
      const model = await findReranker(name);
      const values = JSON.stringify(model);
      const known = opened.get(name);
      if (!model) return undefined;
      if (known?.values === values) return known.reranker;
      if (known) {
        throw new PaperSearchError(
          'MODEL_UNAVAILABLE',
          `The reranker "${name}" was replaced while it was used. Restart the server to use the new one.`,
        );
      }
      const reranker = byCrossEncoder(name, open(model), model.weight);
      opened.set(name, { values, reranker });
      return reranker;
    },
    names: async () => (await listModels()).rerankers.map(({ name }) => name),
    close: async () => {
      await Promise.all(Array.from(opened.values(), ({ reranker }) => reranker.close?.()));
    },
  };
}
