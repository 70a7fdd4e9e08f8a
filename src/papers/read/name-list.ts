import { givenNameFirst } from '../names.ts';

/** "A.C.", "J.-P.", "J. R. R." */
const DOTTED = /^(?:\p{Lu}\p{Ll}?\.[\s-]*)+$/u;
/** "Berg A.C.", "van der Meer S.A.": initials after the family name. */
const DOTTED_END = /^([^,]*\p{Ll}[^\s,]*)\s+((?:\p{Lu}\p{Ll}?\.-?)+)$/u;
/** "Zhang XY", "van der Berg B", as PubMed has names; the last name of its lists ends in a full stop. */
const PLAIN_END = /^([^,]*\p{Ll}[^\s,]*)\s+(\p{Lu}{1,3})$/u;
/** UTF-16 code units; longer texts are no names, and looking through them would take long. */
const MAX_NAME_LENGTH = 200;
/** Numbers of Scopus after a full name: "Berg, Anna C. (111)". */
const NUMBER_END = /\s*\(\d+\)$/;

/**
 * The names in a cell of a table, given names first. Names are parted by semicolons, bars, "and", or commas; commas are
 * inside names, too: "Gatto, G.N., Sequo, F.A." are two people and "Perlis, A. J." is one.
 */
export function namesInCell(text: string): string[] {
  return familyLast(partsOf(text.trim()).map((name) => name.replace(NUMBER_END, '')));
}

/** Names one by one, those with the family name first turned round. */
export function familyLast(names: readonly string[]): string[] {
  const isInitialsLast = names.length > 0 && names.every((name) => initialsLast(name) !== undefined);
  return names.map((name) => (isInitialsLast ? initialsLast(name)! : givenNameFirst(name)));
}

/** "Berg A.C." and "Zhang XY" with the initials first; undefined for other names. */
function initialsLast(name: string): string | undefined {
  if (name.length > MAX_NAME_LENGTH) return undefined;
  const [, family, initials] = DOTTED_END.exec(name) ?? [];
  if (family !== undefined) return `${initials} ${family}`;
  const [, plainFamily, letters] = PLAIN_END.exec(name) ?? [];
  return letters === undefined
    ? undefined
    : `${[...letters].map((letter) => `${letter}.`).join(' ')} ${plainFamily}`;
}

function partsOf(text: string): string[] {
  const separator = [/;/, /\|/, /\sand\s/].find((each) => each.test(text));
  if (separator) return trimmed(text.split(separator));
  const parts = trimmed(text.split(','));
  const pubmed = parts.map((part, at) => (at === parts.length - 1 ? part.replace(/\.$/, '') : part));
  if (pubmed.every((part) => part.length <= MAX_NAME_LENGTH && PLAIN_END.test(part))) return pubmed;
  if (parts.every((part) => /\S\s+\S/.test(part) && !DOTTED.test(part))) return parts;
  const isPaired = parts.length % 2 === 0 && parts.every((part, at) => DOTTED.test(part) === (at % 2 === 1));
  if (!isPaired) return [text];
  return parts.flatMap((part, at) => (at % 2 === 0 ? [`${part}, ${parts[at + 1]}`] : []));
}

function trimmed(parts: readonly string[]): string[] {
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}
