import { PaperSearchError } from '../errors.ts';
import { type Engine, withSnapshot } from '../search/engine.ts';
import { paperOrNone } from '../search/papers-by-id.ts';
import { type OpenPool, poolOf } from './open-pools.ts';
import type { ReviewState } from './state.ts';

/** Unknown ids that a message names, and that are looked up. */
const MAX_NAMED = 5;

/** The ids that papers of a request have in a pool. @throws PaperSearchError NOT_FOUND with all that are not in it. */
export async function expectPapers(
  papers: readonly string[],
  state: ReviewState,
  open: OpenPool,
  engine: Engine | undefined,
): Promise<readonly string[]> {
  const found = papers.map((paper) => open.find(paper, state));
  const unknown = papers.filter((_, i) => found[i] === undefined);
  if (unknown.length > 0) throw await unknownPapers([...new Set(unknown)], state, open, engine);
  return found.map((row) => open.pool.papers[row!]!.paper.id);
}

async function unknownPapers(
  unknown: readonly string[],
  state: ReviewState,
  open: OpenPool,
  engine: Engine | undefined,
): Promise<PaperSearchError> {
  const named = unknown.slice(0, MAX_NAMED);
  const inIndex = engine ? await inIndexNow(named, engine) : [];
  const more = unknown.length > named.length ? `, and ${unknown.length - named.length} more` : '';
  const day = poolOf(state).at.slice(0, 10);
  const advice =
    inIndex.length > 0
      ? `The index has ${inIndex.map((id) => `"${id}"`).join(', ')} now; the pool was taken on ${day}. Update the pool to add new papers.`
      : adviceFor(named, open, day);
  return new PaperSearchError(
    'NOT_FOUND',
    `The pool of the review "${state.id}" has no paper ${named.map((id) => `"${id}"`).join(', ')}${more}. ${advice} Nothing was written.`,
    { details: { review: state.id, papers: unknown, inIndex, poolTakenAt: poolOf(state).at } },
  );
}

function adviceFor(named: readonly string[], open: OpenPool, day: string): string {
  const nearest = [...new Set(named.flatMap((id) => open.nearest(id)))].slice(0, MAX_NAMED);
  if (nearest.length > 0) return `Did you mean ${nearest.map((id) => `"${id}"`).join(', ')}?`;
  return `The pool was taken on ${day}: ingest the paper and update the pool if it belongs there.`;
}

/** The ids of papers that an index has. An index that cannot be read has none: the message is about something else. */
async function inIndexNow(ids: readonly string[], engine: Engine): Promise<string[]> {
  try {
    return await withSnapshot(engine, async (snapshot) => {
      const found: string[] = [];
      for (const id of ids) if (await paperOrNone(snapshot, id)) found.push(id);
      return found;
    });
  } catch {
    return [];
  }
}
