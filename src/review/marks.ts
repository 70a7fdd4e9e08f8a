import type { MarkedSpan, Protocol } from './review.ts';

/** A part of a text that is marked, for including or against it. */
export interface Mark {
  readonly start: number;
  readonly end: number;
  readonly for: boolean;
  /** #rrggbb of an own word; absent for the colour of the theme. */
  readonly color?: string | undefined;
}

/**
 * The marks of a title or an abstract: the reviewer's own words, and the parts that the learner counts where no own word is.
 * An own word matches whole words in any case; with a `*` at its end, words that begin with it.
 * @param learned parts of this text. @returns ascending, not overlapping.
 */
export function marksOf(text: string, own: Protocol['highlights'], learned: readonly MarkedSpan[]): Mark[] {
  const marks: Mark[] = [];
  const add = (mark: Mark) => {
    const isFree = marks.every(({ start, end }) => mark.end <= start || end <= mark.start);
    if (mark.start < mark.end && mark.end <= text.length && isFree) marks.push(mark);
  };
  // Of two own words that begin at one place, the longer one is meant.
  for (const word of [...own].sort((a, b) => b.text.length - a.text.length)) {
    for (const { index, 0: found } of text.matchAll(patternOf(word.text))) {
      add({ start: index, end: index + found.length, for: word.for, color: word.color });
    }
  }
  for (const { start, end, for: isFor } of learned) add({ start, end, for: isFor });
  return marks.sort((a, b) => a.start - b.start);
}

/** What an own word matches; nothing, if it has no letter or digit. */
function patternOf(word: string): RegExp {
  const stem = word.trim().replace(/\*+$/, '');
  if (!/[\p{L}\p{N}]/u.test(stem)) return /(?!)/g;
  const escaped = stem.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\s+/g, '\\s+');
  const rest = stem === word.trim() ? '' : '[\\p{L}\\p{N}]*';
  return new RegExp(`(?<![\\p{L}\\p{N}])${escaped}${rest}(?![\\p{L}\\p{N}])`, 'giu');
}
