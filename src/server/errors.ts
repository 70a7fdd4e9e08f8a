import type { ErrorRequestHandler, RequestHandler } from 'express';
import { ERRORS, errorBody, messageOf, PaperSearchError } from '../errors.ts';

/** After so many seconds, an ingest that holds the index may have ended. */
const RETRY_AFTER_SECONDS = 5;

/** Answers a path that nothing serves. */
export const notFound: RequestHandler = ({ baseUrl, path }) => {
  // Below a path that Express was told of, `path` begins after it.
  throw new PaperSearchError(
    'NOT_FOUND',
    `There is nothing at ${baseUrl}${path}. GET / lists what there is.`,
  );
};

/** Answers a method that a path does not serve. */
export function methodNotAllowed(allowed: readonly string[]): RequestHandler {
  return (request, response) => {
    response.set('Allow', allowed.join(', '));
    throw new PaperSearchError(
      'METHOD_NOT_ALLOWED',
      `${request.method} is not served here; use ${allowed.join(' or ')}.`,
    );
  };
}

/** Turns whatever was thrown into an `ErrorBody`. Unexpected errors are told to `log`, not to the client. */
export function errorHandler(log: (error: unknown) => void): ErrorRequestHandler {
  return (thrown, _request, response, next) => {
    const error = toPaperSearchError(thrown);
    if (error.code === 'INTERNAL') log(thrown);
    if (response.headersSent) {
      next(thrown);
      return;
    }
    if (error.code === 'INDEX_LOCKED') response.set('Retry-After', String(RETRY_AFTER_SECONDS));
    response.status(ERRORS[error.code].status).json(errorBody(error));
  };
}

/** Whatever was thrown, as an error with a code: INTERNAL for what nobody expected, whose own message stays here. */
export function toPaperSearchError(thrown: unknown): PaperSearchError {
  if (thrown instanceof PaperSearchError) return thrown;
  // Express and its parsers mark what the client did wrong with a 4xx status.
  const status =
    typeof thrown === 'object' && thrown !== null && 'status' in thrown ? thrown.status : undefined;
  if (status === 413) return new PaperSearchError('PAYLOAD_TOO_LARGE', 'The request body is too large.');
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return new PaperSearchError('BAD_REQUEST', messageOf(thrown));
  }
  return new PaperSearchError('INTERNAL', 'The server met an unexpected error. Its log tells more.');
}
