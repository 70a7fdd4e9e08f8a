import { createHash } from 'node:crypto';
import { pause } from '../util/pause.ts';
import type { Recorded } from './events.ts';
import { rankedFor } from './labelling.ts';
import type { OpenPool, OpenPools } from './open-pools.ts';
import type { Stage } from './review.ts';
import type { Replay, ReplayStep } from './service.ts';
import { type ReviewState, reviewOf } from './state.ts';
import { ranksAt } from './suggest.ts';

/**
 * Ranks the paper of every label again, from the events that its ranking knew, and compares with the rank that was
 * recorded. Labels that were taken back are replayed too. Needs only the folder of the review.
 * @throws PaperSearchError INDEX_CORRUPT with the file of a pool that is damaged.
 */
export async function replayOf(
  id: string,
  folder: string,
  log: readonly Recorded[],
  pools: OpenPools,
): Promise<Replay> {
  const steps: ReplayStep[] = [];
  let same = true;
  let last: { readonly key: string; readonly ranking: ReplayedRanking } | undefined;
  for (const { number, value } of log) {
    if (value.type !== 'labelled') continue;
    const { paper, rank: recorded, model, basis, stage, by } = value;
    // Labels that were written at once have one ranking.
    const key = JSON.stringify([basis, stage, by]);
    if (last?.key !== key) {
      await pause();
      const state = reviewOf(id, log.slice(0, basis))!;
      last = { key, ranking: replayed(state, await pools.prepared(folder, state), stage, by) };
    }
    const { ranking } = last;
    const computed = recorded === undefined ? undefined : ranking.rankOf(paper);
    if (recorded !== computed || (recorded !== undefined && model !== ranking.model)) same = false;
    steps.push({ number, paper, recorded, computed, order: ranking.digest });
  }
  const digest = createHash('sha256').update(JSON.stringify(steps)).digest('hex');
  return { steps, same, digest };
}

interface ReplayedRanking {
  readonly model: string;
  /** SHA-256 of the ids of the papers to read, in order, one a line. */
  readonly digest: string;
  /** The rank of a paper; undefined for one that was not to be read. */
  readonly rankOf: (paper: string) => number | undefined;
}

function replayed(state: ReviewState, open: OpenPool, stage: Stage, reviewer: string): ReplayedRanking {
  const { pool } = open;
  const ranked = rankedFor(state, open, reviewer);
  const { order, rankOf } = ranksAt(stage, state, pool, ranked, reviewer);
  const hash = createHash('sha256');
  for (let place = 0; place < order.length; place++) {
    hash.update(`${pool.papers[order[place]!]!.paper.id}\n`);
  }
  return {
    model: ranked.basis.model,
    digest: hash.digest('hex'),
    rankOf: (paper) => {
      const row = open.find(paper, state);
      return row === undefined ? undefined : rankOf(row) || undefined;
    },
  };
}
