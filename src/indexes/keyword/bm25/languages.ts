import { ENGLISH_ONLY, type Language, OTHER_LANGUAGES } from '../../../text/languages.ts';
import type { Segment } from './segment.ts';
import type { TermDictionary } from './term-dictionary.ts';

/** Begins the terms that record languages. No analysed text contains it, and it sorts before every letter. */
const MARK = '\u0000';

/**
 * The term that records that a paper was analysed in a language other than English: a posting for every such paper. So
 * the postings alone say how an index was analysed, whichever papers are added or removed.
 */
export function languageTerm(language: Language): string {
  return `${MARK}${language}`;
}

/** The languages that the papers of a segment were analysed in, the most frequent first; English always among them. */
export function languagesOf(terms: TermDictionary, segment: Segment, documents: number): readonly Language[] {
  const counts = OTHER_LANGUAGES.flatMap((language) => {
    const number = terms.find(languageTerm(language));
    if (number === -1) return [];
    return [{ language: language as Language, papers: papersOf(number, segment) }];
  });
  if (counts.length === 0) return ENGLISH_ONLY;
  const english = documents - counts.reduce((sum, { papers }) => sum + papers, 0);
  return [{ language: 'en' as Language, papers: english }, ...counts]
    .sort((a, b) => b.papers - a.papers)
    .map(({ language }) => language);
}

/**
 * For every term, a bit for each of OTHER_LANGUAGES in whose papers it occurs, the first one lowest.
 * @param documents of the segment.
 */
export function termLanguages(terms: TermDictionary, segment: Segment, documents: number): Uint16Array {
  const { docs, firstPosting } = segment;
  const ofPaper = new Uint16Array(documents);
  for (const [at, language] of OTHER_LANGUAGES.entries()) {
    const number = terms.find(languageTerm(language));
    if (number === -1) continue;
    for (let i = firstPosting[number]!; i < firstPosting[number + 1]!; i++) ofPaper[docs[i]!] = 1 << at;
  }
  const bits = new Uint16Array(terms.size);
  for (let number = 0; number < bits.length; number++) {
    let found = 0;
    for (let i = firstPosting[number]!; i < firstPosting[number + 1]!; i++) found |= ofPaper[docs[i]!]!;
    bits[number] = found;
  }
  return bits;
}

function papersOf(number: number, { firstPosting }: Segment): number {
  return firstPosting[number + 1]! - firstPosting[number]!;
}
