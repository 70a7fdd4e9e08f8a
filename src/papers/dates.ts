import { z } from 'zod';
import { MONTHS } from './months.ts';
import { wholeNumber } from './read/fields.ts';

/** When something was published, as far as it is known. */
export interface PublicationDate {
  readonly year?: number | undefined;
  /** ISO 8601: YYYY-MM-DD or a prefix of it. */
  readonly date?: string | undefined;
}

/** The day of an instant in milliseconds since 1970, in UTC; nothing when there is no such day. */
export function dateOfMs(ms: number | undefined): PublicationDate {
  const instant = new Date(ms ?? Number.NaN);
  if (Number.isNaN(instant.getTime())) return {};
  const date = instant.toISOString().slice(0, 10);
  return isYear(instant.getUTCFullYear()) ? { date, year: instant.getUTCFullYear() } : {};
}

/** A date from year, month and day as far as they are there and can be. */
export function dateOfParts(parts: readonly (number | undefined)[]): PublicationDate {
  const [year, month, day] = parts;
  if (year === undefined || !isYear(year)) return {};
  const two = (value: number) => String(value).padStart(2, '0');
  if (month === undefined || month < 1 || month > 12) return { year, date: String(year) };
  if (day === undefined || day < 1 || day > 31) return { year, date: `${year}-${two(month)}` };
  return { year, date: `${year}-${two(month)}-${two(day)}` };
}

/** A date written with the year first ("2021", "2021-3-07", "2021/03/07/spring"), or only a year somewhere in it. */
export function dateOfText(text: string | undefined): PublicationDate {
  const parts = /^\s*(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2})(?!\d))?)?/.exec(text ?? '');
  if (parts)
    return dateOfParts(parts.slice(1).map((part) => (part === undefined ? undefined : Number(part))));
  const year = /(?<!\d)(?:1[89]|20)\d{2}(?!\d)/.exec(text ?? '')?.[0];
  return year ? { year: Number(year) } : {};
}

/**
 * A date in words with the year first or last: "2013 Sep 12", "12 September 2013", "SEP 2013", "2013 Sep-Oct", or one of
 * `dateOfText`. A season is left out.
 */
export function dateOfWords(text: string | undefined): PublicationDate {
  const found =
    /(?:(?<!\d)(\d{1,2})\.?\s+)?(?<!\p{L})(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\p{L}*\.?(?:\s+(\d{1,2})(?!\d))?/iu.exec(
      text ?? '',
    );
  const year = /(?<!\d)(?:1[89]|20)\d{2}(?!\d)/.exec(text ?? '')?.[0];
  if (!found || year === undefined) return dateOfText(text);
  const [, before, month, after] = found;
  const day = after ?? before;
  return dateOfParts([
    Number(year),
    MONTHS.indexOf(month!.toLowerCase()) + 1,
    day === undefined ? undefined : Number(day),
  ]);
}

/**
 * A date of CSL and Crossref: `{ "date-parts": [[2021, 3]] }`, with nulls, texts and `raw` as they occur, or a text as in
 * EDTF ("2019-03").
 */
export const cslDate: z.ZodType<PublicationDate> = z.union(
  [
    z.string().transform(dateOfText),
    z.number().transform((year) => dateOfText(String(year))),
    z
      .looseObject({
        'date-parts': z.array(z.array(wholeNumber.nullish().catch(undefined))).nullish(),
        raw: z.string().nullish().catch(undefined),
        literal: z.string().nullish().catch(undefined),
      })
      .transform(({ 'date-parts': parts, raw, literal }) => {
        const found = dateOfParts((parts?.[0] ?? []).map((part) => part ?? undefined));
        return found.year === undefined ? dateOfText(raw ?? literal ?? undefined) : found;
      }),
  ],
  { error: 'Expected a date' },
);

function isYear(year: number): boolean {
  return year >= 1000 && year <= 9999;
}
