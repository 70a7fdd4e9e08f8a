import { dayRangeOf } from '../../../papers/semantic-scholar/dates.ts';
import { fieldBits, fieldOfStudy } from '../../../papers/semantic-scholar/fields-of-study.ts';
import type { Corpus } from './corpus.ts';
import { unacceptable } from './errors.ts';
import { publicationType, typeBits } from './publication-types.ts';

/** The filters of a search as they stand in the URL. */
export interface FilterParameters {
  /** `2019`, `2016-2020`, `2010-`, `-2015`. */
  readonly year?: string | undefined;
  /** `START:END` of days, months or years; see `dayRangeOf`. */
  readonly publicationDateOrYear?: string | undefined;
  /** Names parted by commas, as are those below: a paper passes with one of them. */
  readonly venue?: string | undefined;
  readonly fieldsOfStudy?: string | undefined;
  readonly publicationTypes?: string | undefined;
  /** Any value but `false` and `0` asks for it. */
  readonly openAccessPdf?: string | undefined;
  /** Citations are unknown and count as none: more than 0 leaves nothing. */
  readonly minCitationCount?: string | undefined;
}

const YEARS = /^(?=.*\d)(\d{4})?(?:(-)(\d{4})?)?$/;

/**
 * The papers that pass all filters, one byte each.
 * @throws PaperSearchError BAD_REQUEST for a value that is not allowed.
 */
export async function passingPapers(parameters: FilterParameters, corpus: Corpus): Promise<Uint8Array> {
  const {
    year,
    publicationDateOrYear,
    venue,
    fieldsOfStudy,
    publicationTypes,
    openAccessPdf,
    minCitationCount,
  } = parameters;
  const days = given(publicationDateOrYear) ? daysOf(publicationDateOrYear) : undefined;
  const fields = fieldBits(valuesOf('fieldsOfStudy', fieldsOfStudy, fieldOfStudy));
  const types = typeBits(valuesOf('publicationTypes', publicationTypes, publicationType));
  const isCited = given(minCitationCount) && leastCitations(minCitationCount) > 0;
  const mask = await corpus.positions.select({
    filters: {
      year: given(year) ? yearsOf(year) : undefined,
      venue: valuesOf('venue', venue, (name) => name),
      has: openAccessPdf === undefined || /^(?:false|0)$/i.test(openAccessPdf) ? [] : ['pdf'],
    },
  });
  if (isCited) return mask.fill(0);
  if (!days && fields === 0 && types === 0) return mask;
  const catalogue = await corpus.catalogue();
  for (let doc = 0; doc < mask.length; doc++) {
    if (days && !(catalogue.days[doc]! >= days.from && catalogue.days[doc]! <= days.to)) mask[doc] = 0;
    else if (fields !== 0 && (catalogue.fields[doc]! & fields) === 0) mask[doc] = 0;
    else if (types !== 0 && (catalogue.types[doc]! & types) === 0) mask[doc] = 0;
  }
  return mask;
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

/** The first and the last day. An unknown day, 0, is before all. */
function daysOf(text: string): { from: number; to: number } {
  const range = dayRangeOf(text);
  if (!range) throw unacceptable('publicationDateOrYear', text);
  return { from: range.from ?? 1, to: range.to ?? Number.POSITIVE_INFINITY };
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

function leastCitations(text: string): number {
  if (!/^\d{1,9}$/.test(text.trim())) throw unacceptable('minCitationCount', text);
  return Number(text);
}
