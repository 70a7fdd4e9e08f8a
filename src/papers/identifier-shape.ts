import { ID_NAMES, type IdKind } from './id-kinds.ts';
import { identifierKey, withoutVersion } from './identifiers.ts';

/** Kinds of identifiers that are known by their form, whatever is written around them, by their normalised form. */
const FORMS: readonly (readonly [IdKind, RegExp])[] = [
  ['doi', /^10\.\d{4,9}(?:\.\d+)*\/\S+$/],
  ['arxiv', /^(?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?\/\d{7})(?:v\d+)?$/],
  ['pmid', /^pmid:\d+$/],
  ['mag', /^mag:\d+$/],
  ['pmcid', /^pmc\d{3,10}$/],
  ['acl', /^(?:[a-z]\d{2}-\d{4,5}|\d{4}\.[a-z0-9]+-[a-z0-9_]+\.\d+)$/],
  ['dblp', /^(?:conf|journals|books|phd)\/[^\s/]+\/\S+$/],
  ['openalex', /^w\d{6,14}$/],
  ['s2', /^[0-9a-f]{40}$/],
  ['isbn', /^97[89]\d{10}$/],
];
/** The name of a kind before an identifier. */
const NAMED =
  /^(doi|arxiv|openreview|acl|s2|pmid|pubmed|pmcid|dblp|openalex|mag|isbn)(?::\s*\S|\s+(?=\S*\d))\S*$/i;
const ADDRESS = /^https?:\/\/\S+$/i;

/** What a text that looks like an identifier is called: "DOI", "arXiv identifier", "address". */
export interface IdentifierShape {
  readonly name: string;
}

/** The kind of an identifier by the form of its key (`identifierKey`); undefined for any other text. */
export function kindOfKey(key: string): IdKind | undefined {
  if (/\s/.test(key)) return undefined;
  const bare = withoutVersion(key) ?? key;
  return FORMS.find(([, form]) => form.test(key) || form.test(bare))?.[0];
}

/**
 * What kind of identifier a whole text is, by its form alone: `10.1000/182`, `arXiv:2101.11408v2`, `PMID 123456`,
 * the address of a page. @returns undefined for any other text, such as words.
 */
export function identifierShapeOf(text: string): IdentifierShape | undefined {
  const given = text.trim();
  if (given === '' || given.length > 1000) return undefined;
  const key = identifierKey(given);
  const kind = kindOfKey(key);
  if (kind) return { name: kind === 'doi' ? 'DOI' : `${ID_NAMES[kind]} identifier` };
  if (ADDRESS.test(given)) return { name: 'address' };
  return NAMED.test(given) ? { name: 'identifier' } : undefined;
}
