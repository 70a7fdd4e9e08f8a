import { splitNames } from './names.ts';
import { parseSlot, type Slot } from './slot.ts';

/** Lines of a page, which is held in memory as a whole. The whole schedule of a conference has a tenth of that. */
export const MAX_LINES = 200_000;
/** UTF-16 code units of one line. */
export const MAX_LINE_LENGTH = 100_000;

/** What a line of a copied session page is, taken by itself. */
type LineKind =
  | { readonly kind: 'menu' | 'noise' | 'footer' }
  | { readonly kind: 'text' }
  /** A label "Abstract:", with the text behind it. */
  | { readonly kind: 'abstract'; readonly rest: string }
  | { readonly kind: 'moderators'; readonly names: readonly string[] }
  | { readonly kind: 'slot'; readonly slot: Slot };

/** A line that is not blank, in its place. */
export type Line = LineKind & {
  readonly text: string;
  /** 1-based line of the file. */
  readonly number: number;
  /** Whether it follows a blank line or is the first line. */
  readonly gap: boolean;
};

const MENU =
  /^skip to (?:yearly menu bar|main content)(?: skip to (?:yearly menu bar|main content))*$|^(?:main navigation|toggle navigation)$/i;
// White space is folded to single blanks before; nothing here can match one blank in two ways.
const LABEL = String.raw`(?:\[ ?)?(?:openreview|paper|pdf|slides|video|poster|project page|abstract)(?: ?\])?`;
const NOISE = new RegExp(
  String.raw`^(?:chat is not available\.?|log ?in|help|bookmark|show more|view full details|oral|spotlight|${LABEL}(?: ${LABEL})*)$`,
  'i',
);
const FOOTER =
  /^(?:successful page load|.{2,40} uses cookies\b.*|the .{2,20} logo above may be used.*|privacy policy|code of conduct)$/i;
const ABSTRACT = /^\[?\s*abstract\s*\]?\s*:\s*(.*)$/i;
const MODERATORS = /^(?:moderators?|session chairs?|chairs?)\s*:\s*(.*)$/i;

/** The lines of a page that are not blank, each with what it is. */
export function classifyLines(lines: readonly string[]): Line[] {
  const classified: Line[] = [];
  let gap = true;
  lines.forEach((raw, index) => {
    const text = raw
      .replace(/[\u200b\ufeff]/g, '')
      .replace(/\s+/gu, ' ')
      .trim();
    if (text !== '') classified.push({ ...kindOf(text), text, number: index + 1, gap });
    gap = text === '';
  });
  return classified;
}

function kindOf(text: string): LineKind {
  if (MENU.test(text)) return { kind: 'menu' };
  const abstract = ABSTRACT.exec(text);
  if (abstract) return { kind: 'abstract', rest: abstract[1]! };
  if (/^\[?\s*abstract\s*\]?$/i.test(text)) return { kind: 'abstract', rest: '' };
  if (NOISE.test(text)) return { kind: 'noise' };
  if (FOOTER.test(text)) return { kind: 'footer' };
  const moderators = MODERATORS.exec(text);
  if (moderators) return { kind: 'moderators', names: splitNames(moderators[1]!) };
  const slot = parseSlot(text);
  return slot ? { kind: 'slot', slot } : { kind: 'text' };
}

const SESSION_WORD =
  /\b(?:session|sessions|talk|talks|keynote|award|awards|tutorial|workshop|panel|orals?|posters?|spotlights?)\b/i;
const MAX_HEADING_LENGTH = 120;
/** Lines that are not blank between a heading and the first slot below it, at most. */
const HEAD_LINES = 7;

/**
 * Whether a session begins at this line: a short line that contains a word for a session, followed by a
 * time slot, perhaps after more short lines (room, moderators). In a page with blank lines, a heading follows one.
 */
export function isHeading(lines: readonly Line[], index: number, pageHasGaps: boolean): boolean {
  const line = lines[index]!;
  if (line.kind !== 'text' || line.text.length > MAX_HEADING_LENGTH || /[.?!,;]$/.test(line.text))
    return false;
  if (!SESSION_WORD.test(line.text) || (pageHasGaps && !line.gap)) return false;
  // The line right below a time slot is a talk's title, whatever words are in it.
  const before = lines[index - 1];
  if (before && before.kind !== 'text' && before.kind !== 'menu' && before.kind !== 'footer') return false;
  for (const next of lines.slice(index + 1, index + 1 + HEAD_LINES)) {
    if (next.kind === 'slot') return true;
    // Halls and names are short and no sentences; an abstract's own lines end this.
    if (next.kind === 'text' && (next.text.length > MAX_HEADING_LENGTH || /[.?!](?:\s|$)/.test(next.text)))
      return false;
  }
  return false;
}
