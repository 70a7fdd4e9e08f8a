import type { LearnerInput } from '../../../src/review/learn/learner.ts';
import type { Snapshot } from '../../../src/search/engine.ts';
import type { SearchMode } from '../../../src/search/mode.ts';
import type { ScreenedReview } from './collection.ts';

/** What our learner is given, by the name of the system. */
export interface OurSystem {
  readonly name: string;
  readonly says: string;
  readonly vectors: boolean;
  /** Whether the learner knows how well each paper answers the question of the review. */
  readonly topic: boolean;
  /** Whether a run starts from the known papers; otherwise from the question alone, so that every seed gives the same run. */
  readonly known: boolean;
}

/** Where an include and an exclude are known, the learner does not use the question: only the last system shows what it does. */
export const OUR_SYSTEMS: readonly OurSystem[] = [
  { name: 'ours', says: 'the default: words and vectors', vectors: true, topic: true, known: true },
  {
    name: 'ours-keyword-only',
    says: 'words, without the model (`--keyword-only`)',
    vectors: false,
    topic: true,
    known: true,
  },
  {
    name: 'ours-from-topic',
    says: 'the default, started from the question without known papers',
    vectors: true,
    topic: true,
    known: false,
  },
];

/**
 * The texts of a review, with the vectors of an index that has its papers under the ids of the collection, and the scores of a
 * search for the question: hybrid, or by keyword without vectors.
 * @param snapshot not needed for words alone.
 */
export async function inputOf(
  { ids, titles, abstracts, question }: ScreenedReview,
  { vectors, topic }: OurSystem,
  snapshot: Snapshot | undefined,
): Promise<LearnerInput> {
  return {
    texts: { titles, abstracts },
    ...(vectors && { vectors: await vectorsOf(snapshot!, ids) }),
    ...(topic && { prior: await topicScores(snapshot!, question, vectors ? 'hybrid' : 'keyword', ids) }),
  };
}

async function vectorsOf(snapshot: Snapshot, ids: readonly string[]) {
  const rows = await snapshot.vectors(ids);
  const dimensions = rows[0]!.length;
  const values = new Float32Array(ids.length * dimensions);
  for (const [row, vector] of rows.entries()) values.set(vector, row * dimensions);
  return { values, dimensions };
}

/** As a review takes them (`src/review/pool/prior.ts`). */
async function topicScores(
  snapshot: Snapshot,
  question: string,
  mode: SearchMode,
  ids: readonly string[],
): Promise<Float64Array> {
  const request = {
    query: question,
    mode,
    plain: true,
    highlight: false,
    fallback: false,
    limit: ids.length,
  };
  const { hits } = await snapshot.search(request, { ids });
  const scores = new Map(hits.map(({ paper, score }) => [paper.id, score]));
  const least = Math.min(0, ...scores.values());
  return Float64Array.from(ids, (id) => scores.get(id) ?? least);
}
