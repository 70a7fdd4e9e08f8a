import type { Corpus } from '../corpus.ts';
import type { NearestSentence } from '../explain/explanation.ts';
import type { Reranker } from './rerank.ts';

/** Multiplied by how much nearer a sentence is than the whole paper: the bonus as a share of the maximum score. */
const SENTENCE_WEIGHT = 0.2;

/** Reranks papers by the sentence of each abstract that is nearest to the query. Needs the query's vector. */
export function bySentence({
  indexes: { dense },
  sentences,
  paperAt,
}: Pick<Corpus, 'indexes' | 'sentences' | 'paperAt'>): Reranker {
  return {
    bonuses: async ({ vector }, hits) => {
      const nearest = await sentences.nearest(
        vector!,
        hits.map(({ doc }) => paperAt(doc)),
      );
      const cosines = dense.score(vector!).scores;
      return hits.map(({ doc }, i) => bonusOf(nearest[i], cosines[doc]!));
    },
  };
}

function bonusOf(sentence: NearestSentence | undefined, cosine: number): number {
  return sentence ? SENTENCE_WEIGHT * Math.max(0, sentence.cosine - cosine) : 0;
}
