import { z } from 'zod';
import {
  CHOSEN_BY,
  DECISIONS,
  type Label,
  type Reasons,
  type ReviewedPaper,
  STAGES,
  STANDINGS,
  type Suggestion,
} from '../../review/review.ts';
import type { Progress } from '../../review/service.ts';
import { visibleText, visibleTexts } from '../../text/visible-text.ts';
import { PaperView, viewOf } from './paper-view.ts';

/* What a model sees of a review. Weights and similarities are rounded: their order is what counts. */

const count = z.number().int();
const share = z.number();

/** Terms and similar papers that are listed as reasons. */
const MAX_TERMS = 10;
const MAX_NEAREST = 5;

const reasonsOutput = {
  terms: z
    .array(z.object({ term: z.string(), weight: share }))
    .describe(
      'Terms that decide its rank, the strongest first: above 0 for including, below 0 for excluding.',
    ),
  nearest: z
    .array(z.object({ id: z.string(), title: z.string(), included: z.boolean(), similarity: share }))
    .describe('The most similar papers that were decided.'),
};

const LabelView = z.object({
  number: count,
  stage: z.enum(STAGES),
  decision: z.enum(DECISIONS),
  reasons: z.array(z.string()).describe('Names of criteria.'),
  note: z.string(),
  by: z.string(),
  agent: z.boolean(),
  at: z.string(),
  chosenBy: z.enum(CHOSEN_BY),
});

/** A paper to read next. */
export const SuggestedPaper = PaperView.extend({
  stage: z.enum(STAGES),
  rank: count,
  chosenBy: z.enum(['rank', 'random']).describe('random: drawn to estimate what was missed.'),
  model: z.string().describe('Pass it to review_label.'),
  ...reasonsOutput,
  ownLabel: LabelView.optional().describe('Your own earlier decision.'),
});

/** How far a review has come, in short. */
export const ShortProgress = z.object({
  unread: count.describe('Papers that no one has read, at this stage.'),
  included: count,
  conflicts: count,
  ownRead: count.describe('Papers that you have decided.'),
  recall: share.describe('Estimated share of the relevant papers that were found, 0 to 1.'),
  recallLow: share.describe('Lower end of its 95 % interval.'),
  recallHigh: share,
});

/** The label that a call wrote or took back. */
export const LabelOutput = LabelView.extend({ paper: z.string() });

/** A paper of a review with what was decided about it. */
export const ReviewedView = PaperView.extend({
  removed: z.boolean().describe('Whether the index no longer has it.'),
  abstractStage: z.enum(STANDINGS),
  fullTextStage: z.enum(STANDINGS).optional(),
  retrieved: z.boolean().optional().describe('Whether the full text could be had.'),
  rank: count.optional(),
  ...reasonsOutput,
  labels: z.array(LabelView).describe('Your own, and those of others where all have decided.'),
  settled: z.array(
    z.object({
      stage: z.enum(STAGES),
      decision: z.enum(['include', 'exclude']),
      reasons: z.array(z.string()),
      note: z.string(),
      by: z.string(),
    }),
  ),
});

/** A suggestion as a model sees it. @param abstractLength see `viewOf`. */
export function suggestionView(
  { paper, stage, rank, chosenBy, model, reasons, label }: Suggestion,
  abstractLength: number,
): z.infer<typeof SuggestedPaper> {
  return {
    // A review keeps papers without what they cite, which a view does not show.
    ...viewOf(paper, abstractLength),
    stage,
    rank,
    chosenBy,
    model,
    ...reasonsView(reasons),
    ...(label && { ownLabel: labelView(label) }),
  };
}

function reasonsView({ terms, nearest }: Pick<Reasons, 'terms' | 'nearest'>) {
  return {
    terms: terms
      .slice(0, MAX_TERMS)
      .map(({ term, weight }) => ({ term: visibleText(term), weight: rounded(weight) })),
    nearest: nearest.slice(0, MAX_NEAREST).map(({ id, title, included, similarity }) => ({
      id,
      title: visibleText(title),
      included,
      similarity: rounded(similarity),
    })),
  };
}

function labelView(label: Label): z.infer<typeof LabelView> {
  const { number, stage, decision, reasons, note, by, agent, at, chosenBy } = label;
  return visibleTexts({ number, stage, decision, reasons: [...reasons], note, by, agent, at, chosenBy });
}

/** A label with its paper. */
export function labelOutput(label: Label): z.infer<typeof LabelOutput> {
  return { ...labelView(label), paper: label.paper };
}

/** @param abstractLength see `viewOf`. */
export function reviewedView(
  reviewed: ReviewedPaper & { readonly reasons?: Reasons | undefined; readonly rank?: number | undefined },
  abstractLength: number,
): z.infer<typeof ReviewedView> {
  const { paper, removed, abstract, fullText, retrieved, labels, settled, reasons, rank } = reviewed;
  return {
    ...viewOf(paper, abstractLength),
    removed,
    abstractStage: abstract,
    ...(fullText !== undefined && { fullTextStage: fullText }),
    ...(retrieved !== undefined && { retrieved }),
    ...(rank !== undefined && { rank }),
    ...reasonsView(reasons ?? { terms: [], nearest: [] }),
    labels: labels.map(labelView),
    settled: settled.map(({ stage, decision, reasons: named, note, by }) =>
      visibleTexts({ stage, decision, reasons: [...named], note, by }),
    ),
  };
}

/** The progress at the stage that a model works at. */
export function shortProgress(
  { abstract, fullText, own, recall }: Progress,
  stage: (typeof STAGES)[number],
): z.infer<typeof ShortProgress> {
  const { unread, included, conflicts } = stage === 'abstract' ? abstract : fullText;
  return {
    unread,
    included,
    conflicts,
    ownRead: own.read,
    recall: rounded(recall.recall),
    recallLow: rounded(recall.low),
    recallHigh: rounded(recall.high),
  };
}

function rounded(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}
