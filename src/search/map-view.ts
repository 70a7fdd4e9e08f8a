import { PaperSearchError } from '../errors.ts';
import type { FieldIndex } from '../indexes/fields/field-index.ts';
import { type CorpusMap, clusterName, MAKE_MAP, type MapCluster } from '../indexes/map/corpus-map.ts';
import type { FacetCount } from '../papers/fields.ts';
import { foldValue } from '../text/fold-value.ts';

/** Venues that are told apart; the others are one. */
const MAX_VENUES = 100;
/** The number of a paper's venue when it is none of those, or it has none. */
const OTHER_VENUE = 255;

/** A cluster as the doors show it. */
export interface NamedCluster extends MapCluster {
  /** What the filter `cluster` takes. */
  readonly name: string;
}

/** A map with what it is coloured by. Papers are known by their positions in the snapshot. */
export interface MapView {
  readonly snapshot: string;
  /** From 0 to 65535. */
  readonly xs: Uint16Array;
  readonly ys: Uint16Array;
  /** 0 for a paper without one. */
  readonly years: Uint16Array;
  /** The place of each paper's cluster in `clusters`, and of its venue in `venues`. */
  readonly clusterOf: Uint8Array;
  readonly venueOf: Uint8Array;
  readonly clusters: readonly NamedCluster[];
  /** The most frequent venues, the first the most. */
  readonly venues: readonly FacetCount[];
}

/** Relevant papers by position, the best first. */
export interface MapHits {
  readonly snapshot: string;
  readonly docs: readonly number[];
  readonly scores: readonly number[];
  /** Relevant papers, those beyond the most that are told included. */
  readonly total: number;
}

/** Puts a map and the facts of its papers together when they are first asked for. */
export class LazyMapView {
  readonly #snapshot: string;
  readonly #map: CorpusMap | undefined;
  readonly #attributes: FieldIndex;
  #view: MapView | undefined;

  /** @param map of the papers of `attributes`; undefined for an index without one. */
  constructor(snapshot: string, map: CorpusMap | undefined, attributes: FieldIndex) {
    this.#snapshot = snapshot;
    this.#map = map;
    this.#attributes = attributes;
  }

  /** @throws PaperSearchError NOT_FOUND without a map. */
  get(): MapView {
    if (!this.#map) throw new PaperSearchError('NOT_FOUND', `The index has no map. ${MAKE_MAP}`);
    this.#view ??= viewOf(this.#snapshot, this.#map, this.#attributes);
    return this.#view;
  }
}

function viewOf(snapshot: string, map: CorpusMap, attributes: FieldIndex): MapView {
  const { xs, ys, clusterOf, clusters } = map;
  const everyPaper = new Uint8Array(xs.length).fill(1);
  const venues = attributes.count('venue', everyPaper, MAX_VENUES);
  const venueOf = new Uint8Array(xs.length).fill(OTHER_VENUE);
  venues.forEach(({ value }, number) => {
    for (const doc of attributes.documentsWith('venue', foldValue(value))) venueOf[doc] = number;
  });
  return {
    snapshot,
    xs,
    ys,
    years: Uint16Array.from(xs, (_, doc) => attributes.numberOf('year', doc)),
    clusterOf,
    venueOf,
    clusters: clusters.map((cluster, number) => ({ ...cluster, name: clusterName(clusters, number) })),
    venues,
  };
}
