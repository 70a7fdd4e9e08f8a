import { type AnalyzedToken, analyze } from '../analysis/analyzer.ts';
import { stem } from '../analysis/stemmer.ts';
import type { QueryTerm, Vocabulary } from './lexical-index.ts';

/** Shortest part that an unknown word is split into. */
const SHORTEST_PART = 3;

/**
 * The terms to look for. Words that belong together are found however they are written: "self-improvement",
 * "self improvement" and "selfimprovement" give the same terms, the parts and the whole.
 * @param text a query after `splitSolidWords`.
 * @returns each term once, in the order of the query.
 */
export function queryTerms(text: string, vocabulary: Vocabulary): QueryTerm[] {
  const tokens = analyze(text);
  const joined = joinedNeighbours(tokens).filter((term) => vocabulary.hasTerm(term));
  const terms = new Set([...tokens.map(({ term }) => term), ...joined]);
  return Array.from(terms, (term) => ({ term, weight: 1 }));
}

/**
 * A query with its solid words parted as the corpus knows them: "selfimprovement" becomes "self-improvement"
 * where that is written somewhere, and an unknown word that two known ones make up becomes the two. Neither
 * keyword nor semantic search can do much with such a word as it stands.
 */
export function splitSolidWords(text: string, vocabulary: Vocabulary): string {
  let split = '';
  let position = 0;
  for (const token of analyze(text)) {
    const replacement = splitWord(token, vocabulary);
    if (replacement === undefined || token.start < position) continue;
    split += text.slice(position, token.start) + replacement;
    position = token.end;
  }
  return split + text.slice(position);
}

function splitWord({ term, surface, parts }: AnalyzedToken, vocabulary: Vocabulary): string | undefined {
  if (parts.length > 0 || !/^\p{L}+$/u.test(surface)) return undefined;
  const hyphenated = vocabulary.compounds.get(term);
  if (hyphenated) return hyphenated.join('-');
  if (vocabulary.hasTerm(term)) return undefined;
  for (let middle = surface.length - SHORTEST_PART; middle >= SHORTEST_PART; middle--) {
    const halves = [surface.slice(0, middle), surface.slice(middle)];
    if (halves.every((half) => vocabulary.hasTerm(stem(half)))) return halves.join(' ');
  }
  return undefined;
}

/** Terms of neighbouring words written as one. */
function joinedNeighbours(tokens: readonly AnalyzedToken[]): string[] {
  const words = tokens.filter(({ parts }) => parts.length === 0);
  return words.slice(1).flatMap((word, i) => {
    const before = words[i]!;
    return word.position === before.position + 1 ? [stem(before.surface + word.surface)] : [];
  });
}
