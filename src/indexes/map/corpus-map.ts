import { PaperSearchError } from '../../errors.ts';
import { packArrays, unpackArrays } from '../binary/arrays.ts';
import { PackedTexts, packTexts } from '../binary/packed-texts.ts';
import type { EarlierLayout, MapLayout } from './lay-out.ts';

/** A dense region of a map. */
export interface MapCluster {
  /** Terms that its papers use more than others, the most characteristic first; empty when their titles have none. */
  readonly terms: readonly string[];
  /** The point of highest density. */
  readonly x: number;
  readonly y: number;
  /** How many they are. */
  readonly papers: number;
}

/** A map of the papers of an index, by their positions in it. */
export interface CorpusMap extends MapLayout {
  /** The one with most papers first, when the map was arranged. */
  readonly clusters: readonly MapCluster[];
}

/** What to run for an index without a map. */
export const MAKE_MAP =
  'Indexes of 10 papers and more have one from their next ingest on: run "paper-search ingest --corpus-map <path>".';

/** The name of a cluster: its terms, or a number when it has none. No two clusters of a map have the same name. */
export function clusterName(clusters: readonly MapCluster[], number: number): string {
  return clusters[number]!.terms.join(', ') || `cluster ${number + 1}`;
}

type MapArrays = Readonly<{
  xs: Uint16Array;
  ys: Uint16Array;
  clusterOf: Uint8Array;
  peaks: Uint16Array;
  extent: Float32Array;
  changes: Uint32Array;
  termBytes: Uint8Array;
  termEnds: Uint32Array;
}>;

type EarlierMapArrays = MapArrays & Readonly<{ known: Uint8Array; gone: Uint32Array }>;

const KIND = 'map';
const EARLIER_KIND = 'earlier map';

/**
 * A map as the parts of a file.
 * @param terms those of each cluster.
 */
export function packMap(layout: MapLayout, terms: readonly (readonly string[])[]): Uint8Array[] {
  return packArrays(KIND, mapArrays(layout, terms));
}

/** The map before some papers came in and others went, and the terms of its clusters. */
export interface EarlierMap {
  readonly layout: EarlierLayout;
  readonly terms: readonly (readonly string[])[];
}

/** The same as the parts of a file. */
export function packEarlierMap({ layout, terms }: EarlierMap): Uint8Array[] {
  const { known, gone } = layout;
  return packArrays(EARLIER_KIND, { ...mapArrays(layout, terms), known, gone: Uint32Array.of(gone) });
}

function mapArrays(layout: MapLayout, terms: readonly (readonly string[])[]): MapArrays {
  const { xs, ys, clusterOf, peaks, extent, changes } = layout;
  // Terms have no line breaks: they are words.
  const { bytes, ends } = packTexts(terms.map((list) => list.join('\n')));
  return {
    xs,
    ys,
    clusterOf,
    peaks: Uint16Array.from(peaks.flatMap(({ x, y }) => [x, y])),
    extent: Float32Array.of(extent),
    changes: Uint32Array.of(changes),
    termBytes: bytes,
    termEnds: ends,
  };
}

/**
 * Reads a map in place.
 * @param bytes what the parts of `packMap` make, at a multiple of 8 in their buffer. @param papers of the index.
 * @throws PaperSearchError INDEX_CORRUPT for anything else.
 */
export function unpackMap(bytes: Uint8Array, papers: number): CorpusMap {
  return mapOfArrays(unpackArrays<MapArrays>(KIND, bytes), papers);
}

/** Reads what the parts of `packEarlierMap` make; for the rest, see `unpackMap`. */
export function unpackEarlierMap(bytes: Uint8Array, papers: number): EarlierMap {
  const arrays = unpackArrays<EarlierMapArrays>(EARLIER_KIND, bytes);
  const { known, gone } = arrays;
  if (known?.length !== papers || gone?.length !== 1) throw unfit();
  const { clusters, ...layout } = mapOfArrays(arrays, papers);
  return { layout: { ...layout, known, gone: gone[0]! }, terms: clusters.map(({ terms }) => terms) };
}

function mapOfArrays(arrays: MapArrays, papers: number): CorpusMap {
  const { xs, ys, clusterOf, peaks, extent, changes, termBytes, termEnds } = arrays;
  const count = termEnds.length;
  const fits =
    [xs, ys, clusterOf].every(({ length }) => length === papers) &&
    peaks.length === 2 * count &&
    clusterOf.every((cluster) => cluster < count);
  if (!fits) throw unfit();
  const sizes = new Uint32Array(count);
  for (const cluster of clusterOf) sizes[cluster]!++;
  const texts = new PackedTexts({ bytes: termBytes, ends: termEnds });
  const clusters = Array.from(sizes, (size, i) => ({
    terms: texts.at(i) === '' ? [] : texts.at(i).split('\n'),
    x: peaks[2 * i]!,
    y: peaks[2 * i + 1]!,
    papers: size,
  }));
  return { xs, ys, clusterOf, peaks: clusters, extent: extent[0]!, changes: changes[0]!, clusters };
}

function unfit(): PaperSearchError {
  return new PaperSearchError('INDEX_CORRUPT', 'The map does not fit the papers.');
}
