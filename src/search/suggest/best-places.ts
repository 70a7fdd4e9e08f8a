import { TopDocuments } from '../../indexes/top-documents.ts';

/** The best of the indexes that are added, each counted once; of equally good ones, the smaller index is better. */
export class BestPlaces {
  readonly #top: TopDocuments;
  readonly #added = new Set<number>();

  /** @param limit how many to keep. */
  constructor(limit: number) {
    this.#top = new TopDocuments(limit);
  }

  /** An index with a lower worth is not among the best; -Infinity while there is room. */
  get threshold(): number {
    return this.#top.threshold;
  }

  /** @param worth must be the same each time the index is added. */
  add(place: number, worth: number): void {
    if (worth < this.#top.threshold || this.#added.has(place)) return;
    this.#added.add(place);
    this.#top.add(place, worth);
  }

  /** Best first. */
  ranked(): number[] {
    return this.#top.ranked().map(({ doc }) => doc);
  }
}
