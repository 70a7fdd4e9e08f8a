import { SENTENCES } from '../../encode/models/tasks.ts';
import type { NearestSentence } from '../explain/explanation.ts';
import type { Reranker } from './reranker.ts';
import type { SentenceFinder } from './sentences.ts';

/** Multiplied by how much nearer a sentence is than the whole paper: the bonus as a share of the maximum score. */
const SENTENCE_WEIGHT = 0.2;
/** Papers of a batch: some 40 sentences, which take about as long as a few whole papers. */
const BATCH_SIZE = 5;

/** Reranks papers by the sentence of each abstract that is nearest to the query. */
export function bySentence(sentences: SentenceFinder): Reranker {
  return {
    name: SENTENCES,
    bonusName: 'sentence',
    needsVector: true,
    batchSize: BATCH_SIZE,
    compare: async ({ vector }, candidates) => {
      const nearest = await sentences.nearest(
        vector!,
        candidates.map(({ paper }) => paper),
      );
      return candidates.map(({ cosine }, i) => {
        const bonus = bonusOf(nearest[i], cosine!);
        return bonus === 0 ? { bonus } : { bonus, formula: 'a sentence is nearer than the whole' };
      });
    },
  };
}

function bonusOf(sentence: NearestSentence | undefined, cosine: number): number {
  return sentence ? SENTENCE_WEIGHT * Math.max(0, sentence.cosine - cosine) : 0;
}
