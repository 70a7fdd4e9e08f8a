import { ERRORS, PaperSearchError } from '../../../errors.ts';

/** The error for parameters whose values are not allowed, in Semantic Scholar's words. */
export function unacceptable(name: string, value: unknown): PaperSearchError {
  return new PaperSearchError('BAD_REQUEST', `Unacceptable query params: [${name}=${String(value)}]`, {
    details: { parameter: name },
  });
}

/** The error for an unknown paper. */
export function paperNotFound(id: string): PaperSearchError {
  return new PaperSearchError('NOT_FOUND', `Paper with id ${id} not found`, { details: { id } });
}

/** The error for an unknown author. */
export function authorNotFound(id: string): PaperSearchError {
  return new PaperSearchError('NOT_FOUND', `Author with id ${id} not found`, { details: { id } });
}

/** An error in Semantic Scholar's format: a client's mistake as `error`, anything else as `message`. */
export function semanticScholarError({ code, message }: PaperSearchError): {
  readonly status: number;
  readonly body: { readonly error: string } | { readonly message: string };
} {
  const status: number = ERRORS[code].status;
  return { status, body: status >= 500 || status === 429 ? { message } : { error: message } };
}
