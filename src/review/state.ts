import type { Recorded, TakenPool } from './events.ts';
import type { Label, Protocol, Settlement, Stage, Standing } from './review.ts';

/*
 * A review is a function of the events in its log, and needs no Node. To take back a label is to leave out its event.
 */

/** What is said about a paper, and counts: labels that were taken back are left out. */
export interface Judged {
  /** In the order of their numbers; of one reviewer and stage, the last counts. */
  readonly labels: readonly Label[];
  readonly settlements: readonly Settlement[];
  /** Whether its full text could be had; absent where that was not said. */
  readonly retrieved?: boolean | undefined;
}

/** A pool that was taken, with its event. */
export interface RecordedPool extends TakenPool {
  readonly number: number;
  readonly at: string;
  readonly by: string;
}

/** A review as the events of its log make it. */
export interface ReviewState {
  readonly id: string;
  readonly name: string;
  readonly protocol: Protocol;
  readonly createdAt: string;
  readonly createdBy: string;
  readonly changedAt: string;
  /** Number of the last event. */
  readonly version: number;
  readonly deletedAt?: string | undefined;
  /** The oldest first; the last is the current one. */
  readonly pools: readonly RecordedPool[];
  /** By the id that the paper has in the current pool. */
  readonly judged: ReadonlyMap<string, Judged>;
  /** Ids of papers that have another id now, with that id. */
  readonly formerIds: ReadonlyMap<string, string>;
}

const NOTHING: Judged = { labels: [], settlements: [] };

/**
 * The review that events make.
 * @param id of the review.
 * @returns undefined without events.
 */
export function reviewOf(id: string, log: readonly Recorded[]): ReviewState | undefined {
  return new ReviewLog(id).read(log);
}

/** The review of a log that grows: events that were read are not read again, except where a label was taken back. */
export class ReviewLog {
  readonly #id: string;
  #draft: Draft | undefined;
  #read: readonly Recorded[] = [];
  #state: ReviewState | undefined;

  constructor(id: string) {
    this.#id = id;
  }

  /** @param log that of the last call, or one with more events; another one is read from its beginning. */
  read(log: readonly Recorded[]): ReviewState | undefined {
    const [first] = log;
    const last = log.at(-1);
    if (!first || !last) return undefined;
    const before = this.#read;
    const grows = first === before[0] && log.length >= before.length;
    if (grows && log.length === before.length) return this.#state;
    let added = grows ? log.slice(before.length) : log;
    if (!this.#draft || !grows || added.some(({ value }) => value.type === 'undone')) {
      this.#draft = new Draft();
      added = log;
    }
    const undone = undoneLabels(log);
    for (const event of added) if (!undone.has(event.number)) this.#draft.apply(event);
    this.#read = log;
    this.#state = this.#draft.state(this.#id, first, last);
    return this.#state;
  }
}

/** Numbers of the labels that were taken back. */
export function undoneLabels(log: readonly Recorded[]): ReadonlySet<number> {
  const undone = new Set<number>();
  for (const { value } of log) if (value.type === 'undone') undone.add(value.label);
  return undone;
}

/** What is said about a paper. @param id also a former one. */
export function judgedOf({ judged, formerIds }: ReviewState, id: string): Judged {
  return judged.get(currentId(formerIds, id)) ?? NOTHING;
}

/** The id that a paper has now. */
export function currentId(formerIds: ReadonlyMap<string, string>, id: string): string {
  let current = id;
  for (let next = formerIds.get(current); next !== undefined; next = formerIds.get(current)) current = next;
  return current;
}

/** The labels of a stage that count, by reviewer: the last of each. */
export function currentLabels({ labels }: Judged, stage: Stage): ReadonlyMap<string, Label> {
  const current = new Map<string, Label>();
  for (const label of labels) if (label.stage === stage) current.set(label.by, label);
  return current;
}

/**
 * Where a paper is at a stage. With as many labels as the protocol asks for it is decided if they agree, unless by a
 * `maybe`; else it is a conflict until it is settled. At the full-text stage it is `unread` also when the abstract
 * stage did not include it.
 */
export function standingOf(judged: Judged, stage: Stage, { reviewersPerPaper }: Protocol): Standing {
  const labels = [...currentLabels(judged, stage).values()];
  const [first] = labels;
  if (!first) return 'unread';
  if (labels.length < reviewersPerPaper) return 'partly';
  const { decision } = first;
  if (decision !== 'maybe' && labels.every((each) => each.decision === decision)) return decision;
  return judged.settlements.findLast((each) => each.stage === stage)?.decision ?? 'conflict';
}

/** A review while its events are applied. */
class Draft {
  #name = '';
  #protocol: Protocol | undefined;
  #deletedAt: string | undefined;
  #pools: readonly RecordedPool[] = [];
  readonly #judged = new Map<string, Judged>();
  readonly #formerIds = new Map<string, string>();

  state(id: string, first: Recorded, last: Recorded): ReviewState {
    return {
      id,
      name: this.#name,
      protocol: this.#protocol!,
      createdAt: first.at,
      createdBy: first.value.by,
      changedAt: last.at,
      version: last.number,
      ...(this.#deletedAt !== undefined && { deletedAt: this.#deletedAt }),
      pools: this.#pools,
      // The draft changes with later events.
      judged: new Map(this.#judged),
      formerIds: new Map(this.#formerIds),
    };
  }

  apply({ number, at, value }: Recorded): void {
    const { by, agent = false } = value;
    switch (value.type) {
      case 'created':
        this.#name = value.name;
        this.#protocol = value.protocol;
        return;
      case 'amended':
        this.#name = value.name ?? this.#name;
        this.#protocol = { ...this.#protocol!, ...value.protocol };
        return;
      case 'searched':
        this.#protocol = { ...this.#protocol!, sources: [...this.#protocol!.sources, value.source] };
        return;
      case 'pooled':
        for (const { from, to } of value.pool.renamed) this.#rename(from, to);
        this.#pools = [...this.#pools, { ...value.pool, number, at, by }];
        return;
      case 'labelled': {
        const { type: _, basis: _basis, ...said } = value;
        this.#judge(value.paper, (paper, before) => ({
          ...before,
          labels: [...before.labels, { ...said, number, at, paper, agent }],
        }));
        return;
      }
      case 'settled': {
        const { type: _, agent: _agent, ...said } = value;
        this.#judge(value.paper, (paper, before) => ({
          ...before,
          settlements: [...before.settlements, { ...said, number, at, paper }],
        }));
        return;
      }
      case 'retrieved':
        for (const id of value.papers) {
          this.#judge(id, (_paper, before) => ({ ...before, retrieved: value.retrieved }));
        }
        return;
      case 'deleted':
        this.#deletedAt = at;
        return;
      case 'undone':
        return;
      default:
        value satisfies never;
    }
  }

  #judge(given: string, change: (id: string, before: Judged) => Judged): void {
    const id = currentId(this.#formerIds, given);
    this.#judged.set(id, change(id, this.#judged.get(id) ?? NOTHING));
  }

  /** Moves what is said about a paper to its new id, where there may be something already. */
  #rename(from: string, to: string): void {
    // An id that is current again leads to no other: no circles.
    this.#formerIds.delete(to);
    if (from === to) return;
    this.#formerIds.set(from, to);
    const moved = this.#judged.get(from);
    if (!moved) return;
    this.#judged.delete(from);
    const there = this.#judged.get(to) ?? NOTHING;
    const byNumber = (a: { readonly number: number }, b: { readonly number: number }) => a.number - b.number;
    const retrieved = there.retrieved ?? moved.retrieved;
    const renamed = <T extends object>(each: T) => ({ ...each, paper: to });
    this.#judged.set(to, {
      labels: [...there.labels, ...moved.labels].sort(byNumber).map(renamed),
      settlements: [...there.settlements, ...moved.settlements].sort(byNumber).map(renamed),
      ...(retrieved !== undefined && { retrieved }),
    });
  }
}
