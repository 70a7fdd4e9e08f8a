import { json, type Operation, operation } from '../operation.ts';
import { OF_REVIEWS, READ_ERRORS, type ReviewContext, reviewInPath } from '../reviewing.ts';
import { ReplayAnswer } from '../schemas/review-progress.ts';

/** A review as files: PRISMA diagrams and search logs, exports and imports, and the replay of its log. */
export function reviewRecordOperations({ authorize, reviews }: ReviewContext): Operation[] {
  const shared = { ...OF_REVIEWS, authorize, pathParameters: reviewInPath } as const;
  return [
    operation({
      ...shared,
      id: 'replayReview',
      method: 'get',
      path: '/reviews/{id}/replay',
      summary: 'Ranks the papers of a review again as at each label, and compares the ranks with the log',
      description: 'Takes about as long as the reviewers waited for all their rankings.',
      responses: { 200: json(ReplayAnswer, 'Every label, and whether all ranks are the same.') },
      errors: READ_ERRORS,
      handle: async (_request, response, { path }) => {
        response.json(await reviews().replay(path.id));
      },
    }),
  ];
}
