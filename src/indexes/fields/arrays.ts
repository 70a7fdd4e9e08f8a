import { PaperSearchError } from '../../errors.ts';
import { TEXT_FACETS, type TextFacet } from '../../papers/facets.ts';
import { type NamedArrays, packArrays, unpackArrays } from '../binary/arrays.ts';
import { areBelow, isAscending } from '../binary/numbers.ts';

/** What of a paper is there or not, a bit each. */
export const FLAGS = { abstract: 1, pdf: 2 } as const;

/** The values of a facet and the papers of each. */
export interface FacetArrays {
  /** The values as most papers spell them, in UTF-8, in the order of their folded forms. */
  readonly bytes: Uint8Array;
  readonly ends: Uint32Array;
  /** Where the papers of each value begin in `docs`; the number of all at the end. */
  readonly first: Uint32Array;
  /** Papers by their position, ascending in each value. */
  readonly docs: Uint32Array;
}

/** The facts of all papers. */
export interface AttributeArrays {
  /** One a paper; 0 for none. */
  readonly years: Uint16Array;
  /** FLAGS, one byte a paper. */
  readonly flags: Uint8Array;
  /** Papers by title, and the newest first. */
  readonly titleOrder: Uint32Array;
  readonly dateOrder: Uint32Array;
  /** Keys of identifiers in UTF-8, in order, and the paper of each. */
  readonly idBytes: Uint8Array;
  readonly idEnds: Uint32Array;
  readonly idDocs: Uint32Array;
  readonly facets: Readonly<Record<TextFacet, FacetArrays>>;
}

const KIND = 'table of attributes';
const FACET_PARTS = ['bytes', 'ends', 'first', 'docs'] as const satisfies (keyof FacetArrays)[];

/** The facts as bytes, in parts to be written one after another. */
export function serializeAttributes({ facets, ...others }: AttributeArrays): Uint8Array[] {
  const named = TEXT_FACETS.flatMap((facet) =>
    FACET_PARTS.map((part) => [`${facet}.${part}`, facets[facet][part]] as const),
  );
  return packArrays(KIND, { ...others, ...Object.fromEntries(named) });
}

/**
 * The facts over the bytes of a file.
 * @throws PaperSearchError INDEX_CORRUPT for bytes that are none, or whose parts do not fit together.
 */
export function parseAttributes(bytes: Uint8Array): AttributeArrays {
  const named = unpackArrays<NamedArrays>(KIND, bytes);
  const facets = Object.fromEntries(
    TEXT_FACETS.map((facet) => [
      facet,
      Object.fromEntries(FACET_PARTS.map((part) => [part, named[`${facet}.${part}`]])),
    ]),
  );
  const arrays = { ...named, facets } as unknown as AttributeArrays;
  if (!fits(arrays)) {
    throw new PaperSearchError('INDEX_CORRUPT', `The ${KIND} has parts that do not fit together.`);
  }
  return arrays;
}

function fits(arrays: AttributeArrays): boolean {
  const { years, flags, titleOrder, dateOrder, idBytes, idEnds, idDocs, facets } = arrays;
  const present = [years, flags, titleOrder, dateOrder, idBytes, idEnds, idDocs].every((array) => array);
  return (
    present &&
    [flags, titleOrder, dateOrder].every(({ length }) => length === years.length) &&
    (idEnds.at(-1) ?? 0) === idBytes.length &&
    isAscending(idEnds, idBytes.length) &&
    [titleOrder, dateOrder, idDocs].every((docs) => areBelow(docs, years.length)) &&
    idDocs.length === idEnds.length &&
    TEXT_FACETS.every((facet) => facetFits(facets[facet], years.length))
  );
}

function facetFits({ bytes, ends, first, docs }: FacetArrays, papers: number): boolean {
  return (
    [bytes, ends, first, docs].every((array) => array) &&
    (ends.at(-1) ?? 0) === bytes.length &&
    first.length === ends.length + 1 &&
    first.at(-1) === docs.length &&
    isAscending(ends, bytes.length) &&
    isAscending(first, docs.length) &&
    areBelow(docs, papers)
  );
}
