import type { ErrorRequestHandler, Request, Response } from 'express';
import { z } from 'zod';
import { PaperSearchError } from '../../../errors.ts';
import { semanticScholarError } from '../../compat/semantic-scholar/errors.ts';
import { failureOf, type LogError } from '../errors.ts';
import { json, type Operation, type ResponseDescription } from '../operation.ts';
import { SemanticScholarError, SemanticScholarMessage } from './schemas.ts';

/** Largest answer, in characters of JSON: 10 MB, as there. */
const MAX_ANSWER = 10_000_000;

/** What all operations of this API have in common. */
export const COMMON = {
  mount: 'as-is',
  tag: 'Semantic Scholar',
  unknown: 'ignore',
  onError: answerError,
} as const satisfies Partial<Operation>;

/** The answers of an operation: the good one with its example, and those for failures. */
export function answers(
  schema: z.ZodType,
  description: string,
  example: unknown,
): Record<number | 'default', ResponseDescription> {
  return {
    200: json(schema, description, example),
    400: json(SemanticScholarError, 'A parameter that is not allowed.', {
      error: 'Unrecognized or unsupported fields: [colour]',
    }),
    404: json(SemanticScholarError, 'Nothing is known by that id.', {
      error: 'Paper with id DOI:10.1000/183 not found',
    }),
    default: json(z.union([SemanticScholarError, SemanticScholarMessage]), 'Any other failure.', {
      message: 'The server met an unexpected error. Its log tells more.',
    }),
  };
}

/** Answers with JSON. @throws PaperSearchError BAD_REQUEST for more than 10 MB of it. */
export function send(response: Response, body: unknown): void {
  const text = JSON.stringify(body);
  if (text.length > MAX_ANSWER) {
    throw new PaperSearchError(
      'BAD_REQUEST',
      'Response would exceed maximum size: ask for fewer papers or fewer fields.',
    );
  }
  response.type('application/json').send(text);
}

/** Where the API stands. */
export const SEMANTIC_SCHOLAR_PATHS = ['/graph/v1', '/recommendations/v1'];

/** Answers what goes wrong below those paths outside of all operations: what is not there, too many requests. */
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

/** A value of the URL that does not fit is named as that API names it. */
function inTheirWords(error: PaperSearchError, { query }: Request): PaperSearchError {
  const issues = error.details?.issues as readonly { readonly parameter: string }[] | undefined;
  const named = issues?.filter(({ parameter }) => query[parameter] !== undefined) ?? [];
  if (named.length === 0) return error;
  const values = named.map(({ parameter }) => `${parameter}=${String(query[parameter])}`);
  return new PaperSearchError('BAD_REQUEST', `Unacceptable query params: [${values.join(', ')}]`);
}
