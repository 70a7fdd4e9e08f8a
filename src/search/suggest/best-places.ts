import { TopDocuments } from '../../indexes/top-documents.ts';

/** The best of the places that are added, each counted once; of equally good ones the smaller is the better. */
export class BestPlaces {
  readonly #top: TopDocuments;
  readonly #added = new Set<number>();

  /** @param limit how many are wanted. */
  constructor(limit: number) {
    this.#top = new TopDocuments(limit);
  }

  /** A place of less worth is not among the best; -Infinity while there is room. */
  get threshold(): number {
    return this.#top.threshold;
  }

  /** @param worth the same one whenever the place is added. */
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
