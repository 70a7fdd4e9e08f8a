import type { CorpusItem, RawPaper, StatusOfOther } from './reader.ts';

/** What one record gives: the paper, with a reason for every field that had to be left out; or no paper. */
export type RecordResult =
  | {
      readonly paper: RawPaper;
      readonly dropped: readonly FieldProblem[];
      readonly about?: readonly StatusOfOther[];
      /** Names of parts of the record that were not read, for the report. */
      readonly left?: readonly string[];
    }
  | { readonly rejected: FieldProblem };

/** Why a field was left out, or a record rejected. */
export interface FieldProblem {
  /** Undefined when the reason is about the whole record. */
  readonly field?: string | undefined;
  readonly reason: string;
}

/** Where a record was found. */
export interface RecordPlace {
  readonly file: string;
  /** 1-based line on which it begins. */
  readonly line: number;
  /** 1-based number of the record; undefined where each line is one. */
  readonly record?: number | undefined;
}

/** What a reader yields for one record: the rejection, or warnings for dropped fields and then the paper. */
export function itemsOf(result: RecordResult, place: RecordPlace): CorpusItem[] {
  if ('rejected' in result) return [rejection(place, result.rejected)];
  const { line, record = line } = place;
  return [
    ...result.dropped.map((problem): CorpusItem => ({ kind: 'warning', notice: { ...place, ...problem } })),
    ...(result.about ?? []).map((each): CorpusItem => ({ kind: 'status', ...each })),
    { kind: 'paper', record, line, paper: result.paper },
  ];
}

/** A record that cannot be read. */
export function rejection(place: RecordPlace, problem: FieldProblem): CorpusItem {
  return { kind: 'rejected', notice: { ...place, ...problem } };
}
