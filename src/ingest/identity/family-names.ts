import { titleKey } from '../../papers/identity.ts';

/** What stands after a family name. */
const SUFFIXES: ReadonlySet<string> = new Set(['jr', 'sr', 'ii', 'iii', 'iv', 'phd', 'md']);
/** Initials without full stops, as medical indexes write them: "Smith JA". */
const INITIALS = /^\p{Lu}{1,3}$/u;

/**
 * The family name of an author as it is compared: the last word of it, in small letters and without marks.
 * "Family, Given", "Given Family", "Family GM" and particles ("van der Berg") give the same name.
 * @returns empty for a name without letters.
 */
export function familyName(author: string): string {
  const family = author.includes(',') ? author.slice(0, author.indexOf(',')) : author;
  const words = family.split(/[\s.]+/).filter((word) => /\p{L}/u.test(word));
  while (words.length > 1 && isSuffixOrInitials(words.at(-1)!, words)) words.pop();
  return titleKey(words.at(-1) ?? '')
    .split(' ')
    .at(-1)!;
}

function isSuffixOrInitials(word: string, words: readonly string[]): boolean {
  if (SUFFIXES.has(word.toLowerCase())) return true;
  const isAllCapitals = words.every((other) => other === other.toUpperCase());
  return INITIALS.test(word) && (word.length === 1 || !isAllCapitals);
}
