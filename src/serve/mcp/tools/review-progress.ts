import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { z } from 'zod';
import { STAGES } from '../../../review/review.ts';
import type { Reviewer, ReviewService } from '../../../review/service.ts';
import { visibleTexts } from '../../../text/visible-text.ts';
import { UNTRUSTED_TEXT } from '../instructions.ts';
import { inputObject } from '../lenient.ts';
import { answerOf, READS_ONLY, runChange, type Service } from '../result.ts';
import { agentOf, reviewInput, SCOPE } from '../reviewer.ts';

/** Conflicts of a stage that are listed. */
const MAX_CONFLICTS = 20;

const count = z.number().int();

const StageCounts = z.object({
  papers: count,
  unread: count,
  partly: count.describe('Papers that a reviewer has still to read.'),
  conflicts: count,
  included: count,
  excluded: count,
});

/** Adds the tool `review_progress`. */
export function addReviewProgress(server: McpServer, service: Service, reviews: ReviewService): void {
  server.registerTool(
    'review_progress',
    {
      title: 'See how far a review has come',
      description: `Returns counts of both stages, the estimated recall with its 95 % interval, what stopping rules say, conflicts that a person has to settle, and the agreement of reviewers. ${UNTRUSTED_TEXT}`,
      inputSchema: inputObject({ review: reviewInput }),
      outputSchema: z.object({
        abstract: StageCounts,
        fullText: StageCounts,
        own: z.object({ read: count, included: count, maybe: count }).describe('What you have decided.'),
        recall: z.object({
          estimate: z.number().describe('Share of the relevant papers that were found, 0 to 1.'),
          low: z.number().describe('Lower end of the 95 % interval.'),
          high: z.number(),
          target: z.number(),
          unseen: z.number().describe('Relevant papers that were not read yet, estimated.'),
          workLeft: z.number().optional().describe('Papers still to read until the target, estimated.'),
        }),
        rules: z.array(
          z.object({ name: z.string(), stop: z.boolean(), risk: z.number().optional(), says: z.string() }),
        ),
        conflicts: z
          .array(z.object({ id: z.string(), title: z.string(), stage: z.enum(STAGES) }))
          .describe(`At most ${MAX_CONFLICTS} papers of each stage.`),
        agreement: z.array(
          z.object({
            stage: z.enum(STAGES),
            reviewers: z.array(z.string()),
            papers: count.describe('Papers that both have decided.'),
            observed: z.number().describe('Share of papers with the same decision.'),
            kappa: z.number().optional().describe("Cohen's kappa."),
            kappaLow: z.number().optional().describe('Lower end of its 95 % interval.'),
            kappaHigh: z.number().optional(),
          }),
        ),
      }),
      annotations: READS_ONLY,
    },
    ({ review }) =>
      runChange(service, { scope: SCOPE, tool: 'review_progress', isReading: true }, async ({ by }) => {
        const reviewer = agentOf(server, by);
        const { abstract, fullText, own, recall } = await reviews.progress(review, reviewer);
        const { recall: estimate, low, high, target, unseen, workLeft } = recall;
        return answerOf(
          visibleTexts({
            abstract: { ...abstract },
            fullText: { ...fullText },
            own: { ...own },
            recall: {
              estimate,
              low,
              high,
              target,
              unseen: unseen.estimate,
              ...(workLeft !== undefined && { workLeft }),
            },
            rules: recall.rules.map((rule) => ({ ...rule })),
            conflicts: await conflictsOf(reviews, review, reviewer),
            agreement: await agreementsOf(reviews, review),
          }),
        );
      }),
  );
}

async function conflictsOf(reviews: ReviewService, review: string, by: Reviewer) {
  const listed = await Promise.all(
    STAGES.map(async (stage) => {
      const query = { stage, standing: 'conflict', limit: MAX_CONFLICTS } as const;
      const { papers } = await reviews.papers(review, by, query);
      return papers.map(({ paper: { id, title } }) => ({ id, title, stage }));
    }),
  );
  return listed.flat();
}

async function agreementsOf(reviews: ReviewService, review: string) {
  return (await reviews.agreement(review)).map(({ stage, reviewers, agreement }) => {
    const { papers, observed, kappa, low, high } = agreement;
    return {
      stage,
      reviewers: [...reviewers],
      papers,
      observed,
      ...(kappa !== undefined && { kappa }),
      ...(low !== undefined && { kappaLow: low }),
      ...(high !== undefined && { kappaHigh: high }),
    };
  });
}
