import { createHash } from 'node:crypto';
import { mulberry32 } from '../util/random.ts';
import type { Basis } from './basis.ts';
import type { Pool } from './pool/pool.ts';
import type { Ranked } from './ranking.ts';
import type { Stage } from './review.ts';
import { currentLabels, type ReviewState } from './state.ts';
import { standingsOf } from './view.ts';

/** A paper to read, by its row. */
export interface Chosen {
  readonly row: number;
  /** From 1. */
  readonly rank: number;
  readonly chosenBy: 'rank' | 'random';
}

/**
 * The next papers of the abstract stage: by rank, and one in `randomEvery` drawn at random. The draw depends on the id of
 * the review, the reviewer and how many papers were read, so that it can be checked.
 * @param skip rows that another reviewer is about to read.
 */
export function nextToScreen(
  { id, protocol }: Pick<ReviewState, 'id' | 'protocol'>,
  { basis, order, rankOf }: Ranked,
  reviewer: string,
  count: number,
  skip: ReadonlySet<number> = new Set(),
): readonly Chosen[] {
  const { randomEvery, reviewersPerPaper } = protocol;
  const group = reviewersPerPaper > 1 ? reviewer : '';
  const read = readIn(basis);
  const chosen = new Map<number, Chosen>();
  const free = (row: number) => !chosen.has(row) && !skip.has(row);
  let place = 0;
  while (chosen.size < count) {
    const number = read + chosen.size + 1;
    if (randomEvery > 0 && number % randomEvery === 0) {
      const random = mulberry32(seedOf(`${id}\n${group}\n${number}`));
      const row = drawn(order, random, free);
      if (row === undefined) break;
      chosen.set(row, { row, rank: rankOf[row]!, chosenBy: 'random' });
      continue;
    }
    while (place < order.length && !free(order[place]!)) place++;
    if (place === order.length) break;
    const row = order[place]!;
    chosen.set(row, { row, rank: place + 1, chosenBy: 'rank' });
  }
  return [...chosen.values()];
}

/** How many papers of a basis were read. */
function readIn({ labels, hidden }: Basis): number {
  return labels.length + hidden.length;
}

/** A row at random; undefined where none is free. */
function drawn(order: Uint32Array, random: () => number, free: (row: number) => boolean): number | undefined {
  const start = Math.floor(random() * order.length);
  for (let i = 0; i < order.length; i++) {
    const row = order[(start + i) % order.length]!;
    if (free(row)) return row;
  }
  return undefined;
}

/** The first 32 bits of the SHA-256 of a text. */
function seedOf(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32BE(0);
}

/**
 * The papers of the full-text stage that a reviewer has not decided, by their scores.
 * @returns rows, the next one first.
 */
export function fullTextOrder(
  state: ReviewState,
  pool: Pool,
  { scores }: Ranked,
  reviewer: string,
): readonly number[] {
  const rows: number[] = [];
  const { reviewersPerPaper } = state.protocol;
  for (const [id, judged] of state.judged) {
    const row = pool.rows.get(id);
    if (row === undefined || standingsOf(judged, state).fullText === undefined) continue;
    const labels = currentLabels(judged, 'full-text');
    if (labels.has(reviewer) || labels.size >= reviewersPerPaper || judged.retrieved === false) continue;
    rows.push(row);
  }
  return rows.sort((a, b) => scores[b]! - scores[a]! || a - b);
}

/** Ranks of a stage by row, from 1; 0 for a paper that is not ranked. */
export function ranksAt(
  stage: Stage,
  state: ReviewState,
  pool: Pool,
  ranked: Ranked,
  reviewer: string,
): { readonly order: ArrayLike<number>; readonly rankOf: (row: number) => number } {
  if (stage === 'abstract') return { order: ranked.order, rankOf: (row) => ranked.rankOf[row]! };
  const order = fullTextOrder(state, pool, ranked, reviewer);
  return { order, rankOf: (row) => order.indexOf(row) + 1 };
}
