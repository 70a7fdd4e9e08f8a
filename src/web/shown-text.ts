import { segmentsOf } from '../text/markup/segments.ts';

export { plainUnicode } from '../text/markup/plain-form.ts';

import type { Span } from '../text/span.ts';

/** A run of a text that is shown in one way. */
export interface ShownPart {
  /** Plain Unicode characters. */
  readonly text: string;
  readonly marked: boolean;
  readonly emphasis?: 'em' | 'strong' | undefined;
  /** A formula in LaTeX; `text` is its plain form. */
  readonly tex?: string | undefined;
}

/** As `ShownPart`, with the mark on it. */
export interface PartWithMark<Mark extends Span> extends Omit<ShownPart, 'marked'> {
  readonly mark: Mark | undefined;
}

/**
 * A text as the page shows it: in runs of plain characters, emphasised or not, and formulas. A formula is marked as a whole.
 * @param marks half-open ranges of UTF-16 code units of the stored text, ascending, not overlapping.
 * @param range the part of the text that is shown; a formula at its edge is shown as a whole. Default: all.
 */
export function shownParts(
  text: string,
  marks: readonly Span[] = [],
  range: Partial<Span> = {},
): ShownPart[] {
  return partsWithMarks(text, marks, range).map(({ mark, ...part }) => ({
    ...part,
    marked: mark !== undefined,
  }));
}

/** As `shownParts`, with the mark of each part that has one; of several marks on one formula, the first. */
export function partsWithMarks<Mark extends Span>(
  text: string,
  marks: readonly Mark[],
  range: Partial<Span> = {},
): PartWithMark<Mark>[] {
  const { start: first = 0, end: last = text.length } = range;
  const parts: PartWithMark<Mark>[] = [];
  const add = (part: PartWithMark<Mark>) => {
    const before = parts.at(-1);
    const joins =
      before && before.tex === undefined && before.mark === part.mark && before.emphasis === part.emphasis;
    if (joins && part.tex === undefined)
      parts[parts.length - 1] = { ...before, text: before.text + part.text };
    else if (part.text !== '') parts.push(part);
  };
  for (const { kind, start, end, plain, pieces, emphasis, tex } of segmentsOf(text)) {
    if (end <= first || start >= last) continue;
    if (kind === 'maths') {
      add({ text: plain, mark: marks.find((mark) => overlap(mark, { start, end })), emphasis, tex });
      continue;
    }
    for (const piece of pieces) {
      const isCopy = piece.text.length === piece.end - piece.start;
      for (const run of runsOf(piece, marks)) {
        const shown = { start: Math.max(run.start, first), end: Math.min(run.end, last) };
        if (shown.start >= shown.end) continue;
        const shownText = isCopy
          ? piece.text.slice(shown.start - piece.start, shown.end - piece.start)
          : piece.text;
        add({ text: shownText, mark: run.mark, emphasis });
        // A piece with more or fewer characters than the stored text is shown once.
        if (!isCopy) break;
      }
    }
  }
  return parts;
}

/** A piece cut at the ends of marks; one that is not a copy of the stored text is marked as a whole. */
function runsOf<Mark extends Span>(
  { text, start, end }: Span & { readonly text: string },
  marks: readonly Mark[],
): (Span & { readonly mark: Mark | undefined })[] {
  const own = marks.filter((mark) => overlap(mark, { start, end }));
  if (own.length === 0) return [{ start, end, mark: undefined }];
  if (text.length !== end - start) return [{ start, end, mark: own[0] }];
  const runs: (Span & { readonly mark: Mark | undefined })[] = [];
  let at = start;
  for (const mark of own) {
    const from = Math.max(at, mark.start);
    const to = Math.min(end, mark.end);
    if (from >= to) continue;
    if (from > at) runs.push({ start: at, end: from, mark: undefined });
    runs.push({ start: from, end: to, mark });
    at = to;
  }
  if (at < end) runs.push({ start: at, end, mark: undefined });
  return runs;
}

function overlap(a: Span, b: Span): boolean {
  return a.start < b.end && b.start < a.end;
}
