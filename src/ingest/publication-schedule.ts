/** Publications take at most this share of the time. */
const MAX_BUSY = 1 / 10;
/** The least time between two of them (milliseconds): whoever serves the index opens each. */
const MIN_PAUSE_MS = 10_000;
/** A publication is worth it when so large a share of the papers has got a vector since the last one. */
const SHARE = 1 / 4;

/** How far an ingest is, and what is published of it. */
export interface PublicationState {
  /** Texts of papers that were to be encoded, and those that are encoded now and were when the last snapshot was published. */
  readonly total: number;
  readonly encoded: number;
  readonly published: number;
  /** Time since that publication ended, and what it took (milliseconds). */
  readonly sinceMs: number;
  readonly tookMs: number;
}

/**
 * Whether to publish the vectors that have arrived: when a quarter of all, or as many as were published before, are new, or
 * the last one, and publications do not take more than a tenth of the time. So a few snapshots are published, the first ones
 * soon, however many papers there are.
 */
export function isDue({ total, encoded, published, sinceMs, tookMs }: PublicationState): boolean {
  const fresh = encoded - published;
  const isMuch = fresh >= SHARE * total || fresh >= published || encoded === total;
  return fresh > 0 && isMuch && sinceMs >= Math.max(MIN_PAUSE_MS, tookMs * (1 / MAX_BUSY - 1));
}
