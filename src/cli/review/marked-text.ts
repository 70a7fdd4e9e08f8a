import { stripVTControlCharacters } from 'node:util';
import pc from 'picocolors';
import type { Mark } from '../../review/marks.ts';
import { visibleText } from '../../text/visible-text.ts';

/** Which styles a terminal shows. */
export type Styles = ReturnType<typeof pc.createColors>;

/** Styles for a stream: none where it is not a terminal, or where the user wants no colours. */
export function stylesOf({ isTTY }: { readonly isTTY?: boolean | undefined }): Styles {
  return pc.createColors(isTTY === true && pc.isColorSupported);
}

/**
 * A text in lines of at most `width` columns. Marked parts are bold (for) or underlined (against), in two colours;
 * without styles they are written as [+words] and [-words].
 * @param marks ascending; of two that overlap, the first one counts.
 */
export function wrapMarked(text: string, marks: readonly Mark[], width: number, styles: Styles): string[] {
  const clean = visibleText(text);
  return styles.isColorSupported
    ? wrapped(clean, width, (start, end) => painted(clean, start, end, marks, styles))
    : wrap(bracketed(clean, marks), width);
}

/** A text in lines of at most `width` columns, broken between words; longer words are cut. Line breaks stay. */
export function wrap(text: string, width: number): string[] {
  return wrapped(text, width, (start, end) => text.slice(start, end));
}

/** @param part the text from one offset to another, as it is shown. */
function wrapped(text: string, width: number, part: (start: number, end: number) => string): string[] {
  const room = Math.max(1, width);
  const lines: string[] = [];
  let offset = 0;
  for (const paragraph of text.split('\n')) {
    let line = '';
    let used = 0;
    for (const word of paragraph.matchAll(/[^\s]+/g)) {
      for (const [from, to] of cut(word[0], room)) {
        const columns = widthOf(word[0].slice(from, to));
        const gap = used === 0 || from > 0 ? 0 : 1;
        if (used > 0 && used + gap + columns > room) {
          lines.push(line);
          line = '';
          used = 0;
        }
        const start = offset + word.index;
        line += (used === 0 ? '' : ' '.repeat(gap)) + part(start + from, start + to);
        used += (used === 0 ? 0 : gap) + columns;
      }
    }
    lines.push(line);
    offset += paragraph.length + 1;
  }
  return lines;
}

/** A word in pieces that fit. */
function cut(word: string, width: number): [from: number, to: number][] {
  if (widthOf(word) <= width) return [[0, word.length]];
  const pieces: [number, number][] = [];
  let from = 0;
  let to = 0;
  for (const character of word) {
    if (to > from && widthOf(word.slice(from, to) + character) > width) {
      pieces.push([from, to]);
      from = to;
    }
    to += character.length;
  }
  return [...pieces, [from, to]];
}

function painted(
  text: string,
  start: number,
  end: number,
  marks: readonly Mark[],
  { bold, green, underline, red }: Styles,
): string {
  let shown = '';
  let position = start;
  for (const mark of marks) {
    const [from, to] = [Math.max(mark.start, position), Math.min(mark.end, end)];
    if (from >= to) continue;
    const part = text.slice(from, to);
    shown += text.slice(position, from) + (mark.for ? bold(green(part)) : underline(red(part)));
    position = to;
  }
  return shown + text.slice(position, end);
}

function bracketed(text: string, marks: readonly Mark[]): string {
  let shown = '';
  let position = 0;
  for (const { start, end, for: isFor } of marks) {
    const from = Math.max(start, position);
    if (from >= end) continue;
    shown += `${text.slice(position, from)}[${isFor ? '+' : '-'}${text.slice(from, end)}]`;
    position = end;
  }
  return shown + text.slice(position);
}

/** Characters that a terminal shows in two columns. */
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;
const COMBINING = /\p{M}|\u200d/u;

/** Columns of a text in a terminal; escape sequences take none. */
export function widthOf(text: string): number {
  let columns = 0;
  for (const character of stripVTControlCharacters(text)) {
    columns += COMBINING.test(character) ? 0 : WIDE.test(character) ? 2 : 1;
  }
  return columns;
}

/** A text that fits into `width` columns, with `…` if something is left out. */
export function shortened(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let kept = '';
  for (const character of text) {
    if (widthOf(kept + character) > width - 1) break;
    kept += character;
  }
  return `${kept.trimEnd()}…`;
}

/** Two columns of lines side by side. @param width columns of the left one. */
export function sideBySide(left: readonly string[], right: readonly string[], width: number): string[] {
  return Array.from({ length: Math.max(left.length, right.length) }, (_, at) => {
    const line = left[at] ?? '';
    return `${line}${' '.repeat(Math.max(0, width - widthOf(line)))}  ${right[at] ?? ''}`.trimEnd();
  });
}
