import { z } from 'zod';
import { notesOf } from '../exchange.ts';
import { json, type Operation, operation } from '../operation.ts';
import {
  CHANGE_ERRORS,
  OF_REVIEWS,
  READ_ERRORS,
  type ReviewContext,
  reviewerOf,
  reviewInPath,
} from '../reviewing.ts';
import { AgreementAnswer } from '../schemas/review-progress.ts';
import { RetrievedAnswer, ReviewedPaperAnswer, ReviewedPapers, Settlement } from '../schemas/screening.ts';
import { PaperParameters, RetrievedBody, SettlementBody } from '../schemas/screening-requests.ts';

/** What was decided about the papers of a review, and what reviewers decide together. */
export function reviewedPaperOperations({ authorize, reviews }: ReviewContext): Operation[] {
  const shared = { ...OF_REVIEWS, authorize, pathParameters: reviewInPath } as const;
  return [
    operation({
      ...shared,
      id: 'listReviewedPapers',
      method: 'get',
      path: '/reviews/{id}/papers',
      summary: 'Lists the papers of a review with their decisions',
      description:
        'You see the labels of others only on papers that all reviewers have decided. Conflicts are `standing=conflict`.',
      parameters: PaperParameters,
      responses: { 200: json(ReviewedPapers, 'A page of the papers.') },
      errors: READ_ERRORS,
      handle: async (_request, response, { path, query }) => {
        const { total, papers } = await reviews().papers(path.id, reviewerOf(response), query);
        response.json({ total, offset: query.offset, limit: query.limit, papers });
      },
    }),
    operation({
      ...shared,
      id: 'getReviewedPaper',
      method: 'get',
      path: '/reviews/{id}/papers/{paper}',
      summary: 'Returns a paper of a review with its decisions, its rank and the reasons of it',
      pathParameters: reviewInPath.extend({
        paper: z.string().describe('The id of the paper. Write a slash in it as `%2F`.'),
      }),
      responses: { 200: json(ReviewedPaperAnswer, 'The paper.') },
      errors: READ_ERRORS,
      handle: async (_request, response, { path }) => {
        response.json(await reviews().paper(path.id, path.paper, reviewerOf(response)));
      },
    }),
    operation({
      ...shared,
      id: 'settleConflict',
      method: 'post',
      path: '/reviews/{id}/settlements',
      summary: 'Settles a conflict about a paper',
      description: 'For a paper on which the reviewers disagree, or that is labelled `maybe`.',
      body: {
        kind: 'json',
        schema: SettlementBody,
        example: { paper: 'doi:10.1000/182', stage: 'abstract', decision: 'include' },
      },
      responses: { 200: json(Settlement, 'The decision.') },
      errors: CHANGE_ERRORS,
      handle: async (_request, response, { path, body }) => {
        response.json(await reviews().settle(path.id, body, reviewerOf(response)));
      },
    }),
    operation({
      ...shared,
      id: 'reportRetrieved',
      method: 'post',
      path: '/reviews/{id}/retrieved',
      summary: 'Records whether the full texts of papers could be had',
      body: {
        kind: 'json',
        schema: RetrievedBody,
        limit: 1024 * 1024,
        example: { papers: ['doi:10.1000/182'], retrieved: false },
      },
      responses: { 200: json(RetrievedAnswer, 'It was recorded.') },
      errors: CHANGE_ERRORS,
      handle: async (_request, response, { path, body: { papers, retrieved } }) => {
        await reviews().retrieved(path.id, papers, retrieved, reviewerOf(response));
        notesOf(response).papers = papers.length;
        response.json({ papers: papers.length });
      },
    }),
    operation({
      ...shared,
      id: 'getReviewerAgreement',
      method: 'get',
      path: '/reviews/{id}/agreement',
      summary: "Returns how far reviewers agree, with Cohen's kappa",
      description: 'Only papers count that both reviewers have decided.',
      responses: { 200: json(AgreementAnswer, 'Each pair of reviewers at each stage.') },
      errors: READ_ERRORS,
      handle: async (_request, response, { path }) => {
        response.json({ agreement: await reviews().agreement(path.id) });
      },
    }),
  ];
}
