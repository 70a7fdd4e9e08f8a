import { z } from 'zod';
import type { IdKind } from '../id-kinds.ts';
import { arxivIdIn } from '../identifiers/arxiv.ts';
import { doisIn } from '../identifiers/doi.ts';
import { identifiersOf, referenceTo } from '../references.ts';
import { isObject } from './json/reader.ts';
import type { JsonObject } from './json/records.ts';

/** Names of the members that hold an identifier of a work, by kind. */
const MEMBERS: readonly (readonly [IdKind, readonly string[]])[] = [
  ['doi', ['DOI', 'doi']],
  ['arxiv', ['ArXiv', 'arxiv', 'arXiv', 'arxivId']],
  ['openreview', ['openreview']],
  ['acl', ['ACL', 'acl', 'aclId']],
  ['s2', ['corpusId', 'CorpusId', 'corpusid', 'paperId', 's2']],
  ['pmid', ['PubMed', 'pmid', 'PMID']],
  ['pmcid', ['PubMedCentral', 'pmcid', 'PMCID']],
  ['dblp', ['DBLP', 'dblp']],
  ['openalex', ['openalex']],
  ['mag', ['MAG', 'mag']],
];
/** Members whose object describes the work: in answers about references and about citations. */
const WRAPPERS = ['citedPaper', 'citingPaper', 'record'];

/**
 * A list of works in JSON: identifiers as texts or numbers, or objects with identifiers, as in the answers of Semantic
 * Scholar. Works without an identifier are counted.
 */
export const worksInJson = z
  .union([z.array(z.unknown()), z.string().transform((text) => text.split(/;\s+/))], {
    error: 'Expected a list of identifiers, or of objects with identifiers',
  })
  .transform((list): Works => worksOf(list.map(workOf)));

/** The same in our own JSON and exports, which have nothing but references. */
export const ownWorks = z.array(z.string()).transform((named): Works => ({ named, unnamed: 0 }));

/** Works that a record names. */
export interface Works {
  /** Each as `referenceTo` writes it, or as the source has it. */
  readonly named: readonly string[];
  /** How many have no identifier. */
  readonly unnamed: number;
}

/** Works by their references; undefined for one without an identifier. */
export function worksOf(references: readonly (string | undefined)[]): Works {
  const named = references.filter((reference) => reference !== undefined);
  return { named, unnamed: references.length - named.length };
}

function workOf(value: unknown): string | undefined {
  if (typeof value === 'string') return isCitation(value) ? workCitedIn(value) : value.trim() || undefined;
  if (typeof value === 'number') return String(value);
  if (!isObject(value)) return undefined;
  const wrapped = WRAPPERS.map((name) => value[name]).find(isObject);
  if (wrapped) return workOf(wrapped);
  const { externalIds, externalids } = value;
  const objects = [value, externalIds, externalids].filter(isObject);
  const given = MEMBERS.flatMap(([kind, names]) =>
    objects.flatMap((object) => names.map((name) => [kind, textIn(object, name)] as const)),
  );
  return referenceTo(given) ?? textIn(value, 'id');
}

/** Longer texts are citations, not identifiers. */
const MAX_IDENTIFIER_LENGTH = 100;
const MAX_IDENTIFIER_WORDS = 3;

function isCitation(text: string): boolean {
  return (
    !text.startsWith('http') &&
    (text.length > MAX_IDENTIFIER_LENGTH || text.trim().split(/\s+/).length > MAX_IDENTIFIER_WORDS) &&
    identifiersOf(text).length === 1
  );
}

/** The reference to the work that a citation in words describes, where it contains a DOI or an arXiv id. */
export function workCitedIn(text: string): string | undefined {
  return referenceTo([
    ['doi', doisIn(text)[0]],
    ['arxiv', /\barxiv\b/i.test(text) ? arxivIdIn(text) : undefined],
  ]);
}

function textIn(object: JsonObject, name: string): string | undefined {
  const value = Object.hasOwn(object, name) ? object[name] : undefined;
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

/** What the report names where works of a list have no identifier, for `RecordResult.left`. */
export function unnamedIn(name: string, works: Works | undefined): string[] {
  return works && works.unnamed > 0 ? [`${name} without an identifier`] : [];
}
