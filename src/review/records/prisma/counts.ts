import type { RecallEstimate } from '../../stop/estimate.ts';

/**
 * The numbers of a PRISMA 2020 flow diagram (Page et al., BMJ 2021;372:n71, figure 1), one column for databases and
 * registers, and one for other methods where source files show which papers are from there. In each column:
 *
 *     identified = removed.duplicates + removed.automation + removed.other + screened
 *     screened   = excluded + undecided + sought
 *     sought     = notRetrieved + notAssessed + assessed
 *     assessed   = excludedReports + undecidedReports + included
 */
export interface PrismaCounts {
  readonly review: string;
  readonly question: string;
  /** When the review last changed, ISO 8601. */
  readonly at: string;
  readonly columns: readonly PrismaColumn[];
  /** Reports included, of all columns. Reports are not grouped into studies. */
  readonly included: number;
  /** What removed duplicates. */
  readonly duplicatesRemovedBy: string;
  /** How screening was prioritised, and what its stopping rules say; absent where every record was read. */
  readonly stopping?: PrismaStopping | undefined;
  /** What a reader of the diagram has to know: numbers that disagree, steps that are not finished. */
  readonly notes: readonly string[];
}

export interface PrismaColumn {
  readonly kind: 'databases' | 'other';
  readonly sources: readonly PrismaSource[];
  /** The sum of the sources. */
  readonly identified: number;
  readonly removed: {
    readonly duplicates: number;
    /** Always 0: records are ranked, and none is left out before screening. */
    readonly automation: number;
    readonly other: readonly PrismaReason[];
  };
  readonly screened: ByWhom;
  readonly excluded: ByWhom;
  /** Read, and without a final decision: the second reviewer or a settlement is missing. */
  readonly undecided: number;
  readonly sought: number;
  readonly notRetrieved: number;
  /** Not read by full text yet. */
  readonly notAssessed: number;
  readonly assessed: number;
  readonly excludedReports: number;
  /** Each report once, under the first reason that was given; the most frequent first. */
  readonly reasons: readonly PrismaReason[];
  readonly undecidedReports: number;
  readonly included: number;
}

/** Where records come from. */
export interface PrismaSource {
  readonly name: string;
  readonly kind: 'database' | 'register' | 'other';
  readonly records: number;
}

export interface PrismaReason {
  readonly reason: string;
  readonly records: number;
}

/** Who judged records: PRISMA 2020 asks to say how many were excluded by automation tools. */
export interface ByWhom {
  readonly records: number;
  /** Judged by at least one person. */
  readonly byPeople: number;
  /** Judged by agents alone. */
  readonly byAgents: number;
  /** Ranked by the learner and not read. */
  readonly byRankingOnly: number;
}

interface PrismaStopping {
  /** Records that the learner ranked and no reviewer read. */
  readonly unread: number;
  /** Estimate of the recall, where it was given. */
  readonly recall?: Pick<RecallEstimate, 'recall' | 'low' | 'high' | 'target' | 'rules'> | undefined;
}
