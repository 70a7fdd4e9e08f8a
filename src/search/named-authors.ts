import { intersect } from '../util/mask.ts';
import type { Corpus } from './corpus.ts';
import type { EncodedQuery } from './encode.ts';
import { papersOfPeople } from './match/authors.ts';
import type { NamedPapers } from './named-papers.ts';

/** Most words of names: longer texts are about a subject, and take longer to match. */
const MAX_NAME_LENGTH = 6;

/** The last "by" of a text, and what follows it. */
const BY = /^(.*)\sby\s+(?:either\s+|both\s+)?((?:(?!\sby\s).)+?)[.?!]?$/isu;
/** What says that names follow "by", even one family name alone, which may be a method otherwise ("estimation by Monte"). */
const OF_WORKS =
  /(?<!\p{L})(?:papers?|articles?|publications?|preprints?|works?|talks?|written|authored)(?!\p{L})/iu;

/** Names that a query may ask for. */
interface AskedNames {
  readonly names: string;
  /** As in `NamedPapers`. */
  readonly inSentence: boolean;
}

/**
 * The papers that a query of names asks for: of the people that the whole query names, or those that follow "by" at its
 * end.
 * @returns undefined in semantic mode, which does not know authors, for more than six words of names, and where no paper
 *   of the match has such authors.
 */
export function papersOfNamed(
  query: Pick<EncodedQuery, 'mode' | 'text' | 'match' | 'parsed'>,
  { fields, named }: Pick<Corpus, 'fields' | 'named'>,
): NamedPapers | undefined {
  if (named) return named(query.text);
  for (const { names, inSentence } of namesIn(query)) {
    const papers = papersOfPeople(names, fields, fields.size);
    if (papers && query.match) intersect(papers, query.match.mask);
    if (papers?.includes(1)) return { papers, inSentence };
  }
  return undefined;
}

/**
 * The names that a query may ask for, those to be looked for first: all of its text, or what follows "by" at its end. A
 * single word after "by" is a name only in a query for papers ("articles on robotics by Prieve").
 */
export function namesIn({
  mode,
  text,
  parsed,
}: Pick<EncodedQuery, 'mode' | 'text' | 'parsed'>): readonly AskedNames[] {
  if (mode === 'semantic' || text === '') return [];
  const atEnd = namesAtEnd(text, parsed.query.plain);
  const asked = [
    { names: text, inSentence: false },
    ...(atEnd === undefined ? [] : [{ names: atEnd, inSentence: true }]),
  ];
  return asked.filter(({ names }) => names.split(' ').length <= MAX_NAME_LENGTH);
}

/** @param text that papers are ranked by. @param asked the query before filler phrases were removed. */
function namesAtEnd(text: string, asked: string): string | undefined {
  const found = BY.exec(text);
  if (!found) return undefined;
  const names = found[2]!;
  return names.includes(' ') || OF_WORKS.test(asked) ? names : undefined;
}
