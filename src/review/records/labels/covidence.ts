import type { LabelValue } from './label-row.ts';

/** The lists that Covidence exports, as it names files: `review_283729_excluded_csv_20240320131744.csv`. */
const LIST = /(?:^|[\\/_])review_\d+_(screen|irrelevant|select|included|excluded)_[a-z]+_\d{8,}/i;
/** What Covidence writes under the notes of a record that was excluded by its full text. */
const REASON = /\bExclusion reason:\s*([^;|]+)/gi;

/** The reasons of an exclusion by full text in the notes of a record. */
export function covidenceReasons(notes: string): string[] {
  return Array.from(notes.matchAll(REASON), ([, reason]) => reason!.trim());
}

/** The note that Covidence writes about reasons; a semicolon ends a reason. Empty for none. */
export function covidenceNote(reasons: readonly string[]): string {
  return reasons.map((reason) => `Exclusion reason: ${reason.replace(/[;|]/g, ',')};`).join(' ');
}

/**
 * What it means for a record to be in a list of Covidence: it was excluded by its abstract (irrelevant), included by it
 * and not read yet (select), included or excluded by its full text, or not screened (screen).
 * @param file name of the list. @param notes of the record.
 * @returns the labels of both stages; undefined for a file that Covidence did not name.
 */
export function labelsOfList(file: string, notes: string): readonly LabelValue[] | undefined {
  const list = LIST.exec(file)?.[1]?.toLowerCase();
  if (list === undefined) return undefined;
  const reasons = covidenceReasons(notes);
  const label = (stage: LabelValue['stage'], decision: LabelValue['decision']): LabelValue => ({
    stage,
    decision,
    reasons: decision === 'exclude' ? reasons : [],
    note: '',
  });
  if (list === 'screen') return [];
  if (list === 'irrelevant') return [label('abstract', 'exclude')];
  if (list === 'select') return [label('abstract', 'include')];
  return [label('abstract', 'include'), label('full-text', list === 'included' ? 'include' : 'exclude')];
}
