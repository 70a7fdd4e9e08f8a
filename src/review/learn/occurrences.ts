import { wordsIn } from '../../text/analyzer.ts';
import type { PoolTexts, TermSpan } from './types.ts';
import type { Term } from './vocabulary.ts';

/** A word of a paper with its place, or two neighbouring words of one field. */
export interface Occurrence extends Term {
  /** As the text has it. */
  readonly written: string;
  /** Absent in keywords. */
  readonly span?: TermSpan;
}

/**
 * Calls `receive` with each term of the paper of a row: folded words, not stemmed, stop words too, and their pairs. A term of
 * the title is received twice, once as a term of titles.
 */
export function readOccurrences(texts: PoolTexts, row: number, receive: (found: Occurrence) => void): void {
  readText(texts.titles[row] ?? '', 'title', receive);
  readText(texts.abstracts[row] ?? '', 'abstract', receive);
  for (const keyword of texts.keywords?.[row] ?? []) {
    readText(keyword, undefined, receive);
  }
}

function readText(
  text: string,
  field: TermSpan['field'] | undefined,
  receive: (found: Occurrence) => void,
): void {
  const found = (term: Term, start: number, end: number): Occurrence => ({
    ...term,
    written: text.slice(start, end),
    ...(field && { span: { field, start, end } }),
  });
  const both = (term: Term, start: number, end: number): void => {
    receive(found(term, start, end));
    if (field === 'title') receive(found({ ...term, inTitle: true }, start, end));
  };
  let before: { surface: string; start: number } | undefined;
  for (const { surface, start, end } of wordsIn(text)) {
    both({ first: surface }, start, end);
    if (before) both({ first: before.surface, second: surface }, before.start, end);
    before = { surface, start };
  }
}
