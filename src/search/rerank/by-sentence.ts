import { LIKELY_SENTENCES, SENTENCES } from '../../encode/models/tasks.ts';
import type { Paper } from '../../papers/paper.ts';
import type { NearestSentence } from '../explain/explanation.ts';
import { likelySentence } from './likely-sentence.ts';
import type { RerankedQuery, Reranker } from './reranker.ts';
import type { SentenceFinder } from './sentences.ts';

/** Multiplied by how much nearer a sentence is than the whole paper: the bonus as a share of the maximum score. */
const SENTENCE_WEIGHT = 0.2;
/** Papers of a batch: some 40 sentences, which take about as long as a few whole papers. */
const BATCH_SIZE = 5;

/** Reranks papers by the sentence of each abstract that is nearest to the query. */
export function bySentence(sentences: SentenceFinder): Reranker {
  return comparing(SENTENCES, ({ vector }, papers) => sentences.nearest(vector!, papers));
}

/**
 * Reranks papers by one sentence of each abstract, whose words are most like those of the query: an eighth of the sentences to
 * encode, and as good an order (`scripts/measurements/tail.md`).
 */
export function byLikelySentence(sentences: SentenceFinder): Reranker {
  return comparing(LIKELY_SENTENCES, ({ text, vector }, papers) =>
    sentences.nearest(vector!, papers, (paper, spans) => likelySentence(text, paper, spans)),
  );
}

function comparing(
  name: string,
  nearestOf: (
    query: RerankedQuery,
    papers: readonly Paper[],
  ) => Promise<readonly (NearestSentence | undefined)[]>,
): Reranker {
  return {
    name,
    bonusName: 'sentence',
    needsVector: true,
    batchSize: BATCH_SIZE,
    compare: async (query, candidates) => {
      const nearest = await nearestOf(
        query,
        candidates.map(({ paper }) => paper),
      );
      const known = candidates.map(({ cosine }, i) =>
        cosine === undefined ? undefined : bonusOf(nearest[i], cosine),
      );
      const others = mean(known.filter((bonus) => bonus !== undefined));
      return known.map((bonus = others, i) => {
        if (bonus === 0) return { bonus };
        const compared = candidates[i]!.cosine !== undefined;
        return {
          bonus,
          formula: compared ? 'a sentence is nearer than the whole' : 'no vector yet: the mean of the others',
        };
      });
    },
  };
}

/** The bonus of a paper without a vector, so that it gains and loses nothing; 0 if no other has one. */
function mean(bonuses: readonly number[]): number {
  return bonuses.length === 0 ? 0 : bonuses.reduce((sum, bonus) => sum + bonus, 0) / bonuses.length;
}

function bonusOf(sentence: NearestSentence | undefined, cosine: number): number {
  return sentence ? SENTENCE_WEIGHT * Math.max(0, sentence.cosine - cosine) : 0;
}
