import { PaperSearchError } from '../../errors.ts';
import { MAX_POOL } from '../../limits.ts';
import type { Paper } from '../../papers/paper.ts';
import type { Snapshot } from '../../search/engine.ts';
import type { Filters } from '../../search/match/filters.ts';
import { pause } from '../../util/pause.ts';
import type { TakenPool } from '../events.ts';
import type { PoolRequest, Protocol } from '../review.ts';
import type { PoolContent } from './files.ts';
import { PaperFinder } from './finder.ts';
import type { Pool, PooledPaper } from './pool.ts';
import { priorScores } from './prior.ts';

/** Papers whose vectors are read between two pauses. */
const VECTORS_A_ROUND = 500;

/** A pool that is not written yet. */
export interface NewPool extends PoolContent {
  readonly event: Omit<TakenPool, 'papers' | 'vectors'>;
}

/** The pool that is updated, with the ids that its papers had before. */
export interface EarlierPool {
  readonly pool: Pool;
  readonly formerIds: ReadonlyMap<string, string>;
}

/**
 * Takes the papers of a review from a snapshot: those that are at least weakly relevant to a query and pass the filters,
 * or all. Papers of an earlier pool keep their rows, also under a new id, and are kept as removed where the answer no
 * longer has them.
 * @param before default: none.
 * @throws PaperSearchError BAD_REQUEST for a wrong query or filter, and when there is no paper or too many.
 */
export async function takePool(
  snapshot: Snapshot,
  request: PoolRequest,
  protocol: Protocol,
  before?: EarlierPool,
): Promise<NewPool> {
  const { found, records } = await papersOf(snapshot, request);
  const { rows, added, removed, renamed } = placed(found, before);
  expectSize(found.length, rows.length);
  const present = rows.filter((each) => !each.removed).map(({ paper }) => paper.id);
  const prior = await priorScores(snapshot, protocol, present);
  const papers = rows.map(({ prior: _, ...each }) => {
    const score = prior?.get(each.paper.id);
    return score === undefined ? each : { ...each, prior: score };
  });
  const vectors = protocol.keywordOnly ? undefined : await vectorsOf(snapshot, papers, before?.pool);
  return {
    papers,
    ...(vectors && { vectors }),
    event: { request, snapshot: snapshot.id, size: present.length, added, removed, records, renamed },
  };
}

/** Gives each paper its row: that of the paper in the earlier pool, or one after all others. */
function placed(found: readonly PooledPaper[], before: EarlierPool | undefined) {
  const old = before?.pool.papers ?? [];
  const formerIds = before?.formerIds ?? new Map<string, string>();
  const finder = new PaperFinder(found.map(({ paper }) => paper));
  const taken = new Set<number>();
  const placeOfRow = old.map(({ paper }) => finder.byId(paper.id));
  for (const place of placeOfRow) if (place !== undefined) taken.add(place);
  const renamed: { from: string; to: string }[] = [];
  let added = 0;
  let removed = 0;
  const rows = old.map((each, row): PooledPaper => {
    let place = placeOfRow[row];
    if (place === undefined) {
      const other = finder.findPaper(each.paper);
      if (other !== undefined) {
        const { id: from } = each.paper;
        const to = found[other]!.paper.id;
        if (formerIds.get(from) !== to) renamed.push({ from, to });
        if (!taken.has(other)) place = other;
        taken.add(other);
      }
    }
    if (place === undefined) {
      if (!each.removed) removed++;
      return { ...each, removed: true };
    }
    if (each.removed) added++;
    return found[place]!;
  });
  for (const [place, each] of found.entries()) {
    // An id that had become another one is that of a paper again.
    if (formerIds.has(each.paper.id)) renamed.push({ from: each.paper.id, to: each.paper.id });
    if (taken.has(place)) continue;
    rows.push(each);
    added++;
  }
  return { rows, added, removed, renamed };
}

async function papersOf(snapshot: Snapshot, { query = '', filters: given, mode }: PoolRequest) {
  // The snapshot checks them; without a query, every paper that passes them is relevant.
  const filters = given as Filters | undefined;
  const asksForAll = query.trim() === '' && Object.keys(filters ?? {}).length === 0;
  const ids = asksForAll
    ? undefined
    : (await snapshot.relevance({ query, ...(mode && { mode }), ...(filters && { filters }) })).map(
        ({ id }) => id,
      );
  if (ids && ids.length > MAX_POOL) expectSize(ids.length, ids.length);
  const found: PooledPaper[] = [];
  const records = new Map<string, number>();
  if (ids?.length !== 0) {
    for await (const paper of snapshot.papers(ids && { ids })) {
      const sources = paper.sources ?? [paper.source];
      for (const { file } of sources) records.set(file, (records.get(file) ?? 0) + 1);
      found.push({ paper: keptOf(paper), records: sources.length, removed: false });
      if (found.length > MAX_POOL) break;
    }
  }
  return { found, records: Array.from(records, ([source, count]) => ({ source, records: count })) };
}

/** Not `keptPaper` of collections, which drops a long abstract: reviewers read it, and the learner too. */
function keptOf({ references: _r, citedBy: _c, sources: _s, provenance: _p, ...kept }: Paper) {
  return kept;
}

function expectSize(found: number, all: number): void {
  if (found === 0) {
    const message =
      'No paper of the index is in this pool. Change the query or the filters, or ingest the records of your searches first.';
    throw new PaperSearchError('BAD_REQUEST', message);
  }
  if (all <= MAX_POOL) return;
  const message = `A review has at most ${MAX_POOL} papers, and this pool has more. Narrow it with a query or filters.`;
  throw new PaperSearchError('BAD_REQUEST', message, { details: { papers: all, most: MAX_POOL } });
}

/** @returns undefined where no paper has a vector. A removed paper keeps that of the earlier pool, if of the same model. */
async function vectorsOf(
  snapshot: Snapshot,
  papers: readonly PooledPaper[],
  before: Pool | undefined,
): Promise<Pool['vectors']> {
  const { model } = await snapshot.stats();
  const { dimension: dimensions, digest } = model;
  const values = new Float32Array(papers.length * dimensions);
  const earlier = before?.vectors?.model === digest ? before.vectors.values : undefined;
  const present = papers.flatMap(({ removed }, row) => (removed ? [] : [row]));
  for (let from = 0; from < present.length; from += VECTORS_A_ROUND) {
    await pause();
    const rows = present.slice(from, from + VECTORS_A_ROUND);
    const vectors = await snapshot.vectors(rows.map((row) => papers[row]!.paper.id));
    for (const [i, row] of rows.entries()) values.set(vectors[i]!, row * dimensions);
  }
  for (const [row, { removed }] of papers.entries()) {
    const start = row * dimensions;
    if (removed && earlier) values.set(earlier.subarray(start, start + dimensions), start);
  }
  return values.some((value) => value !== 0) ? { values, dimensions, model: digest } : undefined;
}
