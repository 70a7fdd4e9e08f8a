import { type YearRange, yearRangeBetween } from './fields.ts';

/** The years that a text prefers, and the text without the phrase that says so. */
export interface PreferredYears extends YearRange {
  /** What says so: "after 2019". */
  readonly phrase: string;
  /** The text without the phrase. */
  readonly rest: string;
  /** A year alone and the word beside it, in their order: they may be a name ("CoNLL 2003"). */
  readonly pair?: readonly [string, string] | undefined;
}

/** Longer texts are prose, in which a year is part of what happened. */
const MAX_WORDS = 12;
const YEAR = String.raw`((?:19|20)\d\d)`;
const LEAD = String.raw`(?:(?:published|written|appeared|from)\s+)?`;
const END = String.raw`(?=[\s,;.?!]|$)`;
const START = String.raw`(?<=^|[\s,;])`;

type Reading = readonly [pattern: string, years: (first: number, second: number) => YearRange | undefined];

const PHRASES: readonly Reading[] = [
  [`${LEAD}between\\s+${YEAR}\\s+and\\s+${YEAR}`, (from, to) => yearRangeBetween(from, to)],
  [
    `(?:published\\s+)?from\\s+${YEAR}\\s+(?:to|until|till|through)\\s+${YEAR}`,
    (from, to) => yearRangeBetween(from, to),
  ],
  [
    `${LEAD}(?:(?:in|during)\\s+)?${YEAR}\\s*(?:-|–|\\.\\.)\\s*${YEAR}`,
    (from, to) => yearRangeBetween(from, to),
  ],
  [
    `${LEAD}(?:after|later\\s+than|newer\\s+than|more\\s+recent\\s+than)\\s+${YEAR}`,
    (year) => yearRangeBetween(year + 1, undefined),
  ],
  [
    `${LEAD}since\\s+${YEAR}|from\\s+${YEAR}\\s+(?:on|onwards?)|${YEAR}\\s+(?:or|and)\\s+(?:later|newer)`,
    (year) => yearRangeBetween(year, undefined),
  ],
  [
    `${LEAD}(?:before|earlier\\s+than|older\\s+than|prior\\s+to)\\s+${YEAR}`,
    (year) => yearRangeBetween(undefined, year - 1),
  ],
  [
    `${LEAD}(?:until|up\\s+to)\\s+${YEAR}|${YEAR}\\s+(?:or|and)\\s+(?:earlier|older)`,
    (year) => yearRangeBetween(undefined, year),
  ],
  [`(?:published\\s+in|written\\s+in|in|from|during)\\s+${YEAR}`, (year) => yearRangeBetween(year, year)],
];
const COMPILED = PHRASES.map(([pattern, years]) => ({
  pattern: new RegExp(`${START}(?:${pattern})${END}`, 'iu'),
  years,
}));
/** A year alone counts at the beginning and the end, where nothing follows from it. */
const ALONE = new RegExp(`^${YEAR}(?=\\s)|(?<=\\s)${YEAR}$`, 'u');

/**
 * The years that people write into a short text as they say them: "worms after 2019", "papers from 2020 about worms",
 * "worms 2020", "worms 2018-2020".
 * @param text without operators. @returns undefined where there are none, or nothing else.
 */
export function preferredYearsOf(text: string): PreferredYears | undefined {
  const plain = text.replace(/\s+/gu, ' ').trim();
  if (!/(?:19|20)\d\d/.test(plain) || plain.split(' ').length > MAX_WORDS) return undefined;
  for (const { pattern, years } of COMPILED) {
    const found = pattern.exec(plain);
    if (!found) continue;
    const [phrase, ...numbers] = found;
    const [first, second] = numbers.filter((number) => number !== undefined).map(Number);
    const range = years(first!, second ?? first!);
    const rest = `${plain.slice(0, found.index)} ${plain.slice(found.index + phrase.length)}`
      .replace(/\s+/gu, ' ')
      .replace(/^[\s,;]+|[\s,;]+$/gu, '');
    return range && /\p{L}{2}/u.test(rest) ? { ...range, phrase, rest } : undefined;
  }
  const year = ALONE.exec(plain)?.[0];
  if (year === undefined) return undefined;
  const words = plain.split(' ');
  const isFirst = words[0] === year;
  const pair = isFirst ? ([year, words[1]!] as const) : ([words.at(-2)!, year] as const);
  const rest = (isFirst ? words.slice(1) : words.slice(0, -1)).join(' ');
  const range = yearRangeBetween(Number(year), Number(year));
  return range && /\p{L}{2}/u.test(rest) ? { ...range, phrase: year, rest, pair } : undefined;
}
