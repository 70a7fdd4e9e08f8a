import type { Snapshot } from '../../indexes/store/snapshot-reader.ts';
import type { Paper } from '../../papers/paper.ts';
import { mulberry32, shuffled } from '../../util/random.ts';
import { type TuningQuery, tuningQueries } from './queries.ts';

/** Most papers that are ranked for a query: every setting scores all of them for every query. */
const MAX_PAPERS = 20_000;

/** A query and the position of its paper. */
interface PlacedQuery extends TuningQuery {
  /** Position in the corpus for tuning. */
  readonly doc: number;
}

/** The papers and queries that weights are tuned on. */
export interface TuningCorpus {
  /** Papers of queries do not contain the text of their query. */
  readonly papers: readonly Paper[];
  /** Position of each paper in the snapshot, ascending. */
  readonly positions: readonly number[];
  /** In the order they were drawn. */
  readonly queries: readonly PlacedQuery[];
}

interface DrawOptions {
  /** Most papers. Default 20,000. */
  readonly most?: number;
  /** Makes the queries. Default: those for tuning. */
  readonly make?: typeof tuningQueries;
}

/**
 * Draws papers of a snapshot, and queries from some of them.
 * @param count most queries. @param seed the same seed gives the same papers of the same snapshot.
 */
export function drawCorpus(
  { papers }: Pick<Snapshot, 'papers'>,
  count: number,
  seed: number,
  { most = MAX_PAPERS, make = tuningQueries }: DrawOptions = {},
): TuningCorpus {
  const random = mulberry32(seed);
  const everyDoc = Array.from({ length: papers.size }, (_, doc) => doc);
  const drawn = shuffled(everyDoc, random).slice(0, most);
  const texts = drawn.map((doc) => papers.read(doc));
  const queries = make(texts, count, random);
  const changed = new Map(queries.map(({ heldOut }) => [heldOut.id, heldOut]));
  const ordered = texts
    .map((paper, n) => ({ paper: changed.get(paper.id) ?? paper, position: drawn[n]! }))
    .sort((a, b) => a.position - b.position);
  const docOf = new Map(ordered.map(({ paper }, doc) => [paper.id, doc]));
  return {
    papers: ordered.map(({ paper }) => paper),
    positions: ordered.map(({ position }) => position),
    queries: queries.map((query) => ({ ...query, doc: docOf.get(query.heldOut.id)! })),
  };
}
