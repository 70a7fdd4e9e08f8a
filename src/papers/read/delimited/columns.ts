import { type ColumnField, type FieldPlaces, fieldPlaces } from '../field-names.ts';
import { OWN_ID_FIELD } from '../own-export.ts';

/** Columns that are looked at; no table of papers has as many. */
const MAX_COLUMNS = 1000;

/** What is known of a table from its headings. */
export interface Header {
  /** Number of columns. */
  readonly width: number;
  readonly headings: readonly string[];
  readonly places: FieldPlaces;
  /** Whether the table is an export of ours. */
  readonly isOurs: boolean;
  /** Headings that the user named and the table does not have. */
  readonly missing: readonly string[];
}

/**
 * The columns of a table by its headings.
 * @param wanted headings by field, as the user gave them; they win over what is guessed.
 */
export function headerOf(
  headings: readonly string[],
  wanted: Readonly<Partial<Record<ColumnField, string | undefined>>> = {},
): Header {
  const places = fieldPlaces(headings.slice(0, MAX_COLUMNS), wanted);
  const missing = Object.entries(wanted).flatMap(([field, heading]) =>
    heading === undefined || places[field as ColumnField]?.length ? [] : [heading],
  );
  return { width: headings.length, headings, places, isOurs: headings.includes(OWN_ID_FIELD), missing };
}

/** Whether the headings are those of a table of papers: a title, and as many known columns in all. */
export function namesPapers({ places }: Header, columns: number): boolean {
  return places.title !== undefined && Object.keys(places).length >= columns;
}
