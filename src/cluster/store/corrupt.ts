import { PaperSearchError } from '../../errors.ts';

/** A document that this program did not write this way. @param part that is missing or damaged. */
export function corrupt(part: string, cause?: unknown): PaperSearchError {
  return new PaperSearchError(
    'INDEX_CORRUPT',
    `A document of the cluster has no "${part}" that this program can read. Ingest the papers into a new corpus.`,
    { details: { part }, cause },
  );
}
