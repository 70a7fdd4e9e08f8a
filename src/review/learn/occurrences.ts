import { analyze } from '../../text/analyzer.ts';
import type { PoolTexts, TermSpan } from './types.ts';
import type { Term } from './vocabulary.ts';

/** A stem of a paper with its place, or two neighbouring stems of one field. */
export interface Occurrence extends Term {
  /** As the text has it: "Treatment of hypertension" for the stems treat and hypertens. */
  readonly written: string;
  /** Absent in keywords. */
  readonly span?: TermSpan;
}

/**
 * Calls `receive` with each term of the paper of a row. Stop words are skipped, so "treatment of hypertension" contains
 * the pair of its two ends.
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
  let before: { term: string; start: number } | undefined;
  const occurrence = (first: string, second: string | undefined, start: number, end: number): Occurrence => ({
    first,
    ...(second !== undefined && { second }),
    written: text.slice(start, end),
    ...(field && { span: { field, start, end } }),
  });
  for (const { term, start, end, parts } of analyze(text)) {
    receive(occurrence(term, undefined, start, end));
    // A compound repeats the words that it joins.
    if (parts.length > 0) continue;
    if (before) receive(occurrence(before.term, term, before.start, end));
    before = { term, start };
  }
}
