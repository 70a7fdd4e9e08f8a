import { PaperSearchError } from '../errors.ts';
import type { FieldIndex } from '../indexes/fields/field-index.ts';
import { type CorpusMap, clusterName, MAKE_MAP, type MapCluster } from '../indexes/map/corpus-map.ts';
import type { FacetCount } from '../papers/fields.ts';
import { foldValue } from '../text/fold-value.ts';

/** How many venues are distinguished; the others are one. */
const MAX_VENUES = 100;
/** The venue number of a paper with any other venue, or without a venue. */
const OTHER_VENUE = 255;

/** A cluster as clients see it. */
export interface NamedCluster extends MapCluster {
  /** The value for the filter `cluster`. */
  readonly name: string;
}

/** A map with the values that it is coloured by: one point per paper. Points are numbered from 0. */
export interface MapView {
  /** From 0 to 65535. */
  readonly xs: Uint16Array;
  readonly ys: Uint16Array;
  /** 0 for a paper without a year. */
  readonly years: Uint16Array;
  /** The index of each paper's cluster in `clusters`, and of its venue in `venues`. */
  readonly clusterOf: Uint8Array;
  readonly venueOf: Uint8Array;
  readonly clusters: readonly NamedCluster[];
  /** The most frequent venues, most frequent first. */
  readonly venues: readonly FacetCount[];
}

/** The points of relevant papers, the best first. */
export interface MapHits {
  readonly points: readonly number[];
  readonly scores: readonly number[];
  /** How many papers are relevant, including those that are not returned. */
  readonly total: number;
}

/** Joins a map and the fields of its papers at the first use. */
export class LazyMapView {
  readonly #map: CorpusMap | undefined;
  readonly #fields: FieldIndex;
  #view: MapView | undefined;

  /** @param map of the papers of `fields`; undefined for an index without one. */
  constructor(map: CorpusMap | undefined, fields: FieldIndex) {
    this.#map = map;
    this.#fields = fields;
  }

  /** @throws PaperSearchError NOT_FOUND without a map. */
  get(): MapView {
    if (!this.#map) throw new PaperSearchError('NOT_FOUND', `The index has no map. ${MAKE_MAP}`);
    this.#view ??= viewOf(this.#map, this.#fields);
    return this.#view;
  }
}

function viewOf(map: CorpusMap, fields: FieldIndex): MapView {
  const { xs, ys, clusterOf, clusters } = map;
  const everyPaper = Uint32Array.from(xs.keys());
  const venues = fields.count('venue', everyPaper, MAX_VENUES);
  const venueOf = new Uint8Array(xs.length).fill(OTHER_VENUE);
  venues.forEach(({ value }, number) => {
    for (const doc of fields.documentsWith('venue', foldValue(value))) venueOf[doc] = number;
  });
  return {
    xs,
    ys,
    years: Uint16Array.from(xs, (_, doc) => fields.numberOf('year', doc)),
    clusterOf,
    venueOf,
    clusters: clusters.map((cluster, number) => ({ ...cluster, name: clusterName(clusters, number) })),
    venues,
  };
}
