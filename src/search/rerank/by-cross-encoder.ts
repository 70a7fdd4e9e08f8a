import type { PairScorer } from '../../encode/pair-scorer.ts';
import type { Reranker } from './reranker.ts';

/** Papers of a batch: each takes the model tens of milliseconds. */
const BATCH_SIZE = 4;

/**
 * Reranks papers by a model that reads the query and a paper's title and abstract together (Nogueira and Cho 2019,
 * "Passage re-ranking with BERT"). The relevance, the logistic function of the model's logit, is added to the first
 * stage's score instead of replacing it: papers that the model finds equally relevant keep their order.
 * @param weight the bonus of a paper with relevance 1, as a share of the maximum score: above 0, at most 1.
 */
export function byCrossEncoder(name: string, scorer: PairScorer, weight: number): Reranker {
  return {
    name,
    bonusName: 'cross-encoder',
    needsVector: false,
    batchSize: BATCH_SIZE,
    compare: async ({ text }, candidates, signal) => {
      const passages = candidates.map(({ paper: { title, abstract } }) => ({ title, body: abstract }));
      const logits = await scorer.score(text, passages, { signal });
      return Array.from(logits, (logit) => {
        const relevance = 1 / (1 + Math.exp(-logit));
        const share = weight === 1 ? '' : `${Number(weight.toFixed(3))} × `;
        return { bonus: weight * relevance, formula: `${name}: ${share}${relevance.toFixed(2)}` };
      });
    },
    close: () => scorer.close(),
  };
}
