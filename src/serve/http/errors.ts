import type { ErrorRequestHandler, RequestHandler, Response } from 'express';
import { ERRORS, type ErrorCode, errorBody, messageOf, PaperSearchError } from '../../errors.ts';
import { notesOf } from './exchange.ts';

/** Told of an error that is nobody's request's fault, and of the id of the request that met it. */
export type LogError = (error: unknown, requestId?: string) => void;

/** After so many seconds, what is in the way may be over. */
const RETRY_AFTER_SECONDS: Partial<Record<ErrorCode, number>> = {
  // An ingest that holds the index, another server in this one's place.
  INDEX_LOCKED: 5,
  STOPPED: 5,
  // A queue that is full is worked off in seconds.
  OVERLOADED: 2,
  MODEL_UNAVAILABLE: 10,
  ENCODER_FAILED: 2,
};

/** Answers a path that nothing serves. */
export const notFound: RequestHandler = ({ baseUrl, path }) => {
  // Below a path that Express was told of, `path` begins after it.
  throw new PaperSearchError(
    'NOT_FOUND',
    `There is nothing at ${baseUrl}${path}. GET / lists what there is.`,
  );
};

/** Answers a method that a path does not serve, and OPTIONS with those that it does. */
export function methodNotAllowed(allowed: readonly string[]): RequestHandler {
  return (request, response) => {
    response.set('Allow', allowed.join(', '));
    if (request.method === 'OPTIONS') {
      response.status(204).end();
      return;
    }
    throw new PaperSearchError(
      'METHOD_NOT_ALLOWED',
      `${request.method} is not served here; use ${allowed.join(' or ')}.`,
    );
  };
}

/** Turns whatever was thrown into an `ErrorBody`. Unexpected errors are told to `log`, not to the client. */
export function errorHandler(log: LogError): ErrorRequestHandler {
  return (thrown, _request, response, next) => {
    const error = failureOf(thrown, response, log);
    if (response.headersSent) next(thrown);
    else response.status(ERRORS[error.code].status).json(errorBody(error));
  };
}

/** Whatever was thrown as an error with a code, and the headers that belong to it on the answer. */
export function failureOf(thrown: unknown, response: Response, log: LogError): PaperSearchError {
  const error = toPaperSearchError(thrown);
  if (error.code === 'INTERNAL') log(thrown, notesOf(response).requestId);
  if (response.headersSent) return error;
  // What was said of the good answer does not hold for this one.
  response.removeHeader('ETag');
  response.set('Cache-Control', 'no-store');
  const seconds = RETRY_AFTER_SECONDS[error.code];
  if (seconds !== undefined) response.set('Retry-After', String(seconds));
  return error;
}

/** Whatever was thrown, as an error with a code: INTERNAL for what nobody expected, whose own message stays here. */
function toPaperSearchError(thrown: unknown): PaperSearchError {
  if (thrown instanceof PaperSearchError) return thrown;
  // Express and its parsers mark what the client did wrong with a 4xx status.
  const status =
    typeof thrown === 'object' && thrown !== null && 'status' in thrown ? thrown.status : undefined;
  if (status === 413) return new PaperSearchError('PAYLOAD_TOO_LARGE', 'The request body is too large.');
  if (status === 415) return new PaperSearchError('UNSUPPORTED_MEDIA_TYPE', `${messageOf(thrown)}.`);
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return new PaperSearchError('BAD_REQUEST', messageOf(thrown));
  }
  return new PaperSearchError('INTERNAL', 'The server met an unexpected error. Its log tells more.');
}
