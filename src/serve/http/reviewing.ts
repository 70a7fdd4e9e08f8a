import type { RequestHandler, Response } from 'express';
import { z } from 'zod';
import { type ErrorCode, PaperSearchError } from '../../errors.ts';
import type { Reviewer, ReviewService } from '../../review/service.ts';
import { grantOf } from './authorize.ts';

/** What operations on reviews share. */
export interface ReviewContext {
  /** Lets only clients through that may read and change reviews. */
  readonly authorize: RequestHandler;
  /** The service. @throws PaperSearchError FORBIDDEN where no reviews are kept. */
  readonly reviews: () => ReviewService;
}

/**
 * Who judges papers, as the log of a review says it: the name of the token.
 * @throws PaperSearchError UNAUTHORIZED for a request without one, which `authorize` lets through nowhere.
 */
export function reviewerOf(response: Response): Reviewer {
  const grant = grantOf(response);
  if (grant) return { name: grant.name };
  throw new PaperSearchError('UNAUTHORIZED', 'Reviews need a token: its name is the name of the reviewer.');
}

/** Errors of operations that read a review, and of those that change one. */
export const READ_ERRORS = [
  'UNAUTHORIZED',
  'FORBIDDEN',
  'NOT_FOUND',
  'INDEX_CORRUPT',
] as const satisfies ErrorCode[];
export const CHANGE_ERRORS = [
  ...READ_ERRORS,
  'CONFLICT',
  'INDEX_LOCKED',
  'INDEX_UNWRITABLE',
] as const satisfies ErrorCode[];

/** What all operations on reviews declare. They hold no snapshot: a review has its own copy of its papers. */
export const OF_REVIEWS = { mount: 'v1', tag: 'Reviews', validFor: 'never', needs: 'nothing' } as const;

export const reviewInPath = z.object({ id: z.string().describe('The id of the review.') });
