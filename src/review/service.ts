import type { Agreement } from './agreement.ts';
import type {
  ChosenBy,
  Decision,
  Label,
  Movement,
  PoolRequest,
  Protocol,
  Reasons,
  ReviewedPaper,
  SearchedSource,
  Settlement,
  Stage,
  Standing,
  Suggestion,
} from './review.ts';
import type { CurvePoint } from './stop/curve.ts';
import type { RecallEstimate } from './stop/estimate.ts';

/** Who asks: a name, and whether it is an agent's. */
export interface Reviewer {
  readonly name: string;
  readonly agent?: boolean | undefined;
}

export interface NewReview {
  readonly name: string;
  readonly protocol: Partial<Protocol> & { readonly question: string };
  /** Default: all papers of the index. */
  readonly pool?: PoolRequest | undefined;
}

export interface ReviewSummary {
  /** Unique in a library and never changed. */
  readonly id: string;
  readonly name: string;
  readonly question: string;
  readonly createdAt: string;
  readonly createdBy: string;
  readonly changedAt: string;
  /** Number of the last event. */
  readonly version: number;
  readonly papers: number;
  /** Papers with a final decision at the abstract stage, and how many of them are included. */
  readonly decided: number;
  readonly included: number;
  readonly conflicts: number;
  readonly reviewers: readonly string[];
}

/** How the pool was made or changed, one entry a change. */
export interface PoolChange {
  readonly number: number;
  readonly at: string;
  readonly by: string;
  readonly request: PoolRequest;
  /** Name of the snapshot that it was taken from. */
  readonly snapshot: string;
  readonly added: number;
  readonly removed: number;
  /** Papers in the pool afterwards, removed ones not counted. */
  readonly papers: number;
  /** Records that these papers were merged from, by source file; and how many of them were duplicates. */
  readonly records: readonly { readonly source: string; readonly records: number }[];
  readonly duplicates: number;
  /** Whether vectors are kept with the pool. */
  readonly vectors: boolean;
}

export interface Review extends ReviewSummary {
  readonly protocol: Protocol;
  readonly pool: readonly PoolChange[];
  /** Whether the index has changed since the pool was taken from it. */
  readonly poolOutdated: boolean;
}

/** One label to write. */
export interface LabelRequest {
  readonly paper: string;
  readonly stage?: Stage | undefined;
  readonly decision: Decision;
  readonly reasons?: readonly string[] | undefined;
  readonly note?: string | undefined;
  readonly chosenBy?: ChosenBy | undefined;
  /** As the suggestion had them. */
  readonly rank?: number | undefined;
  readonly model?: string | undefined;
  /** The number of the reviewer's own label that this one replaces, 0 for none; anything newer is then a CONFLICT. */
  readonly replaces?: number | undefined;
}

export interface StageCounts {
  readonly papers: number;
  readonly unread: number;
  readonly partly: number;
  readonly conflicts: number;
  readonly included: number;
  readonly excluded: number;
}

/** How far one reviewer, and the review, have come. */
export interface Progress {
  readonly abstract: StageCounts;
  readonly fullText: StageCounts;
  /** Of the reviewer who asks. */
  readonly own: { readonly read: number; readonly included: number; readonly maybe: number };
  readonly recall: RecallEstimate;
  /** At most some 100 points. */
  readonly curve: readonly CurvePoint[];
}

export interface Labelled {
  readonly label: Label;
  readonly standing: Standing;
  /** Most moved first, at most 20. */
  readonly moved: readonly Movement[];
  readonly next: Suggestion | undefined;
  readonly progress: Progress;
}

export interface PaperQuery {
  readonly stage?: Stage | undefined;
  readonly standing?: Standing | undefined;
  /** Words of title or abstract. */
  readonly text?: string | undefined;
  readonly offset?: number | undefined;
  readonly limit?: number | undefined;
}

export interface ReplayStep {
  /** Number of the label. */
  readonly number: number;
  readonly paper: string;
  /** Rank as it was recorded, and as it is computed now. */
  readonly recorded: number | undefined;
  readonly computed: number | undefined;
  /** SHA-256 of the whole order before this label. */
  readonly order: string;
}

export interface Replay {
  readonly steps: readonly ReplayStep[];
  readonly same: boolean;
  /** SHA-256 of all steps: equal on every machine. */
  readonly digest: string;
}

/** All that a review knows, for records and exports; not blind. */
export interface WholeReview extends Review {
  readonly all: readonly WholePaper[];
  readonly log: readonly LoggedEvent[];
}

export interface WholePaper extends ReviewedPaper {
  /** How many records of the sources are this paper. */
  readonly records: number;
  readonly rank?: number | undefined;
}

export interface LoggedEvent {
  readonly number: number;
  readonly at: string;
  readonly by: string;
  readonly agent: boolean;
  readonly type: string;
  /** The event as it is stored. */
  readonly value: unknown;
}

/**
 * Reviews of a library: what HTTP, the command line, agents and the page use. Every method throws PaperSearchError:
 * NOT_FOUND for an unknown review or paper, CONFLICT for what another session did meanwhile, BAD_REQUEST for a wrong
 * value, FORBIDDEN for what a blind reviewer must not see yet, INDEX_CORRUPT, INDEX_LOCKED and INDEX_UNWRITABLE as
 * `AppendLog` does.
 */
export interface ReviewService {
  list(): Promise<readonly ReviewSummary[]>;
  create(request: NewReview, by: Reviewer): Promise<Review>;
  read(id: string): Promise<Review>;
  /** Changes the protocol; the log keeps what it was. */
  amend(
    id: string,
    change: Partial<Protocol> & { readonly name?: string | undefined },
    by: Reviewer,
  ): Promise<Review>;
  addSource(id: string, source: SearchedSource, by: Reviewer): Promise<Review>;
  /** Takes the pool from the index again: new papers come in at their rank, removed ones are kept as removed. */
  updatePool(id: string, by: Reviewer, request?: PoolRequest): Promise<Review>;
  /** The next papers for a reviewer. @param count default 1, at most 50. */
  next(id: string, by: Reviewer, options?: { stage?: Stage; count?: number }): Promise<readonly Suggestion[]>;
  label(id: string, label: LabelRequest, by: Reviewer): Promise<Labelled>;
  /** Many labels at once, from a file or an agent. Unknown papers: NOT_FOUND with all of them and nothing written. */
  labelAll(
    id: string,
    labels: readonly LabelRequest[],
    by: Reviewer,
  ): Promise<{ readonly labels: readonly Label[]; readonly progress: Progress }>;
  /** Takes back the reviewer's last label, or the one with a number. */
  undo(
    id: string,
    by: Reviewer,
    number?: number,
  ): Promise<{ readonly undone: Label; readonly next: Suggestion | undefined; readonly progress: Progress }>;
  settle(
    id: string,
    request: {
      paper: string;
      stage: Stage;
      decision: 'include' | 'exclude';
      reasons?: readonly string[];
      note?: string;
    },
    by: Reviewer,
  ): Promise<Settlement>;
  /** Says whether the full texts of papers could be had. */
  retrieved(id: string, papers: readonly string[], retrieved: boolean, by: Reviewer): Promise<void>;
  papers(
    id: string,
    by: Reviewer,
    query?: PaperQuery,
  ): Promise<{ readonly total: number; readonly papers: readonly ReviewedPaper[] }>;
  paper(
    id: string,
    paper: string,
    by: Reviewer,
  ): Promise<ReviewedPaper & { readonly reasons?: Reasons | undefined; readonly rank?: number | undefined }>;
  progress(id: string, by: Reviewer): Promise<Progress>;
  /** What a label of the reviewer moved, by its number. */
  moved(id: string, number: number, by: Reviewer): Promise<readonly Movement[]>;
  /** For each pair of reviewers and stage. Only papers that all have decided. */
  agreement(id: string): Promise<
    readonly {
      readonly stage: Stage;
      readonly reviewers: readonly [string, string];
      readonly agreement: Agreement;
    }[]
  >;
  /** @throws PaperSearchError FORBIDDEN while blind reviewers have not finished, unless `unblind`. */
  whole(id: string, options?: { unblind?: boolean }): Promise<WholeReview>;
  /**
   * Its steps say which papers were labelled, in order.
   * @throws PaperSearchError FORBIDDEN while blind reviewers have not finished, unless `unblind`.
   */
  replay(id: string, options?: { unblind?: boolean }): Promise<Replay>;
  /** Deletes nothing from the disk: the review is marked as deleted. */
  remove(id: string, by: Reviewer): Promise<void>;
}
