import { PaperSearchError } from '../errors.ts';
import type { Span } from '../text/span.ts';

/** The error for a query that cannot be parsed, with its place. */
export function refusal(message: string, span: Span): PaperSearchError {
  return new PaperSearchError('BAD_REQUEST', `The query at character ${span.start + 1}: ${message}`, {
    details: { parameter: 'q', span },
  });
}
