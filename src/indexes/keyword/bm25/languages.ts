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

/** Bit of a term whose languages are known. */
const KNOWN = 1 << 15;

/** In the papers of which languages terms occur: found when a term is first looked up, which reads its postings. */
export class TermLanguages {
  readonly #segment: Segment;
  /** A bit for each of OTHER_LANGUAGES, the first one lowest, of each paper. */
  readonly #ofPaper: Uint16Array;
  /** Likewise of each term, and KNOWN. */
  readonly #ofTerm: Uint16Array;

  /** @param documents of the segment. */
  constructor(terms: TermDictionary, segment: Segment, documents: number) {
    this.#segment = segment;
    this.#ofPaper = new Uint16Array(documents);
    this.#ofTerm = new Uint16Array(terms.size);
    const { docs, firstPosting } = segment;
    for (const [at, language] of OTHER_LANGUAGES.entries()) {
      const number = terms.find(languageTerm(language));
      if (number === -1) continue;
      const end = firstPosting[number + 1]!;
      segment.load(firstPosting[number]!, end);
      for (let i = firstPosting[number]!; i < end; i++) this.#ofPaper[docs[i]!] = 1 << at;
    }
  }

  /** Whether papers in a language have the term with a number. */
  has(number: number, language: Exclude<Language, 'en'>): boolean {
    if (this.#ofTerm[number] === 0) this.#ofTerm[number] = KNOWN | this.#find(number);
    return (this.#ofTerm[number]! & (1 << OTHER_LANGUAGES.indexOf(language))) !== 0;
  }

  #find(number: number): number {
    const { docs, firstPosting } = this.#segment;
    const end = firstPosting[number + 1]!;
    this.#segment.load(firstPosting[number]!, end);
    let found = 0;
    for (let i = firstPosting[number]!; i < end; i++) found |= this.#ofPaper[docs[i]!]!;
    return found;
  }
}

function papersOf(number: number, { firstPosting }: Segment): number {
  return firstPosting[number + 1]! - firstPosting[number]!;
}
