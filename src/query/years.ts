import { type YearRange, yearRangeBetween } from './fields.ts';

/** Years whose papers a text prefers. */
export interface PreferredRange extends YearRange {
  /** Whether the text only mentions the year among its words, so that it may belong to the subject. */
  readonly isHint?: boolean | undefined;
}

/** The years that a text prefers, and the text without the phrase that says so. */
export interface PreferredYears extends PreferredRange {
  /** What says so: "after 2019". */
  readonly phrase: string;
  /** The text without the phrase. */
  readonly rest: string;
  /** A year alone and the word beside it, in their order: they may be a name ("CoNLL 2003"). */
  readonly pair?: readonly [string, string] | undefined;
}

/** Longer texts are prose, in which a year is part of what happened: only the years of publication count. */
const MAX_WORDS = 12;
/** Longer texts are abstracts. */
const MAX_PROSE_WORDS = 40;
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
/** What says that years are those of publication, in a text of any length. */
const OF_PUBLICATION = String.raw`(?:(?:published|written|appeared)\s+|(?:papers?|articles?|publications?|preprints?)\s+(?=from|since|after|before|between|until|up|in|during))`;
const compiled = (start: string) =>
  PHRASES.map(([pattern, years]) => ({
    pattern: new RegExp(`${START}${start}(?:${pattern})${END}`, 'iu'),
    years,
  }));
const IN_SHORT_TEXTS = compiled('');
const IN_PROSE = compiled(`(?<=${OF_PUBLICATION})`);
/** "2021 papers", "the 2021 studies": the year is a preference, the word stays a word. */
const BEFORE_PAPERS = new RegExp(
  `${START}${YEAR}(?=\\s+(?:papers?|articles?|publications?|preprints?|studies)(?:[\\s,;.?!]|$))`,
  'iu',
);
/** A year alone counts fully at the beginning and the end, where nothing follows from it. */
const ALONE = new RegExp(`^${YEAR}(?=\\s)|(?<=\\s)${YEAR}(?=[.?!]?$)`, 'u');
/** Among other words it is a hint, except after a capital, where it is part of a name ("ImageNet 2012"). */
const AMONG_WORDS = new RegExp(String.raw`(?<=(?:^|\s)[\p{Ll}-]+,?\s)${YEAR}(?=[,;]?\s)`, 'u');

/**
 * The years that people write into a short text as they say them: "worms after 2019", "papers from 2020 about worms",
 * "2020 papers", "worms 2020", "worms 2018-2020"; in a longer text only those of publication: "published in 2020".
 * A year among other words ("worms 2020 soil") is a hint, and stays a word.
 * @param text without operators. @returns undefined where there are none, or nothing else.
 */
export function preferredYearsOf(text: string): PreferredYears | undefined {
  const plain = text.replace(/\s+/gu, ' ').trim();
  const words = plain.split(' ');
  if (!/(?:19|20)\d\d/.test(plain) || words.length > MAX_PROSE_WORDS) return undefined;
  const isProse = words.length > MAX_WORDS;
  for (const { pattern, years } of isProse ? IN_PROSE : IN_SHORT_TEXTS) {
    const found = pattern.exec(plain);
    if (!found) continue;
    const [phrase, ...numbers] = found;
    const [first, second] = numbers.filter((number) => number !== undefined).map(Number);
    return preferred(years(first!, second ?? first!), phrase, without(plain, found.index, phrase));
  }
  const alone = BEFORE_PAPERS.exec(plain) ?? (isProse ? null : ALONE.exec(plain));
  if (alone) {
    const [year] = alone;
    const pair = yearAlone(words, year);
    return preferred(only(year), year, without(plain, alone.index, year), pair);
  }
  const hint = isProse ? undefined : AMONG_WORDS.exec(plain)?.[1];
  if (hint === undefined) return undefined;
  const found = preferred(only(hint), hint, plain);
  return found && { ...found, isHint: true };
}

const only = (year: string) => yearRangeBetween(Number(year), Number(year));

function without(plain: string, start: number, phrase: string): string {
  return `${plain.slice(0, start)} ${plain.slice(start + phrase.length)}`
    .replace(/\s+/gu, ' ')
    .replace(/^[\s,;]+|[\s,;]+$/gu, '');
}

/** A year at the beginning or the end and the word beside it. */
function yearAlone(words: readonly string[], year: string): readonly [string, string] | undefined {
  if (words[0] === year) return [year, words[1]!];
  return words.at(-1)!.startsWith(year) ? [words.at(-2)!, year] : undefined;
}

function preferred(
  range: YearRange | undefined,
  phrase: string,
  rest: string,
  pair?: readonly [string, string],
): PreferredYears | undefined {
  return range && /\p{L}{2}/u.test(rest) ? { ...range, phrase, rest, pair } : undefined;
}
