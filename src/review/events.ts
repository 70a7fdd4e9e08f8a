import type { ChosenBy, Decision, PoolRequest, Protocol, SearchedSource, Stage } from './review.ts';

/** A file of a pool, beside the log. */
export interface PoolFile {
  readonly name: string;
  /** In hex, of its bytes. */
  readonly sha256: string;
  readonly bytes: number;
}

/** A pool as it was taken from an index: its files, and what it has that the pool before had not. */
export interface TakenPool {
  readonly request: PoolRequest;
  /** Name of the snapshot that it was taken from. */
  readonly snapshot: string;
  readonly papers: PoolFile;
  /** Absent where papers have no vectors, or are searched by keywords only. */
  readonly vectors?: (PoolFile & { readonly dimensions: number; readonly model: string }) | undefined;
  /** Papers that are not removed. */
  readonly size: number;
  readonly added: number;
  readonly removed: number;
  /** Records that these papers were merged from, by source file. */
  readonly records: readonly { readonly source: string; readonly records: number }[];
  /**
   * Papers of the pool before that have another id now; two that became one have the same. From an id to itself: the id
   * had changed, and is that of a paper again.
   */
  readonly renamed: readonly { readonly from: string; readonly to: string }[];
}

/** What a reviewer says about a paper, with the ranking that it was shown in. */
export interface LabelledPaper {
  readonly paper: string;
  readonly stage: Stage;
  readonly decision: Decision;
  readonly reasons: readonly string[];
  readonly note: string;
  readonly chosenBy: ChosenBy;
  /** Its rank, from 1; absent for a paper that was not ranked. */
  readonly rank?: number | undefined;
  /** Digest of what the ranking was made of. */
  readonly model?: string | undefined;
  /** Number of the last event that the ranking knew. */
  readonly basis: number;
}

/** What is decided about a conflict. */
export interface SettledPaper {
  readonly paper: string;
  readonly stage: Stage;
  readonly decision: 'include' | 'exclude';
  readonly reasons: readonly string[];
  readonly note: string;
}

/** One entry of the log of a review. */
export type ReviewEvent = (
  | { readonly type: 'created'; readonly name: string; readonly protocol: Protocol }
  | { readonly type: 'amended'; readonly name?: string | undefined; readonly protocol: Partial<Protocol> }
  | { readonly type: 'searched'; readonly source: SearchedSource }
  | { readonly type: 'pooled'; readonly pool: TakenPool }
  | ({ readonly type: 'labelled' } & LabelledPaper)
  /** Takes back the label of that number. */
  | { readonly type: 'undone'; readonly label: number }
  | ({ readonly type: 'settled' } & SettledPaper)
  | { readonly type: 'retrieved'; readonly papers: readonly string[]; readonly retrieved: boolean }
  | { readonly type: 'deleted' }
) & {
  /** Who did it: the name of a token, of a user on the command line, or of an agent. */
  readonly by: string;
  /** Present if an agent did it. */
  readonly agent?: boolean | undefined;
};

/** An event with its number in the log, from 1, and its time (ISO 8601, UTC). */
export interface Recorded {
  readonly number: number;
  readonly at: string;
  readonly value: ReviewEvent;
}
