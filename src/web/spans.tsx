import type { ComponentChildren } from 'preact';

/** Half-open ranges of UTF-16 code units, ascending, not overlapping. */
type Marks = readonly { readonly start: number; readonly end: number }[];

/**
 * A part of a text with the matches marked.
 * @param from where the part starts in the text that `marks` refer to. Default 0.
 */
export function Marked({ text, marks, from = 0 }: { text: string; marks: Marks; from?: number }) {
  const pieces: ComponentChildren[] = [];
  let at = 0;
  for (const mark of marks) {
    const start = Math.max(mark.start - from, at);
    const end = Math.min(mark.end - from, text.length);
    if (start >= end) continue;
    pieces.push(text.slice(at, start), <mark key={start}>{text.slice(start, end)}</mark>);
    at = end;
  }
  pieces.push(text.slice(at));
  return <>{pieces}</>;
}
