import { PaperSearchError } from '../errors.ts';
import { MAX_NOTE, MAX_REASONS } from '../limits.ts';
import type { LabelledPaper, Recorded, ReviewEvent, SettledPaper } from './events.ts';
import type { ChosenBy, Criterion, Decision, Label, Protocol, Stage } from './review.ts';
import type { LabelRequest, Reviewer } from './service.ts';
import { currentLabels, judgedOf, type ReviewState, standingOf, undoneLabels } from './state.ts';

/** A label that is asked for, of a paper that is in the pool. */
export type PlannedLabel = Omit<LabelledPaper, 'rank' | 'model' | 'basis'>;

/**
 * A label, checked against the review as it is.
 * @param paper the id that the paper has in the pool.
 * @throws PaperSearchError CONFLICT when enough others have decided the paper, when the reviewer's label is not the one
 *   that is to be replaced, and at the full-text stage for a paper that is not included; BAD_REQUEST for a reason that
 *   is not a criterion, and for an exclusion at full text without one.
 */
export function plannedLabel(
  state: ReviewState,
  paper: string,
  { stage = 'abstract', decision, reasons = [], note = '', replaces, ...shown }: LabelRequest,
  { name }: Reviewer,
): PlannedLabel {
  const judged = judgedOf(state, paper);
  const labels = currentLabels(judged, stage);
  const own = labels.get(name);
  if (replaces !== undefined && (own?.number ?? 0) !== replaces) throw changedMeanwhile(paper, replaces, own);
  const others = [...labels.keys()].filter((each) => each !== name);
  if (others.length >= state.protocol.reviewersPerPaper) throw decidedByOthers(state, paper, others);
  if (stage === 'full-text') expectIncluded(state, paper);
  const checked = checkedReasons(state.protocol, stage, decision, reasons);
  expectNote(note);
  return { paper, stage, decision, reasons: checked, note, chosenBy: chosenByOf(shown) };
}

/** How the paper of a label was chosen: one with the model of a suggestion was suggested, if the request does not say it. */
export function chosenByOf({ chosenBy, model }: Pick<LabelRequest, 'chosenBy' | 'model'>): ChosenBy {
  return chosenBy ?? (model === undefined ? 'search' : 'rank');
}

/**
 * The label that is to be taken back.
 * @param number default: the last label of the reviewer.
 * @throws PaperSearchError NOT_FOUND for a number without a label; FORBIDDEN for that of another reviewer; CONFLICT when
 *   there is none, when it was taken back already, and when the paper has been settled since.
 */
export function labelToUndo(
  state: ReviewState,
  log: readonly Recorded[],
  { name }: Reviewer,
  number?: number,
): { readonly event: ReviewEvent; readonly label: Label } {
  const found = number === undefined ? lastLabelOf(log, name) : labelEvent(state, log, number);
  if (!found) {
    const message = `${name} has no label in the review "${state.id}" that can be undone.`;
    throw new PaperSearchError('CONFLICT', message, { details: { review: state.id, by: name } });
  }
  const { value } = found;
  if (value.by !== name) {
    const message = `Label ${found.number} is of ${value.by}: reviewers undo only their own labels.`;
    throw new PaperSearchError('FORBIDDEN', message, { details: { label: found.number } });
  }
  const judged = judgedOf(state, value.paper);
  const label = judged.labels.find((each) => each.number === found.number);
  if (!label) {
    const message = `Label ${found.number} has been undone already.`;
    throw new PaperSearchError('CONFLICT', message, { details: { label: found.number } });
  }
  const settled = judged.settlements.find((each) => each.stage === label.stage && each.number > label.number);
  if (settled) {
    const message = `Label ${label.number} cannot be undone: ${settled.by} has settled the paper since. Settle it again instead.`;
    throw new PaperSearchError('CONFLICT', message, {
      details: { label: label.number, settled: settled.number },
    });
  }
  return { event: { type: 'undone', label: label.number, by: name }, label };
}

/**
 * What is decided about a conflict, checked.
 * @throws PaperSearchError CONFLICT for a paper that is not a conflict; BAD_REQUEST as `plannedLabel` does.
 */
export function plannedSettlement(
  state: ReviewState,
  paper: string,
  {
    stage,
    decision,
    reasons = [],
    note = '',
  }: Pick<LabelRequest, 'reasons' | 'note'> & { stage: Stage; decision: 'include' | 'exclude' },
): SettledPaper {
  const judged = judgedOf(state, paper);
  const standing = standingOf(judged, stage, state.protocol);
  const wasSettled = judged.settlements.some((each) => each.stage === stage);
  if (standing !== 'conflict' && !wasSettled) {
    const message = `The paper "${paper}" is not a conflict at the ${stage} stage, so there is nothing to settle.`;
    throw new PaperSearchError('CONFLICT', message, { details: { paper, stage } });
  }
  expectNote(note);
  return { paper, stage, decision, reasons: checkedReasons(state.protocol, stage, decision, reasons), note };
}

/** The event of a label, also of one that was taken back. @throws PaperSearchError NOT_FOUND. */
export function labelEvent(
  state: ReviewState,
  log: readonly Recorded[],
  number: number,
): Recorded & { readonly value: Extract<ReviewEvent, { type: 'labelled' }> } {
  const event = log[number - 1];
  if (event?.value.type === 'labelled') return { ...event, value: event.value };
  const message = `The review "${state.id}" has no label ${number}. Numbers are those of its log.`;
  throw new PaperSearchError('NOT_FOUND', message, { details: { review: state.id, label: number } });
}

function lastLabelOf(log: readonly Recorded[], name: string) {
  const undone = undoneLabels(log);
  for (let i = log.length - 1; i >= 0; i--) {
    const { value, ...event } = log[i]!;
    if (value.type === 'labelled' && value.by === name && !undone.has(event.number)) {
      return { ...event, value };
    }
  }
  return undefined;
}

/** The names of criteria, as the protocol spells them. */
function checkedReasons(
  { include, exclude }: Protocol,
  stage: Stage,
  decision: Decision,
  reasons: readonly string[],
): readonly string[] {
  const known: readonly Criterion[] =
    decision === 'include' ? include : decision === 'exclude' ? exclude : [...include, ...exclude];
  const names = new Map(known.map(({ name }) => [name.toLowerCase(), name]));
  const found = reasons.map((given) => {
    const name = names.get(given.trim().toLowerCase());
    if (name !== undefined) return name;
    const list = known.length === 0 ? 'The protocol has none' : `Known are: ${listed(known)}`;
    throw new PaperSearchError(
      'BAD_REQUEST',
      `reasons: "${given}" is not a criterion to ${decision === 'maybe' ? 'judge by' : decision}. ${list}. Add it to the protocol first.`,
      { details: { parameter: 'reasons', known: known.map(({ name }) => name) } },
    );
  });
  if (found.length > MAX_REASONS) {
    throw new PaperSearchError('BAD_REQUEST', `reasons: Expected at most ${MAX_REASONS}.`);
  }
  if (stage === 'full-text' && decision === 'exclude' && found.length === 0) {
    const list =
      known.length === 0
        ? 'Add exclusion criteria to the protocol first.'
        : `Give one of these: ${listed(known)}.`;
    const message = `reasons: An exclusion at the full-text stage needs a reason, because PRISMA counts them. ${list}`;
    throw new PaperSearchError('BAD_REQUEST', message, { details: { parameter: 'reasons' } });
  }
  return [...new Set(found)];
}

function listed(criteria: readonly Criterion[]): string {
  return criteria.map(({ name }) => `"${name}"`).join(', ');
}

function expectNote(note: string): void {
  if (note.length <= MAX_NOTE) return;
  throw new PaperSearchError(
    'BAD_REQUEST',
    `note: Expected at most ${MAX_NOTE} characters, not ${note.length}.`,
    { details: { parameter: 'note' } },
  );
}

function changedMeanwhile(paper: string, replaces: number, own: Label | undefined): PaperSearchError {
  const now = own ? `Your label is now "${own.decision}" (label ${own.number})` : 'You have no label now';
  const what =
    replaces === 0
      ? `You have decided the paper "${paper}" meanwhile, in another session.`
      : `Your label ${replaces} of the paper "${paper}" was changed or undone meanwhile, in another session.`;
  return new PaperSearchError('CONFLICT', `${what} ${now}. Nothing was written.`, {
    details: { paper, replaces, ...(own && { label: own }) },
  });
}

function decidedByOthers(
  { protocol }: ReviewState,
  paper: string,
  others: readonly string[],
): PaperSearchError {
  const most =
    protocol.reviewersPerPaper === 1
      ? 'one reviewer decides'
      : `${protocol.reviewersPerPaper} reviewers decide`;
  return new PaperSearchError(
    'CONFLICT',
    `The paper "${paper}" has been decided by ${others.join(' and ')}, and ${most} each paper of this review. Nothing was written.`,
    { details: { paper, reviewers: others } },
  );
}

/** @throws PaperSearchError CONFLICT for a paper that has not come to the full-text stage. */
export function expectIncluded(state: ReviewState, paper: string): void {
  if (standingOf(judgedOf(state, paper), 'abstract', state.protocol) === 'include') return;
  throw new PaperSearchError(
    'CONFLICT',
    `The paper "${paper}" is not at the full-text stage: the abstract stage has not included it. Nothing was written.`,
    { details: { paper, stage: 'full-text' } },
  );
}
