import { linesOf } from '../lines.ts';

/** One record: its values by tag, in their order. */
export interface RisRecord {
  /** 1-based line on which it begins. */
  readonly line: number;
  readonly values: ReadonlyMap<string, readonly string[]>;
  /** Whether ER ends it. */
  readonly isClosed: boolean;
}

/** Tag, two blanks, hyphen, blank, value; some writers save on blanks. Other line separators (U+2028) are white space. */
const TAG = /^\ufeff?([A-Z][A-Z\d])(?: {2}- ?(.*)| -(?: (.*))?)$/s;
/** Values of one record that are kept; more are damage. */
const MAX_VALUES = 20_000;

/**
 * The records of a file. A record begins with its first tag, which is not TY in every file, and ends with ER or before
 * the next TY. Text before its first tag is skipped.
 */
export async function* recordsOf(chunks: AsyncIterable<string>): AsyncIterable<RisRecord> {
  let line = 0;
  let values: Map<string, string[]> | undefined;
  let last: string[] | undefined;
  let count = 0;
  for await (const { number, text } of linesOf(chunks)) {
    const [, tag, wide, narrow] = TAG.exec(text.trimEnd()) ?? [];
    const value = wide ?? narrow ?? '';
    if (tag === 'ER') {
      if (values) yield { line, values, isClosed: true };
      values = undefined;
      continue;
    }
    if (tag === 'TY' && values?.has('TY')) {
      yield { line, values, isClosed: false };
      values = undefined;
    }
    if (tag && !values) {
      values = new Map();
      line = number;
      last = undefined;
      count = 0;
    }
    if (!values || ++count > MAX_VALUES) continue;
    if (tag) {
      last = values.get(tag) ?? [];
      last.push(value.trim());
      values.set(tag, last);
    } else if (last) {
      // A value may go on over lines; an empty line parts the paragraphs of an abstract.
      last.push(`${last.pop()}\n${text.trim()}`);
    }
  }
  // Tags after the last record without TY are what a program wrote at the end of its file.
  if (values?.has('TY')) yield { line, values, isClosed: false };
}
