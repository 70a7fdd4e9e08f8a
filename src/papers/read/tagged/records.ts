import { linesOf } from '../lines.ts';
import type { Dialect } from './dialect.ts';

/** One record: its values by tag, in their order. */
export interface TaggedRecord {
  /** 1-based line on which it begins. */
  readonly line: number;
  readonly values: ReadonlyMap<string, readonly string[]>;
}

/** Values of one record that are kept; more are damage. */
const MAX_VALUES = 20_000;

/** Cuts a text into the records of a dialect. A line belongs to the value before it unless it has a tag. */
export async function* taggedRecords(
  chunks: AsyncIterable<string>,
  { lineOf, begins, lists }: Dialect,
): AsyncIterable<TaggedRecord> {
  let line = 0;
  let values = new Map<string, string[]>();
  let last: { readonly tag: string; readonly values: string[] } | undefined;
  let count = 0;
  const taken = () => {
    const record = { line, values };
    values = new Map();
    last = undefined;
    count = 0;
    return record;
  };
  for await (const { number, text } of linesOf(chunks)) {
    const found = lineOf(text.trimEnd());
    if (found.kind === 'end') {
      if (values.size > 0) yield taken();
    } else if (found.kind === 'more') {
      if (!last || ++count > MAX_VALUES) continue;
      if (lists?.has(last.tag) && found.text !== '') last.values.push(found.text);
      else last.values.push(`${last.values.pop() ?? ''}\n${found.text}`);
    } else {
      if (begins(found.tag) && values.size > 0) yield taken();
      if (values.size === 0) line = number;
      if (++count > MAX_VALUES) continue;
      const known = values.get(found.tag) ?? [];
      known.push(found.value);
      values.set(found.tag, known);
      last = { tag: found.tag, values: known };
    }
  }
  if (values.size > 0) yield taken();
}
