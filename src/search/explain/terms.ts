import type { TermScore } from '../../indexes/keyword/keyword-index.ts';
import type { Paper } from '../../papers/paper.ts';
import { analyzeFor } from '../../text/analyzer.ts';
import { surfacesOf } from '../surfaces.ts';
import type { TermExplanation } from './explanation.ts';

/**
 * What each term adds to a paper's score, with its words as the query has them; a prefix or a misspelt word is
 * followed by the word of the paper that it matches ("optim* (optimum)").
 * @param text the text that papers are ranked by.
 */
export function termExplanations(terms: readonly TermScore[], text: string, paper: Paper): TermExplanation[] {
  const typed = surfacesOf(text);
  return terms.map(({ term: { term, count, followedBy, anyOf }, documentFrequency, score, fields }) => {
    const words = followedBy ? [term, followedBy.term] : [term];
    const shown = words.map((word) => typed.get(word) ?? word).join(' ');
    const found = anyOf && wordOf(paper, anyOf);
    return {
      text: found ? `${shown} (${found})` : shown,
      term: words.join(' '),
      ...(count !== undefined && { count }),
      documentFrequency,
      score,
      fields,
    };
  });
}

/** The first word of a paper that has one of these terms. */
function wordOf(
  { title, abstract, authors, keywords, venue = '' }: Paper,
  terms: readonly string[],
): string | undefined {
  const text = [title, abstract, ...authors, ...keywords, venue].join('\n');
  return analyzeFor(text, new Set(terms))[0]?.surface;
}
