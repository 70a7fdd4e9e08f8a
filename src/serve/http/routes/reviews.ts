import { PaperSearchError } from '../../../errors.ts';
import type { ReviewService } from '../../../review/service.ts';
import type { Authorize } from '../authorize.ts';
import { json, type Operation, operation } from '../operation.ts';
import {
  CHANGE_ERRORS,
  OF_REVIEWS,
  READ_ERRORS,
  type ReviewContext,
  reviewerOf,
  reviewInPath,
} from '../reviewing.ts';
import {
  NewReview,
  NewSource,
  PoolUpdate,
  Review,
  ReviewChange,
  ReviewList,
  ReviewRemoved,
} from '../schemas/reviews.ts';
import { reviewRecordOperations } from './review-records.ts';
import { reviewedPaperOperations } from './reviewed-papers.ts';
import { screeningOperations } from './screening.ts';

/**
 * Reviews that are kept on the server, for clients with a token that has the scope `review`.
 * @param kept if undefined, requests are refused.
 */
export function reviewOperations(kept: ReviewService | undefined, authorized: Authorize): Operation[] {
  const context: ReviewContext = {
    authorize: authorized('review'),
    reviews: () => {
      if (kept) return kept;
      throw new PaperSearchError('FORBIDDEN', 'This server keeps no reviews.');
    },
  };
  return [
    ...listOperations(context),
    ...protocolOperations(context),
    ...screeningOperations(context),
    ...reviewedPaperOperations(context),
    ...reviewRecordOperations(context),
  ];
}

const EXAMPLE_PROTOCOL = {
  question: 'Do language models improve by learning from their own answers?',
  include: [{ name: 'self-training' }],
  exclude: [{ name: 'no experiment' }],
  reviewersPerPaper: 2,
};

/** Reviews are listed and created. */
function listOperations({ authorize, reviews }: ReviewContext): Operation[] {
  return [
    operation({
      ...OF_REVIEWS,
      authorize,
      id: 'listReviews',
      method: 'get',
      path: '/reviews',
      summary: 'Lists the reviews',
      responses: { 200: json(ReviewList, 'The reviews in numbers.') },
      errors: ['UNAUTHORIZED', 'FORBIDDEN'],
      handle: async (_request, response) => {
        response.json({ reviews: await reviews().list() });
      },
    }),
    operation({
      ...OF_REVIEWS,
      authorize,
      id: 'createReview',
      method: 'post',
      path: '/reviews',
      summary: 'Creates a review and selects its papers',
      description:
        'The papers are copied, so that the review stays as it is when the index changes. The log of the review names the token of each request.',
      body: {
        kind: 'json',
        schema: NewReview,
        limit: MAX_PROTOCOL,
        example: { name: 'Self-improvement', protocol: EXAMPLE_PROTOCOL },
      },
      responses: { 201: json(Review, 'The review; its id is made of its name.') },
      errors: [...CHANGE_ERRORS, 'MODEL_UNAVAILABLE', 'ENCODER_FAILED'],
      handle: async (_request, response, { body }) => {
        response.status(201).json(await reviews().create(body, reviewerOf(response)));
      },
    }),
    operation({
      ...OF_REVIEWS,
      authorize,
      id: 'getReview',
      method: 'get',
      path: '/reviews/{id}',
      summary: 'Returns the protocol of a review and how its papers were selected',
      pathParameters: reviewInPath,
      responses: { 200: json(Review, 'The review.') },
      errors: READ_ERRORS,
      handle: async (_request, response, { path }) => {
        response.json(await reviews().read(path.id));
      },
    }),
  ];
}

/** Limit of a protocol in bytes: its texts may be long. */
const MAX_PROTOCOL = 1024 * 1024;

/** Reviews are changed and deleted. */
function protocolOperations({ authorize, reviews }: ReviewContext): Operation[] {
  const shared = { ...OF_REVIEWS, authorize, pathParameters: reviewInPath, errors: CHANGE_ERRORS } as const;
  return [
    operation({
      ...shared,
      id: 'changeReview',
      method: 'patch',
      path: '/reviews/{id}',
      summary: 'Changes the name or the protocol of a review',
      description: 'The id stays. The log keeps the protocol as it was.',
      body: {
        kind: 'json',
        schema: ReviewChange,
        limit: MAX_PROTOCOL,
        example: { exclude: [{ name: 'no experiment' }, { name: 'not a language model' }] },
      },
      responses: { 200: json(Review, 'The review.') },
      handle: async (_request, response, { path, body }) => {
        response.json(await reviews().amend(path.id, body, reviewerOf(response)));
      },
    }),
    operation({
      ...shared,
      id: 'deleteReview',
      method: 'delete',
      path: '/reviews/{id}',
      summary: 'Deletes a review',
      description: 'Its files stay in the folder of the index.',
      responses: { 200: json(ReviewRemoved, 'It was deleted.') },
      handle: async (_request, response, { path }) => {
        await reviews().remove(path.id, reviewerOf(response));
        response.json({ removed: path.id });
      },
    }),
    operation({
      ...shared,
      id: 'addReviewSource',
      method: 'post',
      path: '/reviews/{id}/sources',
      summary: 'Records a search in a database or elsewhere that found records of a review',
      body: {
        kind: 'json',
        schema: NewSource,
        limit: MAX_PROTOCOL,
        example: { name: 'PubMed', kind: 'database', query: 'self-training[tiab]', records: 131 },
      },
      responses: { 200: json(Review, 'The review.') },
      handle: async (_request, response, { path, body }) => {
        response.json(await reviews().addSource(path.id, body, reviewerOf(response)));
      },
    }),
    operation({
      ...shared,
      id: 'updateReviewPool',
      method: 'post',
      path: '/reviews/{id}/pool',
      summary: 'Selects the papers of a review from the index again',
      description:
        'New papers come in at their rank. Papers that the index no longer has, or that are not selected any more, are kept as removed, with their labels.',
      body: { kind: 'json', schema: PoolUpdate, optional: true, example: { query: 'self-improvement' } },
      responses: { 200: json(Review, 'The review.') },
      errors: [...CHANGE_ERRORS, 'MODEL_UNAVAILABLE', 'ENCODER_FAILED'],
      handle: async (_request, response, { path, body }) => {
        const request = Object.keys(body).length > 0 ? body : undefined;
        response.json(await reviews().updatePool(path.id, reviewerOf(response), request));
      },
    }),
  ];
}
