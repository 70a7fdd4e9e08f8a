import { PaperSearchError } from '../../../errors.ts';

/** An error of the arXiv API. Messages are those of the service where it has one. */
export function badRequest(message: string): PaperSearchError {
  return new PaperSearchError('BAD_REQUEST', message);
}
