import { PaperSearchError } from '../errors.ts';
import type { Notice } from '../papers/read/reader.ts';
import { type LabelFile, type LabelRow, matchLabels } from './records/records.ts';
import type { Criterion, Protocol } from './review.ts';
import type { LabelRequest, Reviewer, ReviewService, WholePaper } from './service.ts';

/** What became of the labels of a file. */
export interface LabelImport {
  /** Labels that were written. */
  readonly written: number;
  /** Labels that the reviewer had already given. */
  readonly present: number;
  /** Records without a decision. */
  readonly unlabelled: number;
  /** Rows whose papers are not in the pool. */
  readonly unmatched: readonly Pick<LabelRow, 'place' | 'identifiers' | 'title'>[];
  /** Reasons that are not criteria of the protocol. They were written to the notes. */
  readonly unknownReasons: readonly string[];
  /** What could not be read or imported, each with its place in the file. */
  readonly problems: readonly Notice[];
}

/**
 * Writes the labels of a file as those of one reviewer: all of them or, if one cannot be written, none. The same file may be
 * imported again.
 * @param from whose labels are imported, if the file names several reviewers.
 * @throws PaperSearchError BAD_REQUEST when the file names several reviewers and `from` is not one of them; as
 *   `ReviewService.labelAll` does.
 */
export async function importLabels(
  reviews: ReviewService,
  id: string,
  file: LabelFile,
  by: Reviewer,
  { from }: { readonly from?: string | undefined } = {},
): Promise<LabelImport> {
  // Only the pool and the reviewer's own labels are used.
  const { all, protocol } = await reviews.whole(id, { unblind: true });
  const matched = matchLabels(
    { ...file, rows: rowsOf(file, from) },
    all.map(({ paper }) => paper),
  );
  const papers = new Map(all.map((each) => [each.paper.id, each]));
  const unknownReasons = new Set<string>();
  const problems: Notice[] = [...matched.problems];
  const requests: LabelRequest[] = [];
  let present = 0;
  for (const { paper, row } of matched.labels) {
    const { known, unknown } = reasonsOf(row, protocol);
    for (const reason of unknown) unknownReasons.add(reason);
    if (isPresent(papers.get(paper)!, row, by)) present++;
    else if (row.stage === 'full-text' && row.decision === 'exclude' && known.length === 0) {
      const reason = 'An exclusion by full text needs a reason that is a criterion of the protocol.';
      problems.push({ ...row.place, reason });
    } else requests.push({ ...labelOf(row, known, unknown), paper });
  }
  // The log takes whole requests: papers are included by their abstracts before their full texts are judged.
  const ordered = [...requests].sort(
    (a, b) => Number(a.stage === 'full-text') - Number(b.stage === 'full-text'),
  );
  const { labels } = ordered.length > 0 ? await reviews.labelAll(id, ordered, by) : { labels: [] };
  return {
    written: labels.length,
    present,
    unlabelled: file.unlabelled,
    unmatched: matched.unmatched,
    unknownReasons: [...unknownReasons],
    problems,
  };
}

/** The rows of one reviewer; those without a name are anyone's. */
function rowsOf({ rows }: LabelFile, from: string | undefined): readonly LabelRow[] {
  const names = new Set(rows.flatMap(({ by }) => (by === undefined ? [] : [by])));
  if (from !== undefined ? names.has(from) : names.size <= 1) {
    return rows.filter(({ by }) => from === undefined || by === undefined || by === from);
  }
  const listed = [...names].map((name) => `"${name}"`).join(', ');
  const which = listed === '' ? 'The file names no reviewer' : `The file has labels of ${listed}`;
  const message =
    from === undefined
      ? `${which}. Say whose labels to import.`
      : `${which}. "${from}" has no labels in it. Choose one of these, or import without a name.`;
  throw new PaperSearchError('BAD_REQUEST', message, { details: { reviewers: [...names] } });
}

function isPresent({ labels }: WholePaper, { stage, decision }: LabelRow, by: Reviewer): boolean {
  const own = labels.findLast((label) => label.stage === stage && label.by === by.name);
  return own?.decision === decision;
}

/** The reasons of a row that are criteria for its decision, as the protocol spells them, and the others. */
function reasonsOf({ decision, reasons }: LabelRow, { include, exclude }: Protocol) {
  const criteria: readonly Criterion[] =
    decision === 'include' ? include : decision === 'exclude' ? exclude : [...include, ...exclude];
  const names = new Map(criteria.map(({ name }) => [name.toLowerCase(), name]));
  const known: string[] = [];
  const unknown: string[] = [];
  for (const reason of reasons) {
    const name = names.get(reason.trim().toLowerCase());
    if (name === undefined) unknown.push(reason);
    else known.push(name);
  }
  return { known, unknown };
}

function labelOf(
  { stage, decision, note }: LabelRow,
  reasons: readonly string[],
  unknown: readonly string[],
): Omit<LabelRequest, 'paper'> {
  const notes = [note, unknown.length > 0 ? `Reasons: ${unknown.join('; ')}` : ''];
  return { stage, decision, reasons, note: notes.filter(Boolean).join('\n'), chosenBy: 'file' };
}
