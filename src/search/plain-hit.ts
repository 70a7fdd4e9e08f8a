import type { Paper } from '../papers/paper.ts';
import { plainFormOf, plainSpan, plainUnicode } from '../text/markup/plain-form.ts';
import type { Highlight } from './highlight.ts';

/** A paper for where only text can be shown: its title and abstract in plain Unicode characters. */
export function plainPaper<P extends Pick<Paper, 'title' | 'abstract'>>(paper: P): P {
  const title = plainUnicode(paper.title);
  const abstract = plainUnicode(paper.abstract);
  return title === paper.title && abstract === paper.abstract ? paper : { ...paper, title, abstract };
}

/** A hit with the paper in plain Unicode characters, and its highlights as spans of these. */
export function plainHit<H extends { readonly paper: Paper; readonly highlights: readonly Highlight[] }>(
  hit: H,
): H {
  const paper = plainPaper(hit.paper);
  if (paper === hit.paper) return hit;
  const forms = { title: plainFormOf(hit.paper.title), abstract: plainFormOf(hit.paper.abstract) };
  const highlights: Highlight[] = [];
  for (const highlight of hit.highlights) {
    const form = forms[highlight.field];
    const span = form ? plainSpan(form, highlight) : highlight;
    if (!span) continue;
    // Two words of a formula may be parts of one sign.
    const before = highlights.at(-1);
    const start = before?.field === highlight.field ? Math.max(before.end, span.start) : span.start;
    if (start >= span.end) continue;
    const text = paper[highlight.field].slice(start, span.end);
    highlights.push({ field: highlight.field, start, end: span.end, text });
  }
  return { ...hit, paper, highlights };
}
