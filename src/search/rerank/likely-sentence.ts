import type { Paper } from '../../papers/paper.ts';
import { languageOf } from '../../papers/text-language.ts';
import { analyze } from '../../text/analyzer.ts';
import type { Span } from '../../text/span.ts';

/**
 * The sentence of an abstract whose words are most like those of a text: the one with the highest cosine of the two sets of
 * terms, shared / √(terms of the sentence × terms of the text) (Ochiai's coefficient); of several, the first. None if no
 * sentence has a word of the text.
 * @param spans the sentences of the abstract, in order and without overlaps. @returns at most one of them.
 */
export function likelySentence(
  text: string,
  { abstract, language }: Pick<Paper, 'abstract' | 'language'>,
  spans: readonly Span[],
): readonly Span[] {
  const written = languageOf({ language }, 'abstract');
  const asked = new Set(analyze(text, written).map(({ term }) => term));
  if (asked.size === 0) return [];
  const tokens = analyze(abstract, written).sort((a, b) => a.start - b.start);
  let best: Span | undefined;
  let most = { shared: 0, terms: 1 };
  let next = 0;
  for (const span of spans) {
    const terms = new Set<string>();
    for (; next < tokens.length && tokens[next]!.start < span.end; next++) terms.add(tokens[next]!.term);
    let shared = 0;
    for (const term of terms) if (asked.has(term)) shared++;
    // The squares of the cosines, with whole numbers: equal ones must be equal.
    if (shared ** 2 * most.terms > most.shared ** 2 * terms.size) {
      best = span;
      most = { shared, terms: terms.size };
    }
  }
  return best ? [best] : [];
}
