import { z } from 'zod';
import { CHOSEN_BY, DECISIONS, STAGES, STANDINGS } from '../../../review/review.ts';
import { EXAMPLE_PAPER, Paper } from './paper.ts';
import { EXAMPLE_PROGRESS, Progress } from './review-progress.ts';

/* How papers of a review were judged: the schemas of the types in src/review/review.ts. */

const count = z.int().min(0);
const ranked = z.int().min(1);

const { references: _r, citedBy: _c, sources: _s, provenance: _p, ...kept } = Paper.shape;
const KeptPaper = z.object(kept).meta({
  id: 'ReviewedRecord',
  description: 'A paper as the review keeps it, also when the index no longer has it.',
});

const EXAMPLE_LABEL = {
  number: 3,
  paper: 'doi:10.1000/182',
  stage: 'abstract',
  decision: 'include',
  reasons: ['self-training'],
  note: '',
  by: 'ada',
  agent: false,
  at: '2026-11-30T09:05:00.000Z',
  chosenBy: 'rank',
  rank: 1,
  model: '6f1d0c2a',
};

/** The schema of `Label`. */
export const Label = z
  .object({
    number: count.describe('Number of its event in the log.'),
    paper: z.string(),
    stage: z.enum(STAGES),
    decision: z.enum(DECISIONS),
    reasons: z.array(z.string()).describe('Names of criteria.'),
    note: z.string(),
    by: z.string(),
    agent: z.boolean().describe('Whether an agent decided.'),
    at: z.string(),
    chosenBy: z.enum(CHOSEN_BY),
    rank: ranked.optional().describe('Its rank when it was shown.'),
    model: z.string().optional().describe('Digest of what the ranking was made of.'),
  })
  .meta({
    id: 'Label',
    description: 'The decision of one reviewer about a paper.',
    examples: [EXAMPLE_LABEL],
  });

/** The schema of `Settlement`. */
export const Settlement = z
  .object({
    number: count.describe('Number of its event in the log.'),
    paper: z.string(),
    stage: z.enum(STAGES),
    decision: z.enum(['include', 'exclude']),
    reasons: z.array(z.string()),
    note: z.string(),
    by: z.string(),
    at: z.string(),
  })
  .meta({
    id: 'Settlement',
    description: 'The decision that ended a conflict.',
    examples: [
      {
        number: 9,
        paper: 'doi:10.1000/182',
        stage: 'abstract',
        decision: 'include',
        reasons: [],
        note: 'The appendix has the experiment.',
        by: 'grace',
        at: '2026-11-30T10:00:00.000Z',
      },
    ],
  });

const standing = z
  .enum(STANDINGS)
  .describe(
    '`conflict`: the reviewers disagree, or a `maybe` has to be settled. `partly`: a decision is missing.',
  );

/** The schema of `ReviewedPaper`. */
const reviewed = {
  paper: KeptPaper,
  removed: z.boolean().describe('Whether the index no longer has it. It stays in the review.'),
  abstract: standing,
  fullText: standing.optional().describe('Absent for a paper that has not passed the abstract stage.'),
  retrieved: z.boolean().optional().describe('Whether the full text could be had. Absent: not reported yet.'),
  labels: z.array(Label).describe('Your own, and those of others where all have decided.'),
  settled: z.array(Settlement),
};
export const ReviewedPaper = z.object(reviewed).meta({ id: 'ReviewedPaper' });

const EXAMPLE_REVIEWED = {
  paper: EXAMPLE_PAPER,
  removed: false,
  abstract: 'include',
  fullText: 'unread',
  labels: [EXAMPLE_LABEL],
  settled: [],
};

export const ReviewedPapers = z
  .object({ total: count, offset: count, limit: count, papers: z.array(ReviewedPaper) })
  .meta({
    id: 'ReviewedPapers',
    examples: [{ total: 1, offset: 0, limit: 50, papers: [EXAMPLE_REVIEWED] }],
  });

/** The schema of `Reasons`. */
const Reasons = z
  .object({
    terms: z
      .array(z.object({ term: z.string(), weight: z.number() }))
      .describe('The strongest first; a weight above 0 is for including, below 0 for excluding.'),
    spans: z
      .array(
        z.object({
          field: z.enum(['title', 'abstract']),
          start: count,
          end: count,
          for: z.boolean(),
        }),
      )
      .describe('Where these terms are in the paper, in UTF-16 code units.'),
    nearest: z
      .array(
        z.object({
          id: z.string(),
          title: z.string(),
          included: z.boolean(),
          similarity: z.number().describe('0 to 1.'),
        }),
      )
      .describe('The most similar labelled papers, the most similar first.'),
  })
  .meta({ id: 'ReviewReasons', description: 'Why a paper has its rank.' });

const EXAMPLE_REASONS = {
  terms: [{ term: 'own answers', weight: 0.8 }],
  spans: [{ field: 'abstract', start: 43, end: 54, for: true }],
  nearest: [{ id: 'b', title: 'Training on Verified Answers', included: true, similarity: 0.7 }],
};

/** The schema of the answer of `ReviewService.paper`. */
export const ReviewedPaperAnswer = z
  .object({ ...reviewed, reasons: Reasons.optional(), rank: ranked.optional() })
  .meta({
    id: 'ReviewedPaperAnswer',
    examples: [{ ...EXAMPLE_REVIEWED, reasons: EXAMPLE_REASONS, rank: 1 }],
  });

/** The schema of `Suggestion`. */
const Suggestion = z
  .object({
    paper: KeptPaper,
    stage: z.enum(STAGES),
    rank: ranked,
    chosenBy: z.enum(['rank', 'random']),
    model: z.string().describe('Digest of what the ranking was made of. Send it back with the label.'),
    reasons: Reasons,
    label: Label.optional().describe('Your own earlier label of the paper.'),
  })
  .meta({ id: 'ReviewSuggestion', description: 'A paper to read next.' });

const EXAMPLE_SUGGESTION = {
  paper: EXAMPLE_PAPER,
  stage: 'abstract',
  rank: 1,
  chosenBy: 'rank',
  model: '6f1d0c2a',
  reasons: EXAMPLE_REASONS,
};

export const NextPapers = z
  .object({ papers: z.array(Suggestion).describe('Empty when there is nothing left to read.') })
  .meta({ id: 'NextPapers', examples: [{ papers: [EXAMPLE_SUGGESTION] }] });

/** The schema of `Movement`. */
const Movement = z
  .object({ id: z.string(), title: z.string(), before: ranked, after: ranked })
  .meta({ id: 'Movement', description: 'A paper whose rank a label changed.' });

const EXAMPLE_MOVED = [{ id: 'c', title: 'Models That Check Themselves', before: 40, after: 2 }];

export const MovedPapers = z
  .object({ moved: z.array(Movement).describe('The most moved first.') })
  .meta({ id: 'MovedPapers', examples: [{ moved: EXAMPLE_MOVED }] });

/** The answer to one label or many. */
export const LabelAnswer = z
  .object({
    labels: z.array(Label).describe('What was written.'),
    label: Label.optional().describe('With one label: that label. `standing`, `moved` and `next` are of it.'),
    standing: standing.optional().describe('What is decided about the paper now.'),
    moved: z
      .array(Movement)
      .optional()
      .describe('Papers whose rank the label changed, the most moved first.'),
    next: Suggestion.optional().describe('The next paper to read. Absent when there is none.'),
    progress: Progress,
  })
  .meta({
    id: 'LabelAnswer',
    examples: [
      {
        labels: [EXAMPLE_LABEL],
        label: EXAMPLE_LABEL,
        standing: 'include',
        moved: EXAMPLE_MOVED,
        next: EXAMPLE_SUGGESTION,
        progress: EXAMPLE_PROGRESS,
      },
    ],
  });

export const UndoneAnswer = z
  .object({ undone: Label, next: Suggestion.optional(), progress: Progress })
  .meta({
    id: 'UndoneLabel',
    examples: [{ undone: EXAMPLE_LABEL, next: EXAMPLE_SUGGESTION, progress: EXAMPLE_PROGRESS }],
  });

export const RetrievedAnswer = z
  .object({ papers: count.describe('Papers of the request.') })
  .meta({ id: 'RetrievedAnswer', examples: [{ papers: 1 }] });
