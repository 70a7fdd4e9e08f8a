import { PaperSearchError } from '../errors.ts';
import { MAX_LABELLED } from '../limits.ts';
import { basisOf } from './basis.ts';
import type { Recorded, ReviewEvent } from './events.ts';
import type { OpenPool } from './open-pools.ts';
import { chosenByOf, plannedLabel } from './plan.ts';
import type { Ranked } from './ranking.ts';
import type { ChosenBy, Label, Stage } from './review.ts';
import type { LabelRequest, Reviewer } from './service.ts';
import { currentId, type Judged, judgedOf, type ReviewState, reviewOf } from './state.ts';
import { ranksAt } from './suggest.ts';

type LabelEvent = Extract<ReviewEvent, { type: 'labelled' }>;

/** Labels of papers that were not ranked when they were shown. */
const UNRANKED: ReadonlySet<ChosenBy> = new Set(['prior', 'file']);

/**
 * The events of labels, all checked against the review as it is, each also against those before it.
 * @param ids the papers of the requests, by their ids in the pool.
 * @param ranks where each paper was when it was shown, as `ShownRanks.of` has it.
 * @throws PaperSearchError as `plannedLabel` does; BAD_REQUEST for too many, and for a paper that is named twice.
 */
export function labelEvents(
  state: ReviewState,
  requests: readonly LabelRequest[],
  ids: readonly string[],
  ranks: readonly ShownRank[],
  by: Reviewer,
): LabelEvent[] {
  if (requests.length > MAX_LABELLED) {
    const message = `At most ${MAX_LABELLED} labels can be written at once, not ${requests.length}. Send them in parts.`;
    throw new PaperSearchError('BAD_REQUEST', message);
  }
  const judged = new Map<string, Judged>(state.judged);
  const planned = { ...state, judged };
  const seen = new Set<string>();
  return requests.map((request, i): LabelEvent => {
    const paper = currentId(state.formerIds, ids[i]!);
    const label = plannedLabel(planned, paper, request, by);
    const key = `${label.stage} ${paper}`;
    if (seen.has(key)) {
      const message = `The paper "${request.paper}" is labelled twice in this request, at the ${label.stage} stage. Nothing was written.`;
      throw new PaperSearchError('BAD_REQUEST', message, { details: { paper: request.paper } });
    }
    seen.add(key);
    const before = judgedOf(planned, paper);
    const soFar: Label = {
      ...label,
      number: Number.POSITIVE_INFINITY,
      by: by.name,
      agent: by.agent ?? false,
      at: '',
    };
    judged.set(paper, { ...before, labels: [...before.labels, soFar] });
    return { type: 'labelled', ...label, ...ranks[i]!, by: by.name, ...(by.agent && { agent: true }) };
  });
}

/** Where a paper was in the ranking that it was shown in. */
export interface ShownRank {
  readonly rank?: number | undefined;
  readonly model?: string | undefined;
  readonly basis: number;
}

/** Finds out where papers were when they were shown: never what a client says, so that a replay can check it. */
export class ShownRanks {
  readonly #state: ReviewState;
  readonly #log: readonly Recorded[];
  readonly #open: OpenPool;
  readonly #by: string;
  readonly #found = new Map<string, Shown>();

  constructor(state: ReviewState, log: readonly Recorded[], open: OpenPool, by: Reviewer) {
    this.#state = state;
    this.#log = log;
    this.#open = open;
    this.#by = by.name;
  }

  /**
   * The rank of the paper of a label in the ranking with the model that the request names, if it is remembered; else in
   * the current one.
   */
  of(
    { model, stage = 'abstract', chosenBy }: Pick<LabelRequest, 'model' | 'stage' | 'chosenBy'>,
    paper: string,
  ): ShownRank {
    if (UNRANKED.has(chosenByOf({ chosenBy, model }))) return { basis: this.#state.version };
    const { basis, model: used, rankOf } = this.#shown(model ?? '', stage);
    const row = this.#open.pool.rows.get(paper);
    const rank = row === undefined ? 0 : rankOf(row);
    return rank === 0 ? { basis } : { rank, model: used, basis };
  }

  #shown(model: string, stage: Stage): Shown {
    const key = `${stage} ${model}`;
    const known = this.#found.get(key);
    if (known) return known;
    const current = rankedFor(this.#state, this.#open, this.#by);
    const isCurrent = model === '' || model === current.basis.model || stage === 'full-text';
    const earlier = isCurrent ? undefined : this.#earlier(model);
    const ranked = earlier ?? current;
    const shown = {
      basis: earlier?.version ?? this.#state.version,
      model: ranked.basis.model,
      rankOf: ranksAt(stage, this.#state, this.#open.pool, ranked, this.#by).rankOf,
    };
    this.#found.set(key, shown);
    return shown;
  }

  /** The remembered ranking with a model, if it was this reviewer's at an earlier event. */
  #earlier(model: string): Ranked | undefined {
    const { pool, rankings } = this.#open;
    const ranked = rankings.known(model);
    if (!ranked || ranked.version > this.#state.version) return undefined;
    const state = reviewOf(this.#state.id, this.#log.slice(0, ranked.version))!;
    if (state.pools.length !== this.#state.pools.length) return undefined;
    return basisOf(state, pool, this.#by).model === model ? ranked : undefined;
  }
}

interface Shown {
  readonly basis: number;
  readonly model: string;
  readonly rankOf: (row: number) => number;
}

/** The ranking for a reviewer of a review as it is. */
export function rankedFor(
  state: ReviewState,
  { pool, rankings }: OpenPool,
  reviewer: string | undefined,
): Ranked {
  return rankings.rank(basisOf(state, pool, reviewer), state.version);
}

/** The labels of new events that have just been written. */
export function labelsOf(state: ReviewState, events: readonly Recorded[]): readonly Label[] {
  return events.flatMap(({ number, value }) => {
    if (value.type !== 'labelled') return [];
    return judgedOf(state, value.paper).labels.filter((label) => label.number === number);
  });
}
