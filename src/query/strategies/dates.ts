import { yearRangeBetween } from '../fields.ts';
import { bracketTag } from './tags.ts';
import type { StrategyToken } from './tokens.ts';

const DATE = '"?(\\d{4})((?:[/-]\\d{1,2}){0,2})"?';
const TAG = '\\[([^[\\]\\n]{1,40})\\]';
const PUBMED_RANGE = new RegExp(`${DATE}(?: ?${TAG})? ?: ?${DATE} ?${TAG}`, 'y');
const OVID_RANGE = /\(?(\d{4}) ?[:-] ?(\d{4})\)?\.\(?(sa_year|yr|dp|py)\)?\./iy;
const OVID_YEARS = /yr ?= ?"?(\d{4}) ?- ?(\d{4}|current)?"?/iy;
const EMBASE_RANGE = /\[(\d{4})-(\d{4})\]\/py/iy;
/** PubMed's word for no end. */
const OPEN_YEAR = 3000;

type Years = Extract<StrategyToken, { kind: 'years' }>;

/** A range of years that begins at `at`, as PubMed, Ovid and Embase write it; undefined where there is none. */
export function rangeToken(
  text: string,
  at: number,
): { readonly length: number; readonly token: Omit<Years, 'span'> } | undefined {
  if (!/["\d[y]/i.test(text[at]!)) return undefined;
  const matched = (pattern: RegExp) => {
    pattern.lastIndex = at;
    return pattern.exec(text);
  };
  const pubmed = matched(PUBMED_RANGE);
  const tag = pubmed ? bracketTag(pubmed[6]!) : undefined;
  if (pubmed && tag?.kind === 'date') {
    const [whole, from, fromDay, , to, toDay] = pubmed;
    const inexact = tag.published ? (`${fromDay}${toDay}`.length > 2 ? 'day' : undefined) : 'recordDate';
    return tokenOf(whole, Number(from), Number(to), inexact);
  }
  const other = matched(OVID_RANGE) ?? matched(OVID_YEARS) ?? matched(EMBASE_RANGE);
  if (!other) return undefined;
  return tokenOf(other[0], Number(other[1]), Number(other[2]) || OPEN_YEAR, undefined);
}

function tokenOf(whole: string, from: number, to: number, inexact: Years['inexact']) {
  const years = yearRangeBetween(from, to >= OPEN_YEAR ? undefined : to);
  return years && { length: whole.length, token: { kind: 'years', ...years, inexact } as const };
}

/**
 * A date before a tag: `2019`, `2019/05`, `2010:2020`, `2010-2020`.
 * @returns undefined for anything else ("last 5 years").
 */
export function yearsOf(text: string): Pick<Years, 'from' | 'to' | 'inexact'> | undefined {
  const parts = /^(\d{4})((?:[/-]\d{1,2}){0,2})(?:\s?[:-]\s?(\d{4})((?:[/-]\d{1,2}){0,2}))?[*$]?$/.exec(
    text.trim(),
  );
  if (!parts) return undefined;
  const [, from, fromDay, to = from, toDay = ''] = parts;
  const years = yearRangeBetween(Number(from), Number(to) >= OPEN_YEAR ? undefined : Number(to));
  return years && { ...years, inexact: `${fromDay}${toDay}` === '' ? undefined : 'day' };
}
