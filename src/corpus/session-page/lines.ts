import { parseSlot, type Slot } from './slot.ts';

/** What a line of a copied session page is. */
export type Line =
  | { readonly kind: 'blank' | 'menu' | 'noise' | 'footer' }
  | { readonly kind: 'heading' | 'text' | 'abstract'; readonly text: string }
  | { readonly kind: 'moderators'; readonly names: readonly string[] }
  | { readonly kind: 'slot'; readonly slot: Slot };

// "A · B": the middle dot and its look-alikes, with white space on both sides.
const NAME_SEPARATOR = /\s+[·•⋅∙‧]\s+|\s*[·•⋅∙‧]\s*$|^\s*[·•⋅∙‧]\s*/u;

const MENU = /^(?:skip to (?:yearly menu bar|main content)\s*)+$|^(?:main navigation|toggle navigation)$/i;
const NOISE =
  /^(?:chat is not available\.?|log ?in|help|bookmark|show more|view full details|\[?\s*(?:openreview|paper|pdf|slides|video|poster|project page)\s*\]?)$/i;
const FOOTER =
  /^(?:successful page load|.{2,40} uses cookies\b.*|the .{2,20} logo above may be used.*|privacy policy|code of conduct)$/i;
const ABSTRACT = /^\[?abstract\s*\]?\s*(?::\s*(.*)|)$/i;
const MODERATORS = /^(?:moderators?|session chairs?|chairs?)\s*:\s*(.*)$/i;
const SESSION_KINDS =
  'oral|poster|spotlight|demo|demonstration|invited|keynote|plenary|tutorial|workshop|panel|paper|position|special|industry|award|virtual|contributed|highlighted|parallel|main|lightning';
const HEADING = new RegExp(
  String.raw`^(?:(?:${SESSION_KINDS})\b[\w\s&/-]{0,40}\bsession\b|session\s+\d|(?:oral|poster|spotlight)s?\s+\d+[a-z]?\b)[^.?!]{0,80}$`,
  'i',
);

const LONGEST_NAME = 60;
const MOST_WORDS_IN_A_NAME = 6;

export function classify(line: string): Line {
  const text = line.replace(/[\u200b\ufeff]/g, '').trim();
  if (text === '') return { kind: 'blank' };
  if (MENU.test(text)) return { kind: 'menu' };
  if (NOISE.test(text)) return { kind: 'noise' };
  if (FOOTER.test(text)) return { kind: 'footer' };
  const abstract = ABSTRACT.exec(text);
  if (abstract) return { kind: 'abstract', text: abstract[1] ?? '' };
  const moderators = MODERATORS.exec(text);
  if (moderators) return { kind: 'moderators', names: splitNames(moderators[1]!) };
  const slot = parseSlot(text);
  if (slot) return { kind: 'slot', slot };
  if (HEADING.test(text)) return { kind: 'heading', text };
  return { kind: 'text', text };
}

/** "A · B · C" to its names, casing as given. */
export function splitNames(text: string): string[] {
  return text
    .split(NAME_SEPARATOR)
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

/**
 * Whether a line reads like names: with `several` only if middle dots part them, with `any` also a single
 * name, which is short and ends like no sentence.
 */
export function isAuthorLine(line: string, count: 'several' | 'any'): boolean {
  const names = splitNames(line);
  const looksLikeNames = names.every(
    (name) => name.length <= LONGEST_NAME && name.split(/\s+/).length <= MOST_WORDS_IN_A_NAME,
  );
  if (!looksLikeNames || names.length === 0) return false;
  if (NAME_SEPARATOR.test(line)) return true;
  return count === 'any' && !/[.?!:;]$/.test(line.replace(/\b(?:jr|sr|[a-z])\.$/i, ''));
}
