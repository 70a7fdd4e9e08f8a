/** What papers can be counted and chosen by. */
export const FACETS = ['venue', 'author', 'keyword', 'area', 'session', 'year'] as const;
export type Facet = (typeof FACETS)[number];

/** Facets whose values are texts: those with a dictionary. */
export const TEXT_FACETS = ['venue', 'author', 'keyword', 'area', 'session'] as const satisfies Facet[];
export type TextFacet = (typeof TEXT_FACETS)[number];

/** A value of a facet, and in how many papers it is. */
export interface FacetCount {
  /** As most papers spell it. */
  readonly value: string;
  readonly count: number;
}
