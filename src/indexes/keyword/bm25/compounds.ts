import type { AnalyzedToken } from '../../../text/analyzer.ts';
import { totalFrequency } from './frequencies.ts';
import type { Segment } from './segment.ts';
import type { TermDictionary } from './term-dictionary.ts';

/** Begins the terms that record spellings. No analysed text contains it, and it sorts before every letter. */
const MARK = '\u0001';

/**
 * The term that records how a compound is written, beside the joined term that is searched for: a posting for
 * every paper that writes it this way. So the postings alone say what the corpus writes with a hyphen, whichever papers
 * are added or removed.
 */
export function spellingTerm({ term, parts }: Pick<AnalyzedToken, 'term' | 'parts'>): string {
  return `${MARK}${term}${MARK}${parts.join('-')}`;
}

/**
 * The surfaces of a joined term's parts, where the corpus writes it with a hyphen at least as often as without;
 * of several ways, the most frequent one.
 */
export function compoundOf(
  term: string,
  terms: TermDictionary,
  segment: Segment,
): readonly string[] | undefined {
  const joined = terms.find(term);
  if (joined === -1 || (segment.compoundBits[joined >> 3]! & (1 << (joined & 7))) === 0) return undefined;
  const prefix = `${MARK}${term}${MARK}`;
  let hyphenated = 0;
  let best = { count: 0, spelling: '' };
  for (let number = terms.lowerBound(prefix); number < terms.size; number++) {
    const spelling = terms.term(number);
    if (!spelling.startsWith(prefix)) break;
    const count = occurrences(number, segment);
    hyphenated += count;
    if (count > best.count) best = { count, spelling };
  }
  const solid = occurrences(joined, segment) - hyphenated;
  return hyphenated >= solid ? best.spelling.slice(prefix.length).split('-') : undefined;
}

/** A bit for every term that some spelling is recorded for. */
export function compoundBits(terms: TermDictionary): Uint8Array {
  const bits = new Uint8Array(Math.ceil(terms.size / 8));
  const end = terms.lowerBound(String.fromCharCode(MARK.charCodeAt(0) + 1));
  let joined = 0;
  for (let number = terms.lowerBound(MARK); number < end; number++) {
    const term = terms.term(number).split(MARK)[1]!;
    // They ascend as their spellings do. A look-up would need the hash table, which an index that is only written does without.
    joined = terms.lowerBound(term, joined);
    if (joined < terms.size && terms.term(joined) === term) bits[joined >> 3]! |= 1 << (joined & 7);
  }
  return bits;
}

/** How often a term occurs in all papers. */
function occurrences(number: number, { firstPosting, frequencies, load }: Segment): number {
  const start = firstPosting[number]!;
  const end = firstPosting[number + 1]!;
  load(start, end);
  let sum = 0;
  for (let i = start; i < end; i++) sum += totalFrequency(frequencies[i]!);
  return sum;
}
