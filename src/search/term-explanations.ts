import { analyzeFor } from '../analysis/analyzer.ts';
import type { TermScore } from '../lexical/lexical-index.ts';
import type { Paper } from '../types.ts';
import type { TermExplanation } from './explanation.ts';
import type { Question } from './question.ts';
import { surfacesOf } from './surfaces.ts';

/**
 * What each term adds to a paper's score, told in words: those of the query as it has them; for a prefix or a
 * misspelt word, with the paper's own word behind it ("optim (optimum)").
 */
export function termExplanations(
  terms: readonly TermScore[],
  { text, expansions }: Pick<Question, 'text' | 'expansions'>,
  paper: Paper,
): TermExplanation[] {
  const typed = surfacesOf(text);
  const inQuery = (term: string): string => {
    const surface = typed.get(term);
    if (surface !== undefined) return surface;
    const word = wordOf(paper, term);
    const open = expansions.find((expansion) => expansion.terms.includes(term));
    return open && open.text !== word ? `${open.text} (${word})` : word;
  };
  return terms.map(({ term: { term, followedBy }, documentFrequency, score, fields }) => {
    const words = followedBy ? [term, followedBy.term] : [term];
    return { text: words.map(inQuery).join(' '), term: words.join(' '), documentFrequency, score, fields };
  });
}

/** The first word of a paper that has a term; the term itself where it has none. */
function wordOf({ title, abstract, authors, keywords, venue = '' }: Paper, term: string): string {
  const text = [title, abstract, ...authors, ...keywords, venue].join('\n');
  return analyzeFor(text, new Set([term]))[0]?.surface ?? term;
}
