import { displayName, type PersonName } from '../names.ts';
import type { Paper } from '../paper.ts';
import { OWN_ID_FIELD } from '../read/own-export.ts';
import { cslTypeOf } from './kind.ts';
import { oneLine, paragraphsOf } from './text.ts';
import { type XmlElement, xmlDocument } from './xml.ts';

/** Types of Zotero's items by the type of CSL. */
const TYPES: Readonly<Record<string, string>> = {
  'article-journal': 'journalArticle',
  'article-magazine': 'magazineArticle',
  'article-newspaper': 'newspaperArticle',
  'paper-conference': 'conferencePaper',
  article: 'preprint',
  book: 'book',
  chapter: 'bookSection',
  thesis: 'thesis',
  report: 'report',
  webpage: 'webpage',
  patent: 'patent',
  speech: 'presentation',
  manuscript: 'manuscript',
};

const NAMESPACES = {
  rdf: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#',
  z: 'http://www.zotero.org/namespaces/export#',
  dcterms: 'http://purl.org/dc/terms/',
  bib: 'http://purl.org/net/biblio#',
  foaf: 'http://xmlns.com/foaf/0.1/',
  dc: 'http://purl.org/dc/elements/1.1/',
  prism: 'http://prismstandard.org/namespaces/1.2/basic/',
};

/** What a reader says about a paper, where an item has room for it. */
export interface ItemNotes {
  /** Plain text; becomes a note of the item. */
  readonly note?: string | undefined;
  /** Lines of the field Extra, as `Name: value`. */
  readonly extra?: readonly string[] | undefined;
}

/**
 * Papers as a library in Zotero's RDF: one `rdf:Description` each, in their order, and a `bib:Memo` for each note.
 * Identifiers that Zotero has no field for, and our id, are in the field Extra.
 * @param notesOf what is written beside the paper at a position. Default: nothing.
 */
export function toZoteroRdf(
  papers: readonly Paper[],
  notesOf: (at: number) => ItemNotes = () => ({}),
): string {
  const notes = papers.map((_, at) => notesOf(at));
  return xmlDocument({
    'rdf:RDF': {
      ...Object.fromEntries(Object.entries(NAMESPACES).map(([name, uri]) => [`@_xmlns:${name}`, uri])),
      'rdf:Description': papers.map((paper, at) => itemOf(paper, at, notes[at]!)),
      'bib:Memo': notes.flatMap(({ note = '' }, at) =>
        note === '' ? [] : [{ '@_rdf:about': memoAt(at), 'rdf:value': noteHtml(note) }],
      ),
    },
  });
}

function itemOf(paper: Paper, at: number, { note = '', extra = [] }: ItemNotes): XmlElement {
  const { publication = {}, externalIds, venue, keywords, urls } = paper;
  const { doi } = externalIds;
  const publisher = publication.publisher ?? publication.institution;
  return {
    '@_rdf:about': `#item_${at + 1}`,
    'z:itemType': TYPES[cslTypeOf(paper)] ?? 'document',
    ...(venue !== undefined && {
      'dcterms:isPartOf': {
        'bib:Journal': {
          'prism:volume': publication.volume,
          'prism:number': publication.issue ?? publication.number,
          'dc:title': venue,
        },
      },
    }),
    ...(publisher !== undefined && { 'dc:publisher': { 'foaf:Organization': { 'foaf:name': publisher } } }),
    ...people('bib:authors', paper.authorRole === undefined ? paper.authorNames : []),
    ...people('bib:editors', paper.editors),
    ...people('z:translators', paper.translators),
    ...(note !== '' && { 'dcterms:isReferencedBy': { '@_rdf:resource': memoAt(at) } }),
    'dc:subject': keywords,
    'dc:title': paper.title,
    'dcterms:abstract': paragraphsOf(paper.abstract).join('\n\n') || undefined,
    'dc:date': paper.date ?? paper.year?.toString(),
    'z:language': publication.language,
    'bib:pages': publication.pages,
    'dc:description': extraOf(paper, extra),
    'dc:identifier': [
      ...(doi === undefined ? [] : [`DOI ${doi}`]),
      ...(urls.landing === undefined ? [] : [{ 'dcterms:URI': { 'rdf:value': urls.landing } }]),
    ],
  };
}

function people(role: string, names: readonly PersonName[] = []): XmlElement {
  if (names.length === 0) return {};
  return { [role]: { 'rdf:Seq': { 'rdf:li': names.map((name) => ({ 'foaf:Person': personOf(name) })) } } };
}

/** Zotero has a name in one field as a family name. */
function personOf(name: PersonName): XmlElement {
  if ('literal' in name || !name.given) return { 'foaf:surname': displayName(name) };
  const { family, given, particle, droppingParticle, suffix } = name;
  return {
    'foaf:surname': [particle, family].filter(Boolean).join(' '),
    'foaf:givenName': [given, droppingParticle, suffix].filter(Boolean).join(' '),
  };
}

function extraOf({ id, externalIds, publication }: Paper, more: readonly string[]): string {
  const { arxiv, pmid, pmcid, acl, openreview } = externalIds;
  const lines = {
    arXiv: arxiv,
    PMID: pmid,
    PMCID: pmcid,
    ACL: acl,
    OpenReview: openreview,
    [OWN_ID_FIELD]: id,
  };
  return [
    ...Object.entries(lines).flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${value}`])),
    ...more.map(oneLine),
    ...paragraphsOf(publication?.note ?? ''),
  ].join('\n');
}

function memoAt(at: number): string {
  return `#item_${at + 1}_note`;
}

/** Paragraphs and line breaks; everything else is text. */
function noteHtml(note: string): string {
  const escaped = note.replace(/[&<>]/g, (sign) => `&${{ '&': 'amp', '<': 'lt', '>': 'gt' }[sign]};`);
  return escaped
    .split(/\n\s*\n/)
    .map((paragraph) => `<p>${paragraph.trim().replaceAll('\n', '<br/>')}</p>`)
    .join('');
}
