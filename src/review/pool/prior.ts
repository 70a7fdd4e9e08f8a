import { PaperSearchError } from '../../errors.ts';
import { MAX_QUERY_LENGTH } from '../../limits.ts';
import type { Snapshot } from '../../search/engine.ts';
import type { SearchMode } from '../../search/mode.ts';
import type { Protocol } from '../review.ts';

/** Hits of one request: a cluster has no more than 10,000. */
const HITS_A_REQUEST = 5000;

/**
 * How well papers answer the question and the inclusion criteria of a review: their scores in a hybrid search of these,
 * or in one by keyword where the model cannot run. It is kept with a pool, because it depends on the whole index.
 * @returns by id; undefined where the question has no words to search by. A paper that is not found has the least score.
 * @throws errors of `Snapshot.search`.
 */
export async function priorScores(
  snapshot: Snapshot,
  protocol: Pick<Protocol, 'question' | 'include' | 'keywordOnly'>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, number> | undefined> {
  const query = queryOf(protocol);
  if (!/[\p{L}\p{N}]/u.test(query)) return undefined;
  const search = (mode: SearchMode) => scoresOf(snapshot, query, mode, ids);
  try {
    return await search(protocol.keywordOnly ? 'keyword' : 'hybrid');
  } catch (error) {
    if (!(error instanceof PaperSearchError)) throw error;
    // A question of stop words only.
    if (error.code === 'BAD_REQUEST') return undefined;
    if (!NO_MODEL.has(error.code)) throw error;
    return await search('keyword');
  }
}

const NO_MODEL: ReadonlySet<string> = new Set(['MODEL_UNAVAILABLE', 'ENCODER_FAILED']);

async function scoresOf(
  snapshot: Snapshot,
  query: string,
  mode: SearchMode,
  ids: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const scores = new Map<string, number>();
  for (let offset = 0; offset < ids.length; offset += HITS_A_REQUEST) {
    const { hits } = await snapshot.search(
      { query, mode, plain: true, highlight: false, fallback: false, limit: HITS_A_REQUEST, offset },
      { ids },
    );
    for (const { paper, score } of hits) scores.set(paper.id, score);
    if (hits.length < HITS_A_REQUEST) break;
  }
  let least = 0;
  for (const score of scores.values()) least = Math.min(least, score);
  for (const id of ids) if (!scores.has(id)) scores.set(id, least);
  return scores;
}

/** The question and what a paper has to be; not the reasons to exclude one, whose words would find it. */
function queryOf({ question, include }: Pick<Protocol, 'question' | 'include'>): string {
  const criteria = include.flatMap(({ name, description }) => [name, description]);
  return [question, ...criteria]
    .map((text) => text.trim())
    .filter((text) => text !== '')
    .join('. ')
    .slice(0, MAX_QUERY_LENGTH);
}
