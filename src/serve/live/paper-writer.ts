import type { IngestReport } from '../../ingest/report.ts';

/** Facts of papers whose record names none. */
export interface WriteDefaults {
  readonly venue?: string | undefined;
  readonly year?: number | undefined;
}

/** What changes the papers of a served index. One change at a time: another one is refused with INDEX_LOCKED. */
export interface PaperWriter {
  /**
   * Adds or replaces papers. When this resolves, requests are answered with them.
   * @param papers the bytes of a file of any format that is known, plain or gzipped; read to its end.
   * @throws PaperSearchError BAD_INPUT for an unknown format, INDEX_LOCKED while another ingest runs, STOPPED when the
   *   server stops, and what else `ingest` throws. A record that cannot be read is part of the report.
   */
  add(papers: AsyncIterable<Uint8Array>, defaults?: WriteDefaults): Promise<IngestReport>;
  /**
   * Removes papers. When this resolves, requests are answered without them.
   * @returns a report as JSON. @throws PaperSearchError NOT_FOUND for an unknown id, and then nothing goes; else as `add`.
   */
  remove(ids: readonly string[]): Promise<unknown>;
}
