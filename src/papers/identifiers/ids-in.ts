import type { IdKind } from '../id-kinds.ts';
import { arxivIdIn } from './arxiv.ts';
import { doisIn } from './doi.ts';
import { isbnsIn } from './isbn.ts';

/** Longer texts are not a field of identifiers; the limit bounds the time to look through one. */
const MAX_LENGTH = 1000;

/** Finds the identifiers of a kind in a text, each once and in one spelling; none where there are not any. */
const FINDERS: Readonly<Record<IdKind, (text: string) => readonly string[]>> = {
  doi: doisIn,
  arxiv: (text) => listOf(arxivIdIn(text)),
  openreview: found(
    /^(?:https?:\/\/(?:www\.|api2?\.)?openreview\.net\/\w+\?(?:.*&)?id=|openreview:\s*)?([\w-]+)(?:[&#].*)?$/i,
  ),
  acl: found(
    /^(?:https?:\/\/(?:www\.)?(?:aclanthology\.org|aclanthology\.info\/papers|aclweb\.org\/anthology(?:\/papers)?)\/|acl:\s*|10\.18653\/v1\/)?([a-z]\d{1,2}(?:-\d{1,5})?|\d{4}\.[\w.-]*\w)(?:\.pdf)?\/?(?:[?#].*)?$/i,
  ),
  s2: found(
    /^(?:https?:\/\/(?:www\.|api\.)?semanticscholar\.org\/(?:\w+:)?(?:\S*\/)?|(?:s2|corpusid):?\s*)?(?:corpusid:)?(\d{1,12}|[0-9a-f]{40})(?:[/?#].*)?$/i,
  ),
  pmid: found(
    /^(?:https?:\/\/(?:www\.)?(?:pubmed\.ncbi\.nlm\.nih\.gov|ncbi\.nlm\.nih\.gov\/pubmed)\/|(?:pmid|medline|pubmed|med):?\s*)?0*([1-9]\d{0,8})(?:\.0)?\/?(?:\s*\[\w+\])?(?:[?#].*)?$/i,
  ),
  pmcid: (text) =>
    found(
      /^(?:https?:\/\/\S*?\/(?:articles\/)?|(?:pmcid|pmc):\s*|oai:pubmedcentral\.nih\.gov:)?((?:PMC\s?)?[1-9]\d{2,9})(?:\.\d+)?\/?(?:[;\s?#/].*)?$/i,
    )(text).map((id) => `PMC${id.replace(/\D/g, '')}`),
  dblp: found(
    /^(?:https?:\/\/(?:www\.)?dblp\.(?:org|uni-trier\.de)\/(?:rec|db)\/(?:(?:html|xml|bibtex|bib\d?)\/)?|dblp:\s*)?((?:conf|journals|books|reference|series|phd|tr|homepages|persons|data|www)\/[^\s/]+(?:\/[^\s/?#]+?)+)(?:\.(?:html|xml|bib))?(?:[?#].*)?$/i,
  ),
  openalex: (text) =>
    found(
      /^(?:https?:\/\/(?:api\.|www\.)?openalex\.org\/(?:works\/)?|openalex:\s*)?(w\d{1,14})(?:[/?#].*)?$/i,
    )(text).map((id) => id.toUpperCase()),
  mag: found(/^(?:mag(?:id)?:?\s*)?([1-9]\d{2,12})(?:\.0)?$/i),
  isbn: isbnsIn,
};

/**
 * The identifiers of a kind in the text of a field, each in one spelling.
 * @returns none where the text has none; several where the field names several.
 */
export function idsIn(kind: IdKind, text: string): readonly string[] {
  return FINDERS[kind](text.trim().slice(0, MAX_LENGTH));
}

function found(pattern: RegExp): (text: string) => string[] {
  return (text) => listOf(pattern.exec(text)?.[1]);
}

function listOf(id: string | undefined): string[] {
  return id === undefined ? [] : [id];
}
