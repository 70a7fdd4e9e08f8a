import { MAX_KEPT_ABSTRACT } from '../limits.ts';
import type { Paper } from '../papers/paper.ts';

/** How far a reader has read a paper. */
export const READ_STATES = ['unread', 'reading', 'read'] as const;
export type ReadState = (typeof READ_STATES)[number];

/** Which part a collected paper has in the search for related papers: more like it, less like it, or none. */
export const SEED_ROLES = ['for', 'against', 'none'] as const;
export type SeedRole = (typeof SEED_ROLES)[number];

/**
 * What a collection keeps of a paper, so that it can be shown and cited when it is no longer in the index: all except
 * its references and where each of its fields came from.
 */
export type KeptPaper = Omit<Paper, 'references' | 'citedBy' | 'sources' | 'provenance'>;

/** What a reader says about a paper. */
export interface Annotations {
  /** Plain text; empty for none. */
  readonly note: string;
  readonly tags: readonly string[];
  readonly state: ReadState;
  /** From 1 to MAX_RATING; absent for none. */
  readonly rating?: number | undefined;
  readonly role: SeedRole;
}

/** A paper in a collection, named by the paper's id. */
export interface CollectionEntry extends Annotations {
  readonly paper: KeptPaper;
  /** ISO 8601, UTC. */
  readonly addedAt: string;
  readonly addedBy?: string | undefined;
  /** When its annotations were last changed. */
  readonly changedAt: string;
}

/** A link under which anybody can read a collection. */
export interface Share {
  /** Names the link to whoever may revoke it. */
  readonly id: string;
  /** The part of the link that cannot be guessed. */
  readonly secret: string;
  /** What the link is for. */
  readonly label?: string | undefined;
  /** Whether notes are shown; tags, read states, ratings and roles are shown with them. */
  readonly withNotes: boolean;
  readonly createdAt: string;
  readonly createdBy?: string | undefined;
}

/** Papers that readers keep, as the events of its log make it. */
export interface Collection {
  /** Unique in a library and never changed. */
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly createdAt: string;
  readonly createdBy?: string | undefined;
  readonly changedAt: string;
  /** Number of the last event. */
  readonly version: number;
  readonly deletedAt?: string | undefined;
  /** In the readers' order, each paper once. */
  readonly entries: readonly CollectionEntry[];
  readonly shares: readonly Share[];
  /** Ids of papers that have another id now, with that id. */
  readonly formerIds: ReadonlyMap<string, string>;
}

/** Annotations of a paper about which nothing is said. */
export const NO_ANNOTATIONS: Annotations = { note: '', tags: [], state: 'unread', role: 'none' };

/** What a collection keeps of a paper; an abstract only up to MAX_KEPT_ABSTRACT characters. */
export function keptPaper(paper: Paper): KeptPaper {
  const { references: _r, citedBy: _c, sources: _s, provenance: _p, ...kept } = paper;
  return kept.abstract.length <= MAX_KEPT_ABSTRACT ? kept : { ...kept, abstract: '' };
}

/** The entry of a paper by its id, also by a former one. */
export function entryOf({ entries, formerIds }: Collection, id: string): CollectionEntry | undefined {
  const byId = (wanted: string) => entries.find(({ paper }) => paper.id === wanted);
  return byId(id) ?? byId(currentId(formerIds, id));
}

/** The id that a paper has now. @param formerIds has no circles. */
export function currentId(formerIds: ReadonlyMap<string, string>, id: string): string {
  let current = id;
  for (let next = formerIds.get(current); next !== undefined; next = formerIds.get(current)) current = next;
  return current;
}
