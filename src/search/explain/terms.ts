import type { TermScore } from '../../indexes/keyword/keyword-index.ts';
import { TEXT_FIELDS } from '../../papers/fields.ts';
import type { Paper } from '../../papers/paper.ts';
import { languageOf } from '../../papers/text-language.ts';
import { analyzeFor } from '../../text/analyzer.ts';
import { ENGLISH_ONLY, type Language } from '../../text/languages.ts';
import { surfacesOf } from '../surfaces.ts';
import type { TermExplanation } from './explanation.ts';

/**
 * What each term adds to a paper's score, with its words as the query has them; a prefix or a misspelt word is
 * followed by the word of the paper that it matches ("optim* (optimum)").
 * @param text the text that papers are ranked by. @param languages those of the index.
 */
export function termExplanations(
  terms: readonly TermScore[],
  text: string,
  paper: Paper,
  languages: readonly Language[] = ENGLISH_ONLY,
): TermExplanation[] {
  const typed = surfacesOf(text, languages);
  return terms.map(({ term: { term, count, followedBy, anyOf }, documentFrequency, score, fields }) => {
    const words = followedBy ? [term, followedBy.term] : [term];
    const shown = words.map((word) => shownAs(word, typed)).join(' ');
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

/** A term as the query has it; "Modell…" for the longer words that "Modell" is a part of. */
function shownAs(term: string, typed: ReadonlyMap<string, string>): string {
  const stem = term.replaceAll('…', '');
  const word = typed.get(stem) ?? stem;
  return stem === term ? word : `${word}…`;
}

/** The first word of a paper that has one of these terms. */
function wordOf(paper: Paper, terms: readonly string[]): string | undefined {
  const wanted = new Set(terms);
  for (const field of TEXT_FIELDS) {
    const text = [paper[field] ?? ''].flat().join('\n');
    const [found] = analyzeFor(text, wanted, languageOf(paper, field));
    if (found) return found.surface;
  }
  return undefined;
}
