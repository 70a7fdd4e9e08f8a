import { PaperSearchError } from '../../errors.ts';
import { REBUILD } from './manifest.ts';

/** The error for a damaged file of an index: names it and says what to run. */
export function corrupt(file: string, reason: string, cause?: Error): PaperSearchError {
  return new PaperSearchError('INDEX_CORRUPT', `The index is damaged: ${file}: ${reason}. ${REBUILD}`, {
    details: { file },
    cause,
  });
}
