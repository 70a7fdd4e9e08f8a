import type { ModelInfo } from '../../encode/model-info.ts';
import type { CitationCounts } from '../../indexes/citations/citation-graph.ts';
import type { TextField } from '../../papers/fields.ts';
import type { Language } from '../../text/languages.ts';
import type { IndexSettings } from './mapping.ts';

/** What the index of a snapshot says of itself from the beginning: `_meta.paperSearch` of its mapping. */
export interface BuildingMeta {
  /** Version of the mapping and the documents. */
  readonly format: number;
  readonly state: 'building';
  /** Version of paper-search that writes it. */
  readonly writtenBy: string;
  readonly model: ModelInfo;
  readonly keepDuplicates: boolean;
  /** When the change began: ISO 8601, UTC. */
  readonly begunAt: string;
  /** The snapshot that it replaces, the current one when the change began. */
  readonly replaces?: string | undefined;
  /** Whether it was begun as a clone of that one, not empty. */
  readonly isClone: boolean;
  readonly settings: Required<IndexSettings>;
}

/** What publication adds, computed over all papers. */
export interface Statistics {
  readonly counts: { readonly papers: number; readonly withoutAbstract: number };
  readonly citations: CitationCounts;
  /** Sums over all papers of the terms in each field. */
  readonly lengths: Readonly<Record<TextField, number>>;
  /** The mean length of the texts, weighted by field with the default weights of BM25. */
  readonly meanLength: number;
  /** The languages that the papers were analysed in, the most frequent first; English always among them. */
  readonly languages: readonly Language[];
  /** Changes with every paper; equal for equal papers, in whichever order they came in. */
  readonly corpusDigest: string;
}

/** What a published snapshot says of itself. */
export interface SnapshotMeta extends Omit<BuildingMeta, 'state'>, Statistics {
  readonly state: 'complete';
  /** When it was published: ISO 8601, UTC. */
  readonly createdAt: string;
  /** When another snapshot took its place, or was about to. */
  readonly retiredAt?: string | undefined;
}

/** The index of a snapshot. */
export interface StoredSnapshot {
  readonly index: string;
  readonly meta: SnapshotMeta;
}
