import { z } from 'zod';
import {
  MAX_COLLECTION_NAME,
  MAX_HITS,
  MAX_ID_LENGTH,
  MAX_IDS,
  MAX_LABELLED,
  MAX_NOTE,
  MAX_REASONS,
  MAX_SUGGESTED,
  MAX_VALUE_LENGTH,
} from '../../../limits.ts';
import { CHOSEN_BY, DECISIONS, STAGES, STANDINGS } from '../../../review/review.ts';
import { oneOf } from '../../../search/request.ts';
import { offsetParameter, wholeNumber } from '../parameters.ts';
import { textOf } from './reviews.ts';

/* Requests about papers of a review. */

const stage = oneOf(STAGES);
const id = z.string({ error: 'Expected the id of a paper.' }).min(1, 'An id is empty.').max(MAX_ID_LENGTH);
const reasons = z
  .array(textOf('the name of a criterion', MAX_COLLECTION_NAME).min(1, 'The name of a criterion is empty.'), {
    error: 'Expected a list of names of criteria.',
  })
  .max(MAX_REASONS, `Expected at most ${MAX_REASONS} criteria.`)
  .describe('Names of criteria of the protocol.');
const note = textOf('a note', MAX_NOTE);
const number = z.int({ error: 'Expected the number of a label.' }).min(1).max(Number.MAX_SAFE_INTEGER);

const label = {
  paper: id,
  stage: stage.exactOptional().describe('Default: `abstract`.'),
  decision: oneOf(DECISIONS),
  reasons: reasons.exactOptional(),
  note: note.exactOptional(),
  chosenBy: oneOf(CHOSEN_BY)
    .exactOptional()
    .describe('How you came upon the paper; for a suggested paper, its `chosenBy`.'),
  rank: z
    .int({ error: 'Expected a whole number, 1 or more.' })
    .min(1)
    .exactOptional()
    .describe('As the suggestion had it.'),
  model: textOf('the model of a suggestion', MAX_VALUE_LENGTH)
    .exactOptional()
    .describe('As the suggestion had it.'),
  replaces: z
    .int({ error: 'Expected the number of a label, or 0.' })
    .min(0)
    .max(Number.MAX_SAFE_INTEGER)
    .exactOptional()
    .describe(
      'The number of your own label that this one replaces, or 0 if you have none. If you have a newer one, for example from another tab, nothing is written and the answer is 409.',
    ),
};

/** One label, or many. */
export const LabelBody = z
  .object({
    ...label,
    paper: id.exactOptional(),
    decision: label.decision.exactOptional(),
    labels: z
      .array(z.strictObject(label), { error: 'Expected a list of labels.' })
      .min(1, 'Give at least one label.')
      .max(MAX_LABELLED, `Expected at most ${MAX_LABELLED} labels.`)
      .exactOptional()
      .describe('Many labels. All or none are written.'),
  })
  .superRefine(({ labels, ...one }, context) => {
    const given = Object.keys(one);
    const refuse = (name: string, message: string) =>
      context.addIssue({ code: 'custom', path: [name], message });
    if (labels && given.length > 0) refuse(given[0]!, 'Send either one label or a list of labels.');
    if (labels) return;
    if (one.paper === undefined) refuse('paper', 'Expected the id of a paper.');
    if (one.decision === undefined) refuse('decision', `Expected one of: ${DECISIONS.join(', ')}.`);
  })
  .meta({
    id: 'LabelRequest',
    description: 'Either one label, with `paper` and `decision`, or a list of `labels`.',
  });

export const UndoLabelBody = z
  .object({ number: number.exactOptional().describe('The label to take back. Default: your last one.') })
  .meta({ id: 'UndoLabelRequest' });

export const SettlementBody = z
  .object({
    paper: id,
    stage,
    decision: oneOf(['include', 'exclude']),
    reasons: reasons.exactOptional(),
    note: note.exactOptional(),
  })
  .meta({ id: 'SettlementRequest' });

export const RetrievedBody = z
  .object({
    papers: z
      .array(id, { error: 'Expected a list of ids.' })
      .min(1, 'Give at least one id.')
      .max(MAX_IDS, `Expected at most ${MAX_IDS} ids.`),
    retrieved: z.boolean({ error: 'Expected true or false.' }),
  })
  .meta({ id: 'RetrievedRequest' });

export const NextParameters = z.object({
  stage: stage.default('abstract'),
  count: wholeNumber(1, MAX_SUGGESTED).default(1).describe('Number of papers.'),
});

export const PaperParameters = z.object({
  stage: stage.optional().describe('Only papers of this stage; `standing` is that of this stage.'),
  standing: oneOf(STANDINGS).optional().describe('Only papers with this standing.'),
  text: textOf('words', MAX_VALUE_LENGTH).optional().describe('Words of the title or the abstract.'),
  limit: wholeNumber(1, MAX_HITS).default(50).describe('Maximum number of papers.'),
  offset: offsetParameter.describe('Papers to skip.'),
});
