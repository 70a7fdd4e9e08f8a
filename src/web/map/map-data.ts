import type { FacetCount } from '../../papers/fields.ts';
import type { NamedCluster } from '../../search/map-view.ts';
import { ApiError, request, requestBytes } from '../api.ts';

/** The answer of `GET /v1/map`. */
interface MapHead {
  readonly snapshot: string;
  readonly papers: number;
  readonly clusters: readonly NamedCluster[];
  readonly venues: readonly FacetCount[];
  readonly years?: { readonly first: number; readonly last: number };
}

/** The coordinates and colour values of every point. */
export interface MapColumns {
  /** From 0 to 65535. */
  readonly xs: Uint16Array;
  readonly ys: Uint16Array;
  /** 0 for none. */
  readonly years: Uint16Array;
  /** Indices into `clusters` and `venues`; 255 for no venue or a rarer one. */
  readonly clusterOf: Uint8Array;
  readonly venueOf: Uint8Array;
}

/** The map as drawn. */
export interface MapData extends MapColumns {
  readonly snapshot: string;
  readonly clusters: readonly NamedCluster[];
  readonly venues: readonly FacetCount[];
}

/** The columns in the bytes of `GET /v1/map/points`. @throws ApiError if their number is wrong. */
export function readColumns(bytes: ArrayBuffer, papers: number): MapColumns {
  if (bytes.byteLength !== 8 * papers) {
    throw new ApiError('UNREADABLE', 'The map changed while it was loading. Try again.');
  }
  return {
    xs: new Uint16Array(bytes, 0, papers),
    ys: new Uint16Array(bytes, 2 * papers, papers),
    years: new Uint16Array(bytes, 4 * papers, papers),
    clusterOf: new Uint8Array(bytes, 6 * papers, papers),
    venueOf: new Uint8Array(bytes, 7 * papers, papers),
  };
}

/** Loads the map. @throws ApiError, `NOT_FOUND` for an index without a map. */
export async function loadMap(signal: AbortSignal): Promise<MapData> {
  const [head, points] = await Promise.all([
    request<MapHead>('/map', { signal }),
    requestBytes('/map/points', { signal }),
  ]);
  const { snapshot, clusters, venues } = head;
  if (!points.etag.includes(snapshot)) {
    throw new ApiError('UNREADABLE', 'The map changed while it was loading. Try again.');
  }
  return { snapshot, clusters, venues, ...readColumns(points.bytes, head.papers) };
}
