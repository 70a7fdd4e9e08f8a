import { dateOfText } from '../dates.ts';
import { nameOfParts, type PersonName } from '../names.ts';
import { pageRange } from '../pages.ts';
import { type Publication, publicationOf } from '../publication.ts';
import { idsInUrls } from './links.ts';
import { childOf, childrenOf, childText, childTexts, descendantsOf, textAt, textOf } from './xml/content.ts';
import type { XmlElement } from './xml/elements.ts';
import { NO_TITLE, xmlReader } from './xml/format.ts';

const AUTHOR = /^(?:aut|author|cre|creator)$/i;
const EDITOR = /^(?:edt|editor)$/i;

/** Records in MODS, as libraries, repositories and the ACL Anthology give them. */
export const modsReader = xmlReader({
  format: 'mods',
  description: 'MODS records: <mods>, alone or in a <modsCollection>',
  files: ['*.mods', 'anthology.mods.xml'],
  detect: (head) => /<(?:\w+:)?mods(?:Collection)?[\s>]/.test(head),
  records: ['mods'],
  toPaper: (mods) => {
    const title = titleOf(mods);
    const abstract = childTexts(mods, 'abstract').join('\n\n');
    if (!title && !abstract) return { rejected: NO_TITLE };
    const host = childrenOf(mods, 'relatedItem').find(({ attributes }) => attributes.type === 'host');
    const identifiers = new Map(
      childrenOf(mods, 'identifier').map((id) => [id.attributes.type?.toLowerCase(), textOf(id).trim()]),
    );
    const pages = childrenOf(mods, 'location').flatMap((location) => childTexts(location, 'url'));
    const doi = identifiers.get('doi');
    const paper = {
      title,
      abstract,
      authors: childrenOf(mods, 'name').filter(hasRole(AUTHOR)).flatMap(nameOf),
      editors: childrenOf(mods, 'name').filter(hasRole(EDITOR)).flatMap(nameOf),
      venue: host && titleOf(host),
      publication: publicationIn(mods, host),
      ...dateOfText(dateIn(mods) ?? (host && dateIn(host))),
      keywords: childrenOf(mods, 'subject').flatMap((subject) => childTexts(subject, 'topic')),
      urls: { landing: pages[0] },
      externalIds: { ...idsInUrls(...pages, identifiers.get('uri')), ...(doi && { doi }) },
    };
    return { paper, dropped: [] };
  },
});

function titleOf(element: XmlElement): string {
  const info =
    childrenOf(element, 'titleInfo').find(({ attributes }) => attributes.type === undefined) ??
    childOf(element, 'titleInfo');
  if (!info) return '';
  const main = [childText(info, 'nonSort'), childText(info, 'title')].filter(Boolean).join(' ');
  return [main, childText(info, 'subTitle')].filter(Boolean).join(': ').replace(/\s+/g, ' ');
}

/** Whether a person has one of these roles; those without a role are authors. */
function hasRole(wanted: RegExp): (name: XmlElement) => boolean {
  return (name) => {
    const roles = descendantsOf(name, 'roleTerm').map((role) => textOf(role).trim());
    return roles.length === 0 ? wanted === AUTHOR : roles.some((role) => wanted.test(role));
  };
}

function nameOf(name: XmlElement): (string | PersonName)[] {
  const parts = childrenOf(name, 'namePart');
  const of = (type: string | undefined) =>
    parts
      .filter(({ attributes }) => attributes.type === type)
      .map((part) => textOf(part).trim())
      .join(' ');
  const [given, family, whole] = [of('given'), of('family'), of(undefined)];
  if (family !== '') return [nameOfParts({ given, family })];
  if (whole === '') return [];
  return [name.attributes.type === 'corporate' ? { literal: whole } : whole];
}

function dateIn(element: XmlElement): string | undefined {
  return (
    ['dateIssued', 'copyrightDate', 'dateCreated']
      .map((name) => textAt(element, 'originInfo', name))
      .find((date) => date !== undefined) ?? textAt(element, 'part', 'date')
  );
}

/** What a record and the book or journal it is part of say of the publication. */
function publicationIn(mods: XmlElement, host: XmlElement | undefined): Publication | undefined {
  const parts = [mods, host].flatMap((each) => (each ? childrenOf(each, 'part') : []));
  const inPart = (element: string, type: RegExp) =>
    parts
      .flatMap((part) => childrenOf(part, element))
      .find(({ attributes }) => type.test(attributes.type ?? attributes.unit ?? ''));
  const detail = (type: RegExp) => textAt(inPart('detail', type), 'number');
  const extent = inPart('extent', /^pages?$/i);
  const origin = (name: string) =>
    textAt(mods, 'originInfo', name) ?? (host && textAt(host, 'originInfo', name));
  const id = (type: string) =>
    [mods, host]
      .flatMap((each) => (each ? childrenOf(each, 'identifier') : []))
      .filter(({ attributes }) => attributes.type?.toLowerCase() === type)
      .map((each) => textOf(each).trim())
      .find((text) => text !== '');
  return publicationOf({
    volume: detail(/^volume$/i),
    issue: detail(/^(?:issue|number)$/i),
    pages:
      extent &&
      (pageRange(childText(extent, 'start'), childText(extent, 'end')) ?? childText(extent, 'list')),
    publisher: origin('publisher'),
    place: origin('place'),
    edition: origin('edition'),
    isbn: id('isbn'),
    issn: id('issn'),
    language: textAt(mods, 'language', 'languageTerm'),
  });
}
