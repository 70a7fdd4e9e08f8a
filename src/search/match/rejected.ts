import type { FieldIndex } from '../../indexes/fields/field-index.ts';
import { REJECTIONS } from '../../papers/acceptance.ts';
import type { Condition } from '../../query/ast.ts';
import { fieldsOf } from './fields-used.ts';
import type { Filters } from './filters.ts';
import { Match } from './match.ts';

/** What an answer does with submissions that were rejected, desk-rejected or withdrawn. The library shows them. */
export const REJECTED_CHOICES = ['show', 'hide'] as const;
export type RejectedChoice = (typeof REJECTED_CHOICES)[number];
/** What interfaces for people and agents do by default: readers should not cite such a paper by mistake. */
export const DEFAULT_REJECTED: RejectedChoice = 'hide';
/** What the choice is, for the documents of interfaces. */
export const REJECTED_DESCRIPTION =
  'Whether rejected, desk-rejected and withdrawn submissions are shown. They always are when the request names a decision, a status or an id.';
/** What the count of hidden submissions is, for the documents of interfaces. */
export const REJECTED_HIDDEN_DESCRIPTION =
  'Rejected and withdrawn submissions that would be in the ranking and are hidden. Absent when there are none.';

/** Fields that ask for papers whatever was decided about them. */
const DECISIVE = ['acceptance', 'is', 'id'];

/** The parts of a request that say whether rejected submissions may be in its answer. */
interface RejectedRequest {
  readonly rejected?: RejectedChoice | undefined;
  readonly filters?: Filters | undefined;
}

/**
 * The rejected submissions that an answer hides; undefined when it hides none: the request does not ask for it, or it
 * asks for a decision, a status or an id, or the index has no such paper.
 * @param condition of the query. @param match the papers that may be in the answer. Default: every paper.
 */
export function hiddenSubmissions(
  { rejected, filters }: RejectedRequest,
  condition: Condition | undefined,
  match: Match | undefined,
  fields: FieldIndex,
): Match | undefined {
  if (!mayHide({ rejected, filters }, condition)) return undefined;
  const rejections = rejectionsOf(fields);
  if (!match || !rejections) return rejections;
  const hidden = hiddenOf.get(match) ?? new Match(rejections.and(match).mask);
  hiddenOf.set(match, hidden);
  return hidden.count > 0 ? hidden : undefined;
}

/** By the papers of a request: those of filters are kept. */
const hiddenOf = new WeakMap<Match, Match>();
/** By the fields of a snapshot, which do not change. */
const known = new WeakMap<FieldIndex, Match>();

/** All rejected submissions; undefined where an index does not know of any. */
function rejectionsOf(fields: FieldIndex): Match | undefined {
  // An index from before decisions were a field has papers without one.
  if (!fields.hasColumn('acceptance')) return undefined;
  let all = known.get(fields);
  if (!all) {
    const lists = REJECTIONS.map((decision) => fields.documentsWith('acceptance', decision));
    all = Match.of(
      lists.flatMap((docs) => Array.from(docs)),
      fields.size,
    );
    known.set(fields, all);
  }
  return all.count > 0 ? all : undefined;
}

/**
 * Whether a request hides rejected submissions: it asks for that, and for no decision, status or id.
 * @param condition of the query.
 */
export function mayHide(
  { rejected, filters = {} }: RejectedRequest,
  condition: Condition | undefined,
): boolean {
  if (rejected !== 'hide' || filters.acceptance?.length || filters.is?.length) return false;
  return !condition || !fieldsOf(condition).some((name) => DECISIVE.includes(name));
}

/** A sentence about hidden submissions. @param howToShow the end of "… to show them". */
export function rejectedNote(hidden: number, howToShow: string): string {
  const what = hidden === 1 ? 'submission is hidden' : 'submissions are hidden';
  return `${hidden} rejected or withdrawn ${what}. ${howToShow} to show ${hidden === 1 ? 'it' : 'them'}.`;
}
