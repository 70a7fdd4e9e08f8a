import type { LinkDirection } from '../../indexes/citations/citation-graph.ts';
import type { SortName } from '../../papers/fields.ts';
import type { Paper } from '../../papers/paper.ts';
import type { Page } from '../api.ts';

/** What a snowball search moves to from a paper: to the works that it cites, to the papers that cite it, or to both. */
export const SNOWBALL_DIRECTIONS = ['backward', 'forward', 'both'] as const;
export type SnowballDirection = (typeof SNOWBALL_DIRECTIONS)[number];

/** Asks for the papers at one end of the links of a paper. */
export interface CitationsRequest extends Partial<Page> {
  /** `references`: the papers that it cites. `citations`: the papers that cite it. */
  readonly direction: LinkDirection;
  /** Default `date`: the newest first. */
  readonly sort?: SortName | undefined;
}

/** A paper that a paper cites, or that cites it. */
export interface LinkedHit {
  /** 1-based. */
  readonly rank: number;
  readonly paper: Paper;
  /** How many papers of the index cite it. */
  readonly citations: number;
}

export interface CitationsResponse extends Page {
  /** The paper whose links they are. */
  readonly paper: Paper;
  readonly direction: LinkDirection;
  readonly sort: SortName;
  /** Papers of the index at the other end of its links. */
  readonly total: number;
  /** Works that it cites and that are not in the index, by their identifiers; empty for `citations`. */
  readonly outside: readonly string[];
  readonly tookMs: number;
  readonly hits: readonly LinkedHit[];
}

/** How many links a paper has. */
export interface LinkCounts {
  /** Works that it cites, in the index or not. */
  readonly references: number;
  /** Papers of the index that cite it. */
  readonly citations: number;
}

export interface SnowballRequest extends Partial<Page> {
  /** Ids of the papers to begin with. They are never among the hits. */
  readonly ids: readonly string[];
  /** Default `both`. */
  readonly direction?: SnowballDirection | undefined;
  /** How many links from a seed a paper may be away. Default 1; at most 5. */
  readonly depth?: number | undefined;
}

/** A link of a hit to a paper that is nearer to the seeds. */
export interface SnowballLink {
  readonly id: string;
  /** `cites`: the hit cites that paper. `citedBy`: that paper cites the hit. */
  readonly relation: 'cites' | 'citedBy';
}

/** A paper that links lead to. */
export interface SnowballHit {
  /** 1-based. */
  readonly rank: number;
  readonly paper: Paper;
  /** How many links it is away from the nearest seed. */
  readonly distance: number;
  /** Its links to papers at the distance before, which are the seeds for distance 1. */
  readonly links: number;
  /** Those links, at most 20 of them, in the order of the index. */
  readonly via: readonly SnowballLink[];
  /** How many papers of the index cite it. */
  readonly citations: number;
}

/** A work that seeds cite and that is not in the index. */
export interface OutsideWork {
  /** Its identifiers, as a seed has them. */
  readonly reference: string;
  /** How many seeds cite it. */
  readonly links: number;
}

export interface SnowballResponse extends Page {
  readonly seeds: readonly Paper[];
  readonly direction: SnowballDirection;
  readonly depth: number;
  /** Papers of the index that are at most `depth` links away. */
  readonly total: number;
  /**
   * Works that the seeds cite and that are not in the index, at most 100, those that most seeds cite first; empty for
   * `forward`.
   */
  readonly outside: readonly OutsideWork[];
  readonly tookMs: number;
  readonly hits: readonly SnowballHit[];
}
