import type { Paper } from '../papers/paper.ts';
import { languageOf } from '../papers/text-language.ts';
import { type AnalyzedToken, analyzeFor } from '../text/analyzer.ts';
import type { Span } from '../text/span.ts';

/** A span of a paper's title or abstract that the query matched, and its exact text. */
export interface Highlight extends Span {
  readonly field: 'title' | 'abstract';
  readonly text: string;
}

/**
 * The words of title and abstract that a query's terms match: whole words of the original text, in order and
 * without overlaps.
 * @param terms analysed terms of the query.
 */
export function highlightsOf(paper: Paper, terms: ReadonlySet<string>): Highlight[] {
  if (terms.size === 0) return [];
  return (['title', 'abstract'] as const).flatMap((field) => {
    const text = paper[field];
    const matched = analyzeFor(text, terms, languageOf(paper, field));
    return merge(matched).map(({ start, end }) => ({ field, start, end, text: text.slice(start, end) }));
  });
}

/** Overlapping tokens (a compound and its parts) as one span. */
function merge(tokens: AnalyzedToken[]): { start: number; end: number }[] {
  const spans: { start: number; end: number }[] = [];
  for (const { start, end } of tokens.sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = spans.at(-1);
    if (last && start < last.end) last.end = Math.max(last.end, end);
    else spans.push({ start, end });
  }
  return spans;
}
