import {
  ACCEPTANCE_LABELS,
  ACCEPTANCES,
  type Acceptance,
  isUnpublished,
  submissionNote,
} from './acceptance.ts';
import type { Paper } from './paper.ts';
import { type PaperStatus, STATUS_KINDS, STATUS_LABELS, statusText } from './status.ts';

const DECISION = '; decision: ';
/** "Submitted to ICLR 2018; decision: Rejected." */
const SUBMITTED = /^Submitted to (.+); decision: ([^;]+)\.$/;
/** "Retracted (2021-09-09, ACL Anthology): Wrong." */
const STATUS = /^([A-Z][a-z ]+?)(?: \(([^()]*)\))?(?:: (.*))?$/;

/** What has to be said wherever a paper is cited: what became of it, and that a venue did not publish it. */
export function citationNotes({ status, acceptance, venue, year }: Paper): string[] {
  const submitted =
    acceptance !== undefined && isUnpublished(acceptance)
      ? [`${submissionNote(venue, year)}${DECISION}${ACCEPTANCE_LABELS[acceptance]}.`]
      : [];
  return [...(status ? [statusText(status)] : []), ...submitted];
}

/**
 * A paper as it is cited: with the venue as its source spells it, with `citationNotes` before its note, and without a venue that did not publish it.
 * `notesIn` takes them apart again.
 */
export function asCited(record: Paper): Paper {
  const notes = citationNotes(record);
  const { venueAsGiven, ...rest } = record;
  const paper = venueAsGiven === undefined ? record : { ...rest, venue: venueAsGiven };
  if (notes.length === 0) return paper;
  const { note, ...publication } = paper.publication ?? {};
  const whole = [...notes, note].filter(Boolean).join('\n\n');
  if (!isUnpublished(paper.acceptance)) return { ...paper, publication: { ...publication, note: whole } };
  const { type: _type, sourceType: _sourceType, eventTitle: _eventTitle, ...others } = publication;
  return { ...paper, venue: undefined, session: undefined, publication: { ...others, note: whole } };
}

/** What the note of a citation says about a paper, where `asCited` wrote it, and the rest of the note. */
export function notesIn(note: string | undefined): {
  readonly status?: PaperStatus;
  readonly acceptance?: Acceptance;
  readonly venue?: string;
  readonly note?: string;
} {
  const paragraphs = note?.split(/\n\n+/) ?? [];
  const status = statusIn(paragraphs[0] ?? '');
  if (status) paragraphs.shift();
  const [, venue, label] = SUBMITTED.exec(paragraphs[0] ?? '') ?? [];
  const acceptance = ACCEPTANCES.find((each) => ACCEPTANCE_LABELS[each] === label);
  if (acceptance) paragraphs.shift();
  const rest = paragraphs.join('\n\n');
  return {
    ...(status && { status }),
    ...(acceptance && venue !== undefined && { acceptance, venue: venue.replace(/ \d{4}$/, '') }),
    ...(rest !== '' && { note: rest }),
  };
}

/** A status in the words of `statusText`; undefined for any other text. */
export function statusIn(text: string): PaperStatus | undefined {
  const [, label, facts, reason] = STATUS.exec(text) ?? [];
  const kind = STATUS_KINDS.find((each) => STATUS_LABELS[each] === label);
  if (!kind) return undefined;
  const [first, ...others] = facts?.split(', ') ?? [];
  const isDated = first !== undefined && /^\d{4}(?:-\d\d){0,2}$/.test(first);
  const source = (isDated ? others : [first, ...others]).filter(Boolean).join(', ');
  return { kind, ...(reason && { reason }), ...(isDated && { date: first }), ...(source && { source }) };
}
