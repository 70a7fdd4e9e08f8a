import { z } from 'zod';
import { STAGES } from '../../../review/review.ts';

/* How far a review has come, and how its reviewers agree: schemas of types in src/review/service.ts. */

const count = z.int().min(0);
const share = z.number().min(0).max(1);

const StageCounts = z
  .object({
    papers: count,
    unread: count,
    partly: count.describe('Papers that some reviewer has still to read.'),
    conflicts: count,
    included: count,
    excluded: count,
  })
  .meta({ id: 'StageCounts' });

/** The schema of `RecallEstimate` in src/review/stop/estimate.ts. */
export const RecallEstimate = z
  .object({
    found: count,
    screened: count,
    poolSize: count,
    target: share,
    recall: share.describe('Estimated share of the relevant papers that were found.'),
    low: share.describe('Lower end of its 95 % interval.'),
    high: share,
    unseen: z
      .object({ estimate: z.number().min(0), low: z.number().min(0), high: z.number().min(0) })
      .describe('Relevant papers that were not read yet.'),
    workLeft: z
      .number()
      .min(0)
      .optional()
      .describe('Papers still to read until the target. Absent where nothing can be said.'),
    rules: z.array(
      z.object({
        name: z.string(),
        stop: z.boolean(),
        risk: share.optional().describe('Probability that the recall is below the target.'),
        says: z.string(),
      }),
    ),
  })
  .meta({ id: 'RecallEstimate', description: 'The estimated recall, and what stopping rules say.' });

const NO_PAPERS = { papers: 0, unread: 0, partly: 0, conflicts: 0, included: 0, excluded: 0 };
export const EXAMPLE_PROGRESS = {
  abstract: { ...NO_PAPERS, papers: 120, unread: 119, included: 1 },
  fullText: { ...NO_PAPERS, papers: 1, unread: 1 },
  own: { read: 1, included: 1, maybe: 0 },
  recall: {
    found: 1,
    screened: 1,
    poolSize: 120,
    target: 0.95,
    recall: 0.1,
    low: 0.01,
    high: 1,
    unseen: { estimate: 9, low: 0, high: 99 },
    rules: [{ name: 'hypergeometric', stop: false, risk: 1, says: 'Too few papers were read.' }],
  },
  curve: [{ screened: 1, found: 1, recall: 0.1, low: 0.01, high: 1 }],
};

/** The schema of `Progress` in src/review/service.ts. */
export const Progress = z
  .object({
    abstract: StageCounts,
    fullText: StageCounts,
    own: z.object({ read: count, included: count, maybe: count }).describe('What you have read.'),
    recall: RecallEstimate,
    curve: z
      .array(z.object({ screened: count, found: count, recall: share, low: share, high: share }))
      .describe('The estimate after some of the labels, at most about 100 points.'),
  })
  .meta({ id: 'ReviewProgress', examples: [EXAMPLE_PROGRESS] });

/** The schema of the answer of `ReviewService.agreement`. */
export const AgreementAnswer = z
  .object({
    agreement: z.array(
      z.object({
        stage: z.enum(STAGES),
        reviewers: z.array(z.string()).length(2),
        agreement: z.object({
          papers: count.describe('Papers that both have decided.'),
          table: z
            .array(z.array(count))
            .describe('Rows: include, exclude, maybe of the first reviewer; columns: of the second.'),
          observed: share.describe('Share of papers with the same decision.'),
          kappa: z.number().optional().describe("Cohen's kappa. Absent where it is not defined."),
          low: z.number().optional().describe('Lower end of its 95 % interval.'),
          high: z.number().optional(),
        }),
      }),
    ),
  })
  .meta({
    id: 'ReviewAgreement',
    examples: [
      {
        agreement: [
          {
            stage: 'abstract',
            reviewers: ['ada', 'grace'],
            agreement: {
              papers: 20,
              table: [
                [5, 1, 0],
                [0, 14, 0],
                [0, 0, 0],
              ],
              observed: 0.95,
              kappa: 0.875,
              low: 0.64,
              high: 1,
            },
          },
        ],
      },
    ],
  });

/** The schema of `Replay` in src/review/service.ts. */
export const ReplayAnswer = z
  .object({
    steps: z.array(
      z.object({
        number: count.describe('Number of the label.'),
        paper: z.string(),
        recorded: z.int().min(1).optional().describe('The rank in the log.'),
        computed: z.int().min(1).optional().describe('The rank that this server computes.'),
        order: z.string().describe('SHA-256 of the whole order before this label.'),
      }),
    ),
    same: z.boolean().describe('Whether every recorded rank is the computed one.'),
    digest: z.string().describe('SHA-256 of all steps, equal on every machine.'),
  })
  .meta({
    id: 'ReviewReplay',
    examples: [
      {
        steps: [{ number: 3, paper: 'doi:10.1000/182', recorded: 1, computed: 1, order: '9f86d081884c7d65' }],
        same: true,
        digest: '60303ae22b998861',
      },
    ],
  });
