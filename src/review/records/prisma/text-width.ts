/**
 * Advance widths of Helvetica and of the fonts made to the same measures (Arial, Liberation Sans), in thousandths of the
 * font size, from U+0020 to U+007E (Adobe Font Metrics for Helvetica).
 */
const WIDTHS = [
  278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556,
  556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278,
  500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469,
  556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500,
  278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];
/** Of letters outside of ASCII; those of East Asian scripts are as wide as the font is high. */
const OTHER = 600;
const WIDE = 1000;
const IS_WIDE = /[\u1100-\u115f\u2e80-\uffef]|[\u{1f300}-\u{3fffd}]/u;
/** Fonts without these measures are up to this much wider (DejaVu Sans, Verdana). */
const RESERVE = 1.15;

/** The width of a text in pixels, an upper bound for usual fonts. @param size of the font, in pixels. */
export function textWidth(text: string, size: number): number {
  let width = 0;
  for (const letter of text) {
    const known = WIDTHS[letter === '\u00a0' ? 0 : letter.codePointAt(0)! - 0x20];
    width += known ?? (/\p{M}/u.test(letter) ? 0 : IS_WIDE.test(letter) ? WIDE : OTHER);
  }
  return (width * size * RESERVE) / 1000;
}

/**
 * A text as lines of at most a width. A word that is wider than a line is broken; no-break spaces keep words together.
 * @returns at least one line.
 */
export function wrapText(text: string, size: number, maxWidth: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/[^\S\u00a0]+/)) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (textWidth(longer, size) <= maxWidth) {
      line = longer;
      continue;
    }
    if (line !== '') lines.push(line);
    line = '';
    for (const letter of word) {
      if (line !== '' && textWidth(line + letter, size) > maxWidth) {
        lines.push(line);
        line = '';
      }
      line += letter;
    }
  }
  return line === '' && lines.length > 0 ? lines : [...lines, line];
}
