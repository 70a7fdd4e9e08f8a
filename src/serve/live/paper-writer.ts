import type { IdentifierSource } from '../../ingest/fetch/by-identifier.ts';
import type { FetchReport } from '../../ingest/fetch/fetch-pages.ts';
import type { IngestReport } from '../../ingest/report.ts';

/** Values for papers whose record has none. */
export interface WriteDefaults {
  readonly venue?: string | undefined;
  readonly year?: number | undefined;
}

/** Changes the papers of a served index. Only one change runs at a time; another one is refused with INDEX_LOCKED. */
export interface PaperWriter {
  /**
   * Adds or replaces papers. When it resolves, new requests see them.
   * @param papers the bytes of a file in a supported format, plain or gzipped; read to its end.
   * @throws PaperSearchError BAD_INPUT for an unknown format, INDEX_LOCKED while another ingest runs, STOPPED when the
   *   server stops, and what `ingest` throws. A record that cannot be read is in the report.
   */
  add(papers: AsyncIterable<Uint8Array>, defaults?: WriteDefaults): Promise<IngestReport>;
  /**
   * Removes papers. When it resolves, new requests do not see them.
   * @returns a report as JSON.
   * @throws PaperSearchError NOT_FOUND for an unknown id, and then nothing is removed; otherwise like `add`.
   */
  remove(ids: readonly string[]): Promise<unknown>;
}

/** What a service had of an identifier. */
export interface FetchOutcome {
  readonly fetched: readonly FetchReport[];
  /** Null where the service has no such paper. */
  readonly ingest: IngestReport | null;
}

/**
 * Fetches a paper from a service and adds it. When it resolves, new requests see it.
 * @throws PaperSearchError FETCH_FAILED where the service cannot be reached, FETCH_REFUSED where it does not answer,
 *   otherwise like `PaperWriter.add`.
 */
export type PaperFetcher = (source: IdentifierSource) => Promise<FetchOutcome>;
