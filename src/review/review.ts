import type { KeptPaper } from '../collections/collection.ts';

/** The two stages at which a paper is judged: by its title and abstract, and by its full text. */
export const STAGES = ['abstract', 'full-text'] as const;
export type Stage = (typeof STAGES)[number];

/** What a reviewer says about a paper. A `maybe` has to be settled: it teaches the learner nothing. */
export const DECISIONS = ['include', 'exclude', 'maybe'] as const;
export type Decision = (typeof DECISIONS)[number];

/** How a paper came before the reviewer: next by rank, drawn at random, looked for, known before, or from a file. */
export const CHOSEN_BY = ['rank', 'random', 'search', 'prior', 'file'] as const;
export type ChosenBy = (typeof CHOSEN_BY)[number];

/** A reason to include or to exclude a paper. */
export interface Criterion {
  /** Short and unique in a review, as it appears in PRISMA counts: "wrong population". */
  readonly name: string;
  /** When it applies. Empty for none. */
  readonly description: string;
}

/** A search that found records of this review, in a database or elsewhere, as PRISMA-S asks for it. */
export interface SearchedSource {
  /** Name of the database or register: "PubMed". */
  readonly name: string;
  readonly kind: 'database' | 'register' | 'other';
  /** The query as it was sent. */
  readonly query?: string | undefined;
  /** ISO 8601 day. */
  readonly date?: string | undefined;
  /** Records that it found, before duplicates were removed. */
  readonly records?: number | undefined;
  readonly note?: string | undefined;
}

/** What a review asks and how it judges. */
export interface Protocol {
  readonly question: string;
  /** Empty lists are allowed. */
  readonly include: readonly Criterion[];
  readonly exclude: readonly Criterion[];
  readonly sources: readonly SearchedSource[];
  /** Reviewers who judge each paper, blind to one another until all of them have: 1 or 2. */
  readonly reviewersPerPaper: 1 | 2;
  /** The share of the includes to find, 0 to 1. */
  readonly targetRecall: number;
  /** One paper in so many is drawn at random instead of by rank; 0 for none. */
  readonly randomEvery: number;
  /** Whether the learner uses words only. */
  readonly keywordOnly: boolean;
  /** Own words that the page marks, for and against, with a colour (#rrggbb) if one was chosen. */
  readonly highlights: readonly {
    readonly text: string;
    readonly for: boolean;
    readonly color?: string | undefined;
  }[];
}

/** Which papers of an index a review is about. */
export interface PoolRequest {
  /** Empty: all papers of the index. */
  readonly query?: string | undefined;
  /** As in a search request. */
  readonly filters?: Readonly<Record<string, unknown>> | undefined;
  readonly mode?: 'hybrid' | 'keyword' | 'semantic' | undefined;
}

/** A label of one reviewer. */
export interface Label {
  /** Number of its event in the log. */
  readonly number: number;
  readonly paper: string;
  readonly stage: Stage;
  readonly decision: Decision;
  /** Names of criteria. */
  readonly reasons: readonly string[];
  readonly note: string;
  readonly by: string;
  /** Whether an agent decided. */
  readonly agent: boolean;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly chosenBy: ChosenBy;
  /** Its rank when it was shown, from 1; absent for a paper that was not ranked. */
  readonly rank?: number | undefined;
  /** Digest of what the ranking was made of: pool, labels, version of the learner. */
  readonly model?: string | undefined;
}

/** Where a paper of the pool is at a stage. `conflict`: the reviewers disagree, or a `maybe` has to be settled. */
export const STANDINGS = ['unread', 'partly', 'conflict', 'include', 'exclude'] as const;
export type Standing = (typeof STANDINGS)[number];

/** A paper of the pool with what one reviewer may see of it. */
export interface ReviewedPaper {
  readonly paper: KeptPaper;
  /** Whether the index no longer has it. It stays in the review. */
  readonly removed: boolean;
  readonly abstract: Standing;
  /** Absent for a paper that has not passed the abstract stage. */
  readonly fullText?: Standing | undefined;
  /** Whether the full text could be had. Absent: not said yet. */
  readonly retrieved?: boolean | undefined;
  /** Own labels, and those of others where all have decided. */
  readonly labels: readonly Label[];
  /** The decision that settled a conflict. */
  readonly settled: readonly Settlement[];
}

/** What was decided about a conflict. */
export interface Settlement {
  readonly number: number;
  readonly paper: string;
  readonly stage: Stage;
  readonly decision: 'include' | 'exclude';
  readonly reasons: readonly string[];
  readonly note: string;
  readonly by: string;
  readonly at: string;
}

/** A part of a shown text. Offsets are UTF-16 code units. */
export interface MarkedSpan {
  readonly field: 'title' | 'abstract';
  readonly start: number;
  readonly end: number;
  readonly for: boolean;
}

/** Why a paper has its rank. */
export interface Reasons {
  /** The strongest first; above 0 for including, below for excluding. */
  readonly terms: readonly { readonly term: string; readonly weight: number }[];
  /** Where these terms are in the paper. */
  readonly spans: readonly MarkedSpan[];
  /** The most similar labelled papers, the most similar first. */
  readonly nearest: readonly {
    readonly id: string;
    readonly title: string;
    readonly included: boolean;
    /** 0 to 1. */
    readonly similarity: number;
  }[];
}

/** A paper to read next. */
export interface Suggestion {
  readonly paper: KeptPaper;
  readonly stage: Stage;
  /** From 1. */
  readonly rank: number;
  readonly chosenBy: 'rank' | 'random';
  readonly model: string;
  readonly reasons: Reasons;
  /** The reviewer's own earlier label, if this paper is shown again. */
  readonly label?: Label | undefined;
}

/** What a label moved. */
export interface Movement {
  readonly id: string;
  readonly title: string;
  /** Ranks from 1. */
  readonly before: number;
  readonly after: number;
}
