import { dateOfWords } from '../dates.ts';
import { nameOfParts, type PersonName } from '../names.ts';
import { idsInExtra, otherLines } from './extra-field.ts';
import { idsInUrls } from './links.ts';
import { plainText } from './markup.ts';
import { OWN_ID_FIELD } from './own-export.ts';
import type { CorpusItem, RawPaper, Reader } from './reader.ts';
import { itemsOf } from './record.ts';
import { atPath, childOf, childrenOf, childText, childTexts, textAt, textOf } from './xml/content.ts';
import type { XmlElement } from './xml/elements.ts';
import { readXml } from './xml/elements.ts';
import { NO_TITLE } from './xml/format.ts';

/** Elements of an item by its type; `Description` for the types that the vocabulary has no word for. */
const ITEMS = [
  'Article',
  'BookSection',
  'Book',
  'Thesis',
  'Report',
  'Document',
  'Description',
  'Manuscript',
  'Recording',
  'Patent',
  'Legislation',
];
/** What items are part of; a container is inside an item or next to it. */
const CONTAINERS = ['Journal', 'Periodical', 'Series', 'Newspaper', 'Magazine', 'Proceedings'];
/** Notes of items, each described beside its item. */
const NOTE = 'Memo';
const NOT_PAPERS = /^(?:attachment|note|annotation)$/;

/** Libraries that Zotero exports as RDF. A journal may be described after the article that is in it. */
export const zoteroRdfReader: Reader = {
  format: 'zotero-rdf',
  description: 'Zotero RDF: a library exported from Zotero as RDF',
  files: ['library.rdf'],
  detect: (head) =>
    /^\s*</.test(head) && /<rdf:RDF[\s>]/.test(head) && head.includes('zotero.org/namespaces/export'),
  async *read({ file, chunks }): AsyncIterable<CorpusItem> {
    const containers = new Map<string, Container>();
    const notes = new Map<string, string>();
    const items: XmlElement[] = [];
    let record = 0;
    for await (const event of readXml(
      chunks(),
      new Set([...ITEMS, ...CONTAINERS, NOTE]),
      new Set([...ITEMS, ...CONTAINERS, NOTE]),
    )) {
      if (event.kind === 'broken') {
        yield {
          kind: 'rejected',
          notice: { file, line: event.line, record: ++record, reason: event.reason },
        };
      } else if (event.kind === 'record') {
        const { element } = event;
        const title = childText(element, 'title');
        if (element.name === NOTE) {
          notes.set(element.attributes.about ?? '', noteText(childText(element, 'value') ?? ''));
          continue;
        }
        if (!CONTAINERS.includes(element.name)) items.push(element);
        else if (element.attributes.about !== undefined && title)
          containers.set(element.attributes.about, { title, doi: doiIn(element) });
      }
    }
    // Articles that share the description of a journal cannot share a DOI in it.
    const seen = new Set<string>();
    for (const about of items.map(hostOf)) {
      const container = containers.get(about);
      if (container && seen.has(about)) containers.set(about, { ...container, doi: undefined });
      seen.add(about);
    }
    for (const item of items) {
      const paper = toPaper(item, containers, notes);
      if (!paper) continue;
      const result = paper.title || paper.abstract ? { paper, dropped: [] } : { rejected: NO_TITLE };
      yield* itemsOf(result, { file, line: item.line, record: ++record });
    }
  },
};

/** A journal that is described beside its articles; Zotero gives each article one of its own, with the DOI in it. */
interface Container {
  readonly title: string;
  readonly doi: string | undefined;
}

/** What an item is part of, where that is described elsewhere. */
function hostOf(item: XmlElement): string {
  return childOf(item, 'isPartOf')?.attributes.resource ?? '';
}

function doiIn(element: XmlElement): string | undefined {
  return childTexts(element, 'identifier')
    .map((id) => /^DOI\s+(\S+)/i.exec(id)?.[1])
    .find((id) => id !== undefined);
}

/** Undefined for attachments and notes. */
function toPaper(
  item: XmlElement,
  containers: ReadonlyMap<string, Container>,
  notes: ReadonlyMap<string, string>,
): RawPaper | undefined {
  const type = childText(item, 'itemType');
  if (type === undefined ? item.name === 'Description' : NOT_PAPERS.test(type)) return undefined;
  const people = (role: string) => {
    const list = atPath(item, role, 'Seq');
    return list ? childrenOf(list, 'li').flatMap(nameOf) : [];
  };
  const page = textAt(item, 'identifier', 'URI', 'value');
  // Zotero puts what it has no field for into the description, and the DOI into that of the journal.
  const extra = childTexts(item, 'description').join('\n');
  const id = new RegExp(`^${OWN_ID_FIELD}: *(.+)$`, 'm').exec(extra)?.[1];
  const note = childrenOf(item, 'isReferencedBy')
    .flatMap((link) => notes.get(link.attributes.resource ?? '') ?? childOf(link, NOTE) ?? [])
    .map((found) => (typeof found === 'string' ? found : noteText(childText(found, 'value') ?? '')))
    .filter(Boolean)
    .join('\n\n');
  const host = childOf(item, 'isPartOf');
  const inside = host?.children.find((child): child is XmlElement => typeof child !== 'string');
  const container = containers.get(hostOf(item));
  const doi = doiIn(item) ?? (inside ? doiIn(inside) : container?.doi);
  return {
    ...(id !== undefined && { id }),
    title: childText(item, 'title') ?? '',
    abstract: childText(item, 'abstract') ?? '',
    authors: people('authors'),
    editors: people('editors'),
    translators: people('translators'),
    publication: {
      sourceType: type && `zotero:${type}`,
      volume: childText(item, 'volume') ?? (inside && childText(inside, 'volume')),
      number: childText(item, 'number') ?? (inside && childText(inside, 'number')),
      pages: childText(item, 'pages'),
      language: childText(item, 'language'),
      publisher: textAt(item, 'publisher', 'Organization', 'name'),
      other: { 'zotero:note': note, 'zotero:extra': otherLines(extra) },
    },
    venue:
      (inside && childText(inside, 'title')) ??
      container?.title ??
      textAt(item, 'presentedAt', 'Conference', 'title'),
    ...dateOfWords(childText(item, 'date')),
    keywords: childrenOf(item, 'subject').map((subject) => textOf(subject).trim()),
    urls: { landing: page },
    externalIds: { ...idsInUrls(page), ...idsInExtra(extra), ...(doi && { doi }) },
  };
}

function nameOf(place: XmlElement): PersonName[] {
  const person = childOf(place, 'Person');
  if (!person) return [];
  const [given, family] = [childText(person, 'givenName'), childText(person, 'surname')];
  if (!family && !given) return [];
  // Zotero writes a name of one field as a family name.
  return [given ? nameOfParts({ given, family }) : { literal: family! }];
}

/** The text of a note, which is HTML: paragraphs, line breaks and lists stay apart. */
function noteText(html: string): string {
  const text = html
    .replace(/\s+/g, ' ')
    .replace(/<li(?:\s[^<>]*)?>/gi, '\n- ')
    .replace(/<br\s*\/?>|<\/tr>/gi, '\n')
    .replace(/<\/?(?:p|div|h\d|ul|ol|blockquote|pre|table)(?:\s[^<>]*)?>/gi, '\n\n')
    .replace(/<\/?[a-z][^<>]*>/gi, '');
  return plainText(text)
    .replace(/[^\S\n]*\n[^\S\n]*/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
