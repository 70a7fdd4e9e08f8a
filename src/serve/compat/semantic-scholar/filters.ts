import { type DayRange, dayRangeOf } from '../../../papers/semantic-scholar/dates.ts';
import { fieldOfStudy } from '../../../papers/semantic-scholar/fields-of-study.ts';
import type { PaperSelection } from '../../../search/engine.ts';
import { unacceptable } from './errors.ts';
import { ourTypeOf, publicationType } from './publication-types.ts';

/** The filters of a search in the URL. */
export interface FilterParameters {
  /** `2019`, `2016-2020`, `2010-`, `-2015`. */
  readonly year?: string | undefined;
  /** `START:END` of days, months or years; see `dayRangeOf`. */
  readonly publicationDateOrYear?: string | undefined;
  /** Comma-separated names, like the fields below; a paper has to match one of them. */
  readonly venue?: string | undefined;
  readonly fieldsOfStudy?: string | undefined;
  readonly publicationTypes?: string | undefined;
  /** Enabled by any value except `false` and `0`. */
  readonly openAccessPdf?: string | undefined;
  /** How many papers of the index must cite it. */
  readonly minCitationCount?: string | undefined;
}

const YEARS = /^(?=.*\d)(\d{4})?(?:(-)(\d{4})?)?$/;

/**
 * The selection of papers that match all filters.
 * @throws PaperSearchError BAD_REQUEST for a value that is not allowed.
 */
export function selectionOf(parameters: FilterParameters): PaperSelection {
  const {
    year,
    publicationDateOrYear,
    venue,
    fieldsOfStudy,
    publicationTypes,
    openAccessPdf,
    minCitationCount,
  } = parameters;
  const types = valuesOf('publicationTypes', publicationTypes, publicationType);
  const publicationTypesHere = types.flatMap((type) => ourTypeOf(type) ?? []);
  const filters = {
    year: given(year) ? yearsOf(year) : undefined,
    day: given(publicationDateOrYear) ? daysOf(publicationDateOrYear) : undefined,
    venue: valuesOf('venue', venue, (name) => name),
    fieldOfStudy: valuesOf('fieldsOfStudy', fieldsOfStudy, fieldOfStudy),
    publicationType: publicationTypesHere,
    has: openAccessPdf === undefined || /^(?:false|0)$/i.test(openAccessPdf) ? [] : (['pdf'] as const),
    citations: given(minCitationCount) ? { from: minCitations(minCitationCount) } : undefined,
  };
  const isOfOtherType = types.length > 0 && publicationTypesHere.length === 0;
  return isOfOtherType ? { filters, ids: [] } : { filters };
}

function given(text: string | undefined): text is string {
  return text !== undefined && text.trim() !== '';
}

function yearsOf(text: string): { from?: number; to?: number } {
  const [, first, dash, last] = YEARS.exec(text.trim()) ?? [];
  const from = first === undefined ? undefined : Number(first);
  const to = dash === undefined ? from : last === undefined ? undefined : Number(last);
  const isRange = from !== undefined || to !== undefined;
  if (!isRange || (from !== undefined && to !== undefined && from > to)) throw unacceptable('year', text);
  return { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
}

function daysOf(text: string): DayRange {
  const range = dayRangeOf(text);
  if (!range) throw unacceptable('publicationDateOrYear', text);
  return range;
}

function valuesOf<T>(name: string, text: string | undefined, read: (value: string) => T | undefined): T[] {
  return (text ?? '')
    .split(',')
    .filter((value) => value.trim() !== '')
    .map((value) => {
      const known = read(value.trim());
      if (known === undefined) throw unacceptable(name, value.trim());
      return known;
    });
}

function minCitations(text: string): number {
  if (!/^\d{1,9}$/.test(text.trim())) throw unacceptable('minCitationCount', text);
  return Number(text);
}
