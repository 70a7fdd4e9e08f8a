import type { ErrorRequestHandler, RequestHandler, Response } from 'express';
import { ERRORS, type ErrorCode, errorBody, messageOf, PaperSearchError } from '../../errors.ts';
import { notesOf } from './exchange.ts';

/** Logs an unexpected error and the id of the request. */
export type LogError = (error: unknown, requestId?: string) => void;

/** Seconds after which a retry may succeed. */
const RETRY_AFTER_SECONDS: Partial<Record<ErrorCode, number>> = {
  // Another ingest has the lock, or another server replaces this one.
  INDEX_LOCKED: 5,
  STOPPED: 5,
  // A cluster elects another manager and promotes replicas within about half a minute.
  CLUSTER_UNAVAILABLE: 10,
  // A full queue empties within seconds.
  OVERLOADED: 2,
  MODEL_UNAVAILABLE: 10,
  ENCODER_FAILED: 2,
};

/** Answers an unknown path with 404. */
export const notFound: RequestHandler = ({ baseUrl, path }) => {
  // In a sub-app, Express cuts the mount path off `path`.
  throw new PaperSearchError('NOT_FOUND', `There is no route ${baseUrl}${path}. GET / lists the routes.`);
};

/** Answers an unsupported method with 405, and OPTIONS with the supported ones. */
export function methodNotAllowed(allowed: readonly string[]): RequestHandler {
  return (request, response) => {
    response.set('Allow', allowed.join(', '));
    if (request.method === 'OPTIONS') {
      response.status(204).end();
      return;
    }
    throw new PaperSearchError(
      'METHOD_NOT_ALLOWED',
      `${request.method} is not supported here; use ${allowed.join(' or ')}.`,
    );
  };
}

/** Sends a thrown error as an `ErrorBody`. The details of an unexpected error are logged, not sent. */
export function errorHandler(log: LogError): ErrorRequestHandler {
  return (thrown, _request, response, next) => {
    const error = failureOf(thrown, response, log);
    if (response.headersSent) next(thrown);
    else response.status(ERRORS[error.code].status).json(errorBody(error));
  };
}

/** Converts a thrown value to a PaperSearchError and sets the headers of the error answer. */
export function failureOf(thrown: unknown, response: Response, log: LogError): PaperSearchError {
  const error = toPaperSearchError(thrown);
  if (error.code === 'INTERNAL') log(thrown, notesOf(response).requestId);
  if (response.headersSent) return error;
  // The headers of the successful answer do not apply.
  response.removeHeader('ETag');
  response.set('Cache-Control', 'no-store');
  const seconds = RETRY_AFTER_SECONDS[error.code];
  if (seconds !== undefined) response.set('Retry-After', String(seconds));
  return error;
}

/** Converts a thrown value to a PaperSearchError: INTERNAL for an unexpected one, without its message. */
function toPaperSearchError(thrown: unknown): PaperSearchError {
  if (thrown instanceof PaperSearchError) return thrown;
  // Express and its parsers report a client's mistake as a 4xx status.
  const status =
    typeof thrown === 'object' && thrown !== null && 'status' in thrown ? thrown.status : undefined;
  if (status === 413)
    return new PaperSearchError(
      'PAYLOAD_TOO_LARGE',
      'The request body is too large. Send less in one request.',
    );
  if (status === 415) return new PaperSearchError('UNSUPPORTED_MEDIA_TYPE', `${messageOf(thrown)}.`);
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return new PaperSearchError('BAD_REQUEST', messageOf(thrown));
  }
  return new PaperSearchError(
    'INTERNAL',
    'An unexpected error occurred in the server. Its log has the details.',
  );
}
