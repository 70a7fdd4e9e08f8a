import type { TermScore } from '../indexes/keyword/keyword-index.ts';
import type { Paper } from '../papers/paper.ts';
import { analyzeFor } from '../text/analyzer.ts';
import type { TermExplanation } from './explanation.ts';
import type { Question } from './question.ts';
import { surfacesOf } from './surfaces.ts';

/**
 * What each term adds to a paper's score, told in words: those of the query as it has them; for a prefix or a
 * misspelt word, with the paper's own word behind it ("optim* (optimum)").
 */
export function termExplanations(
  terms: readonly TermScore[],
  { text }: Pick<Question, 'text'>,
  paper: Paper,
): TermExplanation[] {
  const typed = surfacesOf(text);
  return terms.map(({ term: { term, followedBy, anyOf }, documentFrequency, score, fields }) => {
    const words = followedBy ? [term, followedBy.term] : [term];
    const told = words.map((word) => typed.get(word) ?? word).join(' ');
    const found = anyOf && wordOf(paper, anyOf);
    return {
      text: found ? `${told} (${found})` : told,
      term: words.join(' '),
      documentFrequency,
      score,
      fields,
    };
  });
}

/** The first word of a paper that has any of these terms. */
function wordOf(
  { title, abstract, authors, keywords, venue = '' }: Paper,
  terms: readonly string[],
): string | undefined {
  const text = [title, abstract, ...authors, ...keywords, venue].join('\n');
  return analyzeFor(text, new Set(terms))[0]?.surface;
}
