/** A list of hits as it was shown when one of them was opened. */
export interface OpenedList {
  /** Path and query of the search. */
  readonly url: string;
  /** Ids of its papers, in the order of the list. */
  readonly ids: readonly string[];
}

/** The place of a paper in the list that it was opened from. */
export interface PlaceInList {
  /** Path and query of the search. */
  readonly url: string;
  /** Position in the list, from 1. */
  readonly place: number;
  readonly count: number;
  /** Ids of the neighbours; undefined at the ends. */
  readonly previous: string | undefined;
  readonly next: string | undefined;
}

/** Where a paper is in a list. @returns undefined if the list does not contain it. */
export function placeIn(list: OpenedList | undefined, id: string): PlaceInList | undefined {
  const at = list?.ids.indexOf(id) ?? -1;
  if (!list || at < 0) return undefined;
  const { url, ids } = list;
  return { url, place: at + 1, count: ids.length, previous: ids[at - 1], next: ids[at + 1] };
}
