/** "A.C.", "J.-P.", "J. R. R." */
const DOTTED = /^(?:\p{Lu}\p{Ll}?\.[\s-]*)+$/u;
/** "Zhang XY", "van der Berg B", as PubMed has names; the last name of its lists ends in a full stop. */
const INITIALS_LAST = /^([^,]*\p{Ll}[^\s,]*)\s+(\p{Lu}{1,3})$/u;
/** UTF-16 code units; longer texts are not names, and searching them would be slow. */
const MAX_NAME_LENGTH = 200;
/** Numbers of Scopus after a full name: "Berg, Anna C. (111)". */
const NUMBER_END = /(?<!\s)\s*\(\d+\)$/;

/**
 * The names in a cell of a table, as they are written there. Names are parted by semicolons, bars, "and", or commas;
 * commas are inside names, too: "Gatto, G.N., Sequo, F.A." are two people and "Perlis, A. J." is one.
 */
export function namesInCell(text: string): string[] {
  return partsOf(text.trim()).map((name) => name.replace(NUMBER_END, ''));
}

function partsOf(text: string): string[] {
  const separator = [/;/, /\|/, /\sand\s/].find((each) => each.test(text));
  if (separator) return trimmed(text.split(separator));
  const parts = trimmed(text.split(','));
  const pubmed = parts.map((part, at) => (at === parts.length - 1 ? part.replace(/\.$/, '') : part));
  if (pubmed.every((part) => part.length <= MAX_NAME_LENGTH && INITIALS_LAST.test(part))) return pubmed;
  if (parts.every((part) => /\S\s+\S/.test(part) && !DOTTED.test(part))) return parts;
  const isPaired = parts.length % 2 === 0 && parts.every((part, at) => DOTTED.test(part) === (at % 2 === 1));
  if (!isPaired) return [text];
  return parts.flatMap((part, at) => (at % 2 === 0 ? [`${part}, ${parts[at + 1]}`] : []));
}

function trimmed(parts: readonly string[]): string[] {
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}
