/** Times of `performance.now`, both inclusive. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** When each snapshot may have answered. A snapshot may become current again: the same papers make the same one. */
export class Timeline {
  readonly #spans: { readonly snapshot: string; readonly from: number; to: number }[];

  /** @param first current since before the first request. */
  constructor(first: string) {
    this.#spans = [{ snapshot: first, from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY }];
  }

  /**
   * Records a new current snapshot. @param from when its change was sent. @param known when the change was acknowledged:
   * later requests must not be answered by the previous snapshot.
   */
  add(snapshot: string, from: number, known: number): void {
    this.#spans.at(-1)!.to = known;
    this.#spans.push({ snapshot, from, to: Number.POSITIVE_INFINITY });
  }

  /** Whether a snapshot may answer a request that ran in this time. */
  mayAnswer(snapshot: string, { from, to }: Span): boolean {
    return this.#spans.some((span) => span.snapshot === snapshot && span.from <= to && from <= span.to);
  }

  get snapshots(): number {
    return this.#spans.length;
  }
}
