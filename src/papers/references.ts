import { ID_KINDS, type IdKind } from './id-kinds.ts';
import { kindOfKey } from './identifier-shape.ts';
import { identifierKey, idsIn, kindOfPage, withoutVersion } from './identifiers.ts';
import type { Paper } from './paper.ts';

/*
 * A reference is one text for one work: `doi:10.1000/182`; several identifiers of the work with blanks between them,
 * `doi:10.1000/182 arxiv:2101.11408`; or an id of the corpus itself, as it is written.
 */

const KINDS = ID_KINDS.join('|');
const PREFIXED = new RegExp(`^(${KINDS}):\\s*\\S`, 'i');
const SEVERAL = new RegExp(`^(?:${KINDS}):\\S+(?: (?:${KINDS}):\\S+)+$`);
/** A corpusId of Semantic Scholar: without its kind it could be an id of any corpus. */
const CORPUS_ID = /^s2:\d+$/;

/**
 * The reference to a work of which a source gives identifiers.
 * @param given texts of identifiers by kind; a kind may occur several times.
 * @returns the strongest kind first; undefined where none of the texts is an identifier of its kind.
 */
export function referenceTo(given: readonly (readonly [IdKind, string | undefined])[]): string | undefined {
  const parts = ID_KINDS.flatMap((kind) =>
    given.flatMap(([of, text]) => {
      const id = of === kind && text !== undefined ? idsIn(kind, text)[0] : undefined;
      return id === undefined ? [] : [`${kind}:${id}`];
    }),
  );
  return parts.length === 0 ? undefined : [...new Set(parts)].join(' ');
}

/**
 * A text that names a work, as a reference: `https://doi.org/10.1000/182` is `doi:10.1000/182`. A text in no form of an
 * identifier is an id of the corpus, and stays as it is.
 * @param text with single blanks. @returns undefined for a text without content.
 */
export function referenceIn(text: string): string | undefined {
  const given = text.trim();
  if (given === '') return undefined;
  return SEVERAL.test(given) ? given.split(' ').map(canonical).join(' ') : canonical(given);
}

function canonical(given: string): string {
  const prefix = PREFIXED.exec(given)?.[1]?.toLowerCase();
  const kind =
    ID_KINDS.find((each) => each === prefix) ??
    kindOfPage(given.toLowerCase()) ??
    kindOfKey(identifierKey(given));
  const id = kind === undefined ? undefined : idsIn(kind, given)[0];
  return id === undefined ? given : `${kind}:${id}`;
}

/** The identifiers of a reference, each by itself. */
export function identifiersOf(reference: string): readonly string[] {
  return SEVERAL.test(reference) ? reference.split(' ') : [reference];
}

/**
 * The references of several records of one paper, each work once: references with an identifier in common are one, with
 * the identifiers of both.
 */
export function uniteReferences(lists: readonly (readonly string[])[]): string[] {
  const united: string[][] = [];
  const placeOf = new Map<string, number>();
  for (const reference of lists.flat()) {
    const parts = identifiersOf(reference);
    const place =
      parts.map((part) => placeOf.get(part)).find((found) => found !== undefined) ?? united.length;
    united[place] ??= [];
    for (const part of parts) {
      if (placeOf.has(part)) continue;
      placeOf.set(part, place);
      united[place].push(part);
    }
  }
  return united.map((parts) => parts.join(' '));
}

/** Keys by which references find their papers: texts that are equal for two spellings of one identifier. */
export function linkKeysOf({ id, aliases = [], externalIds, urls }: Paper): string[] {
  const own = [id, ...aliases];
  const external = ID_KINDS.flatMap((kind) => (externalIds[kind] ? [`${kind}:${externalIds[kind]}`] : []));
  // The records of Semantic Scholar have a corpusId, and their other id in the address.
  const [sha] = /semanticscholar\.org\//i.test(urls.landing ?? '') ? idsIn('s2', urls.landing!) : [];
  const keys = [...own, ...external, ...(sha === undefined ? [] : [`s2:${sha}`])].flatMap(keysOf);
  return [...new Set([...own.map(exactKey), ...keys])];
}

/** The keys that a reference looks its paper up by, the best first. */
export function lookUpKeys(reference: string): string[] {
  const parts = identifiersOf(reference);
  return [...new Set([exactKey(reference), ...parts.map(exactKey), ...parts.flatMap(keysOf)])];
}

/** The key that is equal for two references to one work that is not in the corpus. */
export function workKey(reference: string): string {
  return keysOf(identifiersOf(reference)[0]!)[0]!;
}

/** An id as it is written: corpora may have ids that differ by case alone. */
function exactKey(id: string): string {
  return `=${id}`;
}

function keysOf(identifier: string): string[] {
  if (CORPUS_ID.test(identifier)) return [identifier];
  const key = identifierKey(identifier);
  const bare = withoutVersion(key);
  return bare === undefined ? [key] : [key, bare];
}

/**
 * A number of 53 bits that represents a key where millions are compared: two rounds of MurmurHash's mixing over the UTF-16
 * code units (cyrb53). Among 10 million keys, two have the same number with a chance of 0.6 %.
 */
export function keyDigest(key: string): number {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let at = 0; at < key.length; at++) {
    const unit = key.charCodeAt(at);
    high = Math.imul(high ^ unit, 0x9e3779b1);
    low = Math.imul(low ^ unit, 0x5f356495);
  }
  high = Math.imul(high ^ (high >>> 16), 0x85ebca6b) ^ Math.imul(low ^ (low >>> 13), 0xc2b2ae35);
  low = Math.imul(low ^ (low >>> 16), 0x85ebca6b) ^ Math.imul(high ^ (high >>> 13), 0xc2b2ae35);
  return 2 ** 32 * (low & 0x1fffff) + (high >>> 0);
}

/** Whether a paper says anything about other works. */
export function hasLinks({ references, citedBy }: Pick<Paper, 'references' | 'citedBy'>): boolean {
  return references !== undefined || citedBy !== undefined;
}
