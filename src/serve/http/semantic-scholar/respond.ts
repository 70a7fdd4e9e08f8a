import type { ErrorRequestHandler, Request, Response } from 'express';
import { z } from 'zod';
import { PaperSearchError } from '../../../errors.ts';
import { semanticScholarError } from '../../compat/semantic-scholar/errors.ts';
import { failureOf, type LogError } from '../errors.ts';
import { json, type Operation, type ResponseDescription } from '../operation.ts';
import { SemanticScholarError, SemanticScholarMessage } from './schemas.ts';

/** Maximum size of an answer in characters of JSON: 10 MB, as in the original. */
const MAX_ANSWER = 10_000_000;

/** The common part of all operations of this API. */
export const COMMON = {
  mount: 'as-is',
  tag: 'Semantic Scholar',
  unknown: 'ignore',
  onError: answerError,
} as const satisfies Partial<Operation>;

/** The answers of an operation: success with an example, and errors. */
export function answers(
  schema: z.ZodType,
  description: string,
  example: unknown,
): Record<number | 'default', ResponseDescription> {
  return {
    200: json(schema, description, example),
    400: json(SemanticScholarError, 'A parameter is not allowed.', {
      error: 'Unrecognized or unsupported fields: [colour]',
    }),
    404: json(SemanticScholarError, 'The id is unknown.', {
      error: 'Paper with id DOI:10.1000/183 not found',
    }),
    default: json(z.union([SemanticScholarError, SemanticScholarMessage]), 'Another error.', {
      message: 'An unexpected error occurred in the server. Its log has the details.',
    }),
  };
}

/** Answers with JSON. @throws PaperSearchError BAD_REQUEST for more than 10 MB. */
export function send(response: Response, body: unknown): void {
  const text = JSON.stringify(body);
  if (text.length > MAX_ANSWER) {
    throw new PaperSearchError(
      'BAD_REQUEST',
      'Response would exceed maximum size. Request fewer papers or fields.',
    );
  }
  response.type('application/json').send(text);
}

/** The paths of the API. */
export const SEMANTIC_SCHOLAR_PATHS = ['/graph/v1', '/recommendations/v1'];

/** Answers errors below those paths outside operations: unknown paths, too many requests. */
export function semanticScholarErrors(log: LogError): ErrorRequestHandler {
  return (thrown, request, response, next) => {
    const error = failureOf(thrown, response, log);
    if (response.headersSent) next(thrown);
    else answerError(error, request, response);
  };
}

function answerError(error: PaperSearchError, request: Request, response: Response): void {
  const { status, body } = semanticScholarError(inTheirWords(error, request));
  response.status(status).json(body);
}

/** An invalid value in the URL is reported in that API's words. */
function inTheirWords(error: PaperSearchError, { query }: Request): PaperSearchError {
  const issues = error.details?.issues as readonly { readonly parameter: string }[] | undefined;
  const named = issues?.filter(({ parameter }) => query[parameter] !== undefined) ?? [];
  if (named.length === 0) return error;
  const values = named.map(({ parameter }) => `${parameter}=${String(query[parameter])}`);
  return new PaperSearchError('BAD_REQUEST', `Unacceptable query params: [${values.join(', ')}]`);
}
