import type { Span } from '../span.ts';
import { type Segment, segmentsOf } from './segments.ts';
import { mayHaveMarkup } from './signs.ts';

/** A text in plain Unicode characters, and where each of its characters comes from. */
export interface PlainForm {
  readonly text: string;
  /** For each UTF-16 code unit of the plain form, where its part of the stored text begins. */
  readonly starts: Uint32Array;
  /** For each UTF-16 code unit of the plain form, where its part of the stored text ends. */
  readonly ends: Uint32Array;
}

/** A text in plain Unicode characters: formulas, emphasis, dashes and ties of LaTeX and Markdown as they are read. */
export function plainUnicode(text: string): string {
  if (!mayHaveMarkup(text)) return text;
  let plain = '';
  for (const segment of segmentsOf(text)) plain += segment.plain;
  return plain;
}

/** The plain form of a text with its places in it; undefined for a text that is its own plain form. */
export function plainFormOf(text: string): PlainForm | undefined {
  if (!mayHaveMarkup(text)) return undefined;
  const segments = segmentsOf(text);
  const plain = segments.map((segment) => segment.plain).join('');
  return plain === text ? undefined : { text: plain, ...placesOf(segments, plain.length) };
}

function placesOf(segments: readonly Segment[], length: number): Pick<PlainForm, 'starts' | 'ends'> {
  const starts = new Uint32Array(length);
  const ends = new Uint32Array(length);
  let at = 0;
  for (const { pieces } of segments) {
    for (const { text, start, end } of pieces) {
      const isCopy = text.length === end - start;
      for (let i = 0; i < text.length; i++, at++) {
        starts[at] = isCopy ? start + i : start;
        ends[at] = isCopy ? start + i + 1 : end;
      }
    }
  }
  return { starts, ends };
}

/** The stored text of a part of the plain form. @param span not empty. */
export function storedSpan({ starts, ends }: PlainForm, { start, end }: Span): Span {
  // A script comes after what it belongs to, but a sign that joins two may be in another place.
  let from = starts[start]!;
  let to = ends[start]!;
  for (let at = start + 1; at < end; at++) {
    from = Math.min(from, starts[at]!);
    to = Math.max(to, ends[at]!);
  }
  return { start: from, end: to };
}

/** The part of the plain form that shows some of a part of the stored text; undefined where nothing of it is shown. */
export function plainSpan({ starts, ends }: PlainForm, { start, end }: Span): Span | undefined {
  let from = -1;
  let to = -1;
  for (let at = 0; at < starts.length; at++) {
    if (starts[at]! >= end || ends[at]! <= start) continue;
    if (from === -1) from = at;
    to = at + 1;
  }
  return from === -1 ? undefined : { start: from, end: to };
}
