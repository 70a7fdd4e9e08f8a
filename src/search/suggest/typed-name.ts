import { personOf } from '../../papers/people.ts';
import { plainLetters } from '../../text/plain-letters.ts';
import { wordsOf } from './words.ts';

/** Most words of a name: longer texts are titles. */
const MAX_WORDS = 6;
/** A run of letters at the end of a text: a word that may not be complete. */
const LAST_WORD = /[\p{L}\p{M}]+$/u;
/** "JD", "J.D.": initials that are written together. */
const INITIALS = /(?<![\p{L}\p{M}])\p{Lu}{2,3}(?![\p{L}\p{M}])/gu;

/** A text while it is typed, read as the name of a person. */
export interface TypedName {
  /** Spellings of its longest word, folded: an author's name has one of them. */
  readonly anchors: readonly string[];
  /** Whether that word may be only the beginning of one. */
  readonly isOpen: boolean;
  /** Whether an author may be meant. */
  readonly fits: (author: string) => boolean;
}

/**
 * Reads a typed text as a name: with initials, in any order, with or without accents.
 * @returns undefined for a text without a word of two letters, and for one that is too long or has digits.
 */
export function typedName(text: string): TypedName | undefined {
  if (/\p{N}/u.test(text)) return undefined;
  const spaced = text.replace(INITIALS, (initials) => [...initials].join(' '));
  const folded = wordsOf(spaced);
  const words = folded.map(({ folded: word }) => ({ folded: word, plain: plainLetters(word) }));
  const longest = words.toSorted((a, b) => b.plain.length - a.plain.length)[0];
  if (!longest || longest.plain.length < 2 || words.length > MAX_WORDS) return undefined;
  const last = LAST_WORD.test(spaced) ? words.at(-1) : undefined;
  const asked = words.toSorted((a, b) => b.plain.length - a.plain.length);
  return {
    anchors: [...new Set([longest.folded, longest.plain])],
    isOpen: longest === last,
    fits(author) {
      const free = personOf(author).split(' ');
      for (const word of asked) {
        const at = placeIn(free, word.plain, word === last);
        if (at < 0) return false;
        free.splice(at, 1);
      }
      return true;
    },
  };
}

/** Where a word of a name is among the words of an author: itself, then a word that it begins or whose initial it is. */
function placeIn(own: readonly string[], word: string, isOpen: boolean): number {
  const equal = own.indexOf(word);
  if (equal >= 0) return equal;
  return own.findIndex((each) =>
    isOpen || word.length === 1 ? each.startsWith(word) : each.length === 1 && word.startsWith(each),
  );
}
