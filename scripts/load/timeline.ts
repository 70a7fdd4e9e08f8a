/** Times of `performance.now`, both included. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** When each snapshot may have answered. The same snapshot may come back later: the same papers make the same one. */
export class Timeline {
  readonly #spans: { readonly snapshot: string; readonly from: number; to: number }[];

  /** @param first current since before the first request. */
  constructor(first: string) {
    this.#spans = [{ snapshot: first, from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY }];
  }

  /**
   * Another snapshot has come into use. @param from when its change was sent. @param known when the change was
   * acknowledged: whoever asks later is not answered by the one before.
   */
  add(snapshot: string, from: number, known: number): void {
    this.#spans.at(-1)!.to = known;
    this.#spans.push({ snapshot, from, to: Number.POSITIVE_INFINITY });
  }

  /** Whether a snapshot may answer a request that was under way in this time. */
  mayAnswer(snapshot: string, { from, to }: Span): boolean {
    return this.#spans.some((span) => span.snapshot === snapshot && span.from <= to && from <= span.to);
  }

  get snapshots(): number {
    return this.#spans.length;
  }
}
