/** Finds the documents that are visited in every one of several rounds. */
export class RoundCounter {
  /** Rounds in a row, from the first, in which each document was visited. */
  readonly #rounds: Uint16Array;
  #round = 0;

  /** @param documents in all. */
  constructor(documents: number) {
    this.#rounds = new Uint16Array(documents);
  }

  /** Visits a document in this round; once or more often. */
  readonly visit = (doc: number): void => {
    if (this.#rounds[doc] === this.#round) this.#rounds[doc] = this.#round + 1;
  };

  /** Begins the next round. */
  next(): void {
    this.#round++;
  }

  /** Whether a document was visited in every round that has ended. */
  readonly has = (doc: number): boolean => this.#rounds[doc] === this.#round;

  /** Calls back for each such document, ascending. */
  each(visit: (doc: number) => void): void {
    for (let doc = 0; doc < this.#rounds.length; doc++) if (this.has(doc)) visit(doc);
  }
}
