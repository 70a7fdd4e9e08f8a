import { plainLetters } from '../text/plain-letters.ts';
import { EditRows } from '../util/edit-distance.ts';

/** What follows a family name. */
const SUFFIXES: ReadonlySet<string> = new Set(['jr', 'sr', 'ii', 'iii', 'iv', 'phd', 'md']);
/** Initials without full stops, as medical indexes write them: "Smith JA". */
const INITIALS = /^\p{Lu}{1,3}$/u;
/** Names such as "Jane A. Doe", as most are: what else a name may have would take most of the time. */
const PLAIN_NAME = /^(?:[A-Z](?:\.|[a-z]+)? )*[A-Z][a-z]+$/;
/** Authors of a paper that are compared; some papers have thousands. */
const MAX_PEOPLE = 50;

/**
 * The authors of a record as they are compared, each the words of a name in one spelling, family name last. A list of
 * names that a source gives as one name is parted.
 */
export function peopleOf(authors: readonly string[]): string[] {
  const names = authors.slice(0, MAX_PEOPLE).flatMap((author) => {
    const parts = author.split(/\s*[,;]\s*/);
    const isList = parts.length > 2 && parts.every((part) => /\S\s\S/.test(part));
    return isList ? parts : [author];
  });
  return names
    .slice(0, MAX_PEOPLE)
    .map(personOf)
    .filter((person) => person !== '');
}

/**
 * A name as it is compared: "Smith, John A.", "John A. Smith" and "Smith JA" to "john a smith" and "j a smith".
 * Empty for a name without letters.
 */
export function personOf(author: string): string {
  if (PLAIN_NAME.test(author)) {
    const plain = plainLetters(author.replaceAll('.', ''));
    if (!plain.split(' ').some((word) => SUFFIXES.has(word))) return plain;
  }
  const [family = '', ...rest] = author.split(',');
  const ordered = rest.length > 0 ? `${rest.join(' ')} ${family}` : author;
  const words = ordered
    .replace(/['’`]/g, '')
    .split(/[^\p{L}\p{M}]+/u)
    .filter((word) => word !== '');
  const hasSmall = words.some((word) => word !== word.toUpperCase());
  const parted = words.flatMap((word) =>
    INITIALS.test(word) && (hasSmall || (words.length > 1 && word.length === 1)) ? [...word] : [word],
  );
  const plain = parted.map(plainLetters).filter((word, at) => at === 0 || !SUFFIXES.has(word));
  // "Smith J A": initials are not a family name.
  while (plain.length > 1 && plain.at(-1)!.length === 1 && plain.some((word) => word.length > 1)) {
    plain.unshift(plain.pop()!);
  }
  return plain.join(' ');
}

/** The family name of a person, as far as the order of the words shows it. */
export function familyOf(person: string): string {
  return person.slice(person.lastIndexOf(' ') + 1);
}

/**
 * Whether two names may be of one person: every word of the shorter is in the other, one of them in full, in any
 * order; initials go with the names that they begin. "Y. Wang" and "X. Wang" are two people.
 */
function isSamePerson(a: string, b: string): boolean {
  // "Ji-Rong Wen" and "Jirong Wen".
  if (a === b || a.replaceAll(' ', '') === b.replaceAll(' ', '')) return true;
  const [left, right] = [a.split(' '), b.split(' ')];
  const [shorter, longer] = left.length <= right.length ? [left, right] : [right, left];
  if (shorter.length === 1) return familyOf(a) === familyOf(b);
  const free = [...longer];
  let full = 0;
  // Whole words first, so that no initial takes the place of one.
  for (const word of shorter.toSorted((x, y) => y.length - x.length)) {
    const equal = free.indexOf(word);
    const at = equal >= 0 ? equal : free.findIndex((other) => goTogether(word, other));
    if (at < 0) return false;
    if (equal >= 0 && word.length > 1) full++;
    free.splice(at, 1);
  }
  return full > 0;
}

/**
 * Whether a name in a search may be that of a person: every word of it matches one of the person's, in any order, and
 * at least one is written in full. Initials match given names only, so that "J. Smith" is not Smith Jones.
 * A name with more words than the person's ("John A. Smith") has all of the person's, which are at least two.
 * @param asked and `person` as `personOf` gives them.
 */
export function isNamed(asked: string, person: string): boolean {
  if (asked === '' || person === '') return false;
  if (asked === person || (asked.includes(' ') && asked.replaceAll(' ', '') === person.replaceAll(' ', '')))
    return true;
  const [words, own] = [asked.split(' '), person.split(' ')];
  const family = own.length - 1;
  if (words.length > own.length && own.length < 2) return false;
  const free = new Set(own.keys());
  // "Wei Wang" is not W. Wei: an initial of the person needs the family name in its place.
  const sameFamily = words.at(-1) === own[family];
  let unmatched = 0;
  let full = 0;
  for (const word of words.toSorted((a, b) => b.length - a.length)) {
    const candidates = [...free];
    const equal = word.length > 1 ? candidates.find((at) => own[at] === word) : undefined;
    const at =
      equal ??
      candidates.find(
        (at) =>
          (own.length === 1 || at !== family) &&
          (word.length === 1 || (own[at]!.length === 1 && sameFamily)) &&
          own[at]![0] === word[0],
      );
    if (at === undefined) unmatched++;
    else free.delete(at);
    if (equal !== undefined) full++;
  }
  return full > 0 && (unmatched === 0 || (words.length > own.length && free.size === 0));
}

/** An initial and its name, or two spellings of a name. */
function goTogether(a: string, b: string): boolean {
  if (a.length === 1 || b.length === 1) return a[0] === b[0];
  const length = Math.max(a.length, b.length);
  return (
    Math.min(a.length, b.length) >= 5 &&
    a[0] === b[0] &&
    new EditRows(a, Math.floor(length / 4)).compare(b).distance !== undefined
  );
}

/** The people of `a` that are in `b`, too; each of `b` counts once. */
export function commonPeople(a: readonly string[], b: readonly string[]): string[] {
  const free = [...b];
  return a.filter((person) => {
    const at = free.findIndex((other) => isSamePerson(person, other));
    if (at >= 0) free.splice(at, 1);
    return at >= 0;
  });
}
