import { PaperSearchError } from '../../../errors.ts';

/** A request that the arXiv API refuses; its messages are those of the service where it has one. */
export function refusal(message: string): PaperSearchError {
  return new PaperSearchError('BAD_REQUEST', message);
}
