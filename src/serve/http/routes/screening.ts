import { json, type Operation, operation } from '../operation.ts';
import { wholeNumber } from '../parameters.ts';
import {
  CHANGE_ERRORS,
  OF_REVIEWS,
  READ_ERRORS,
  type ReviewContext,
  reviewerOf,
  reviewInPath,
} from '../reviewing.ts';
import { Progress } from '../schemas/review-progress.ts';
import { LabelAnswer, MovedPapers, NextPapers, UndoneAnswer } from '../schemas/screening.ts';
import { LabelBody, NextParameters, UndoLabelBody } from '../schemas/screening-requests.ts';

/** Limit of a body in bytes: thousands of labels. */
const MAX_LABEL_BODY = 4 * 1024 * 1024;

/** What a reviewer does again and again: read the next paper, decide, take a decision back, see the progress. */
export function screeningOperations({ authorize, reviews }: ReviewContext): Operation[] {
  const shared = { ...OF_REVIEWS, authorize, pathParameters: reviewInPath } as const;
  return [
    operation({
      ...shared,
      id: 'nextPapers',
      method: 'get',
      path: '/reviews/{id}/next',
      summary: 'Returns the next papers for you to read, with the reasons of their ranks',
      description:
        'The reviewer is the name of the token. With one reviewer per paper, a paper that anyone has decided is not suggested again. With two, your suggestions come from your own labels alone.',
      parameters: NextParameters,
      responses: { 200: json(NextPapers, 'The papers, the next one first.') },
      errors: READ_ERRORS,
      handle: async (_request, response, { path, query }) => {
        response.json({ papers: await reviews().next(path.id, reviewerOf(response), query) });
      },
    }),
    operation({
      ...shared,
      id: 'labelPapers',
      method: 'post',
      path: '/reviews/{id}/labels',
      summary: 'Decides about one paper or many',
      description:
        'The other papers are ranked again after each label. With one label, the answer has what it moved and the next paper. An unknown paper is an error that names every one, and nothing is written.',
      body: {
        kind: 'json',
        schema: LabelBody,
        limit: MAX_LABEL_BODY,
        example: { paper: 'doi:10.1000/182', decision: 'include', reasons: ['self-training'], rank: 1 },
      },
      responses: { 200: json(LabelAnswer, 'What was written, and the progress.') },
      errors: CHANGE_ERRORS,
      handle: async (_request, response, { path, body: { labels, paper, decision, ...rest } }) => {
        const by = reviewerOf(response);
        if (labels) {
          response.json(await reviews().labelAll(path.id, labels, by));
          return;
        }
        // The schema requires both where there is no list.
        const label = { ...rest, paper: paper!, decision: decision! };
        const labelled = await reviews().label(path.id, label, by);
        response.json({ ...labelled, labels: [labelled.label] });
      },
    }),
    operation({
      ...shared,
      id: 'undoLabel',
      method: 'post',
      path: '/reviews/{id}/undo',
      summary: 'Takes back your last label, or one of your labels by its number',
      description: 'Ranks are then as if the label had not been. The log keeps both.',
      body: { kind: 'json', schema: UndoLabelBody, optional: true },
      responses: { 200: json(UndoneAnswer, 'The label, and the next paper.') },
      errors: CHANGE_ERRORS,
      handle: async (_request, response, { path, body }) => {
        response.json(await reviews().undo(path.id, reviewerOf(response), body.number));
      },
    }),
    operation({
      ...shared,
      id: 'getReviewProgress',
      method: 'get',
      path: '/reviews/{id}/progress',
      summary: 'Returns how far a review has come, with the estimated recall',
      responses: { 200: json(Progress, 'The progress of the review, and your own.') },
      errors: READ_ERRORS,
      handle: async (_request, response, { path }) => {
        response.json(await reviews().progress(path.id, reviewerOf(response)));
      },
    }),
    operation({
      ...shared,
      id: 'getMovedPapers',
      method: 'get',
      path: '/reviews/{id}/labels/{number}/moved',
      summary: 'Returns the papers whose rank one of your labels changed',
      pathParameters: reviewInPath.extend({
        number: wholeNumber(1, 9_999_999_999).describe('The number of the label.'),
      }),
      responses: { 200: json(MovedPapers, 'The papers, at most 20.') },
      errors: READ_ERRORS,
      handle: async (_request, response, { path }) => {
        response.json({ moved: await reviews().moved(path.id, path.number, reviewerOf(response)) });
      },
    }),
  ];
}
