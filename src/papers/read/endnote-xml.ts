import { dateOfWords } from '../dates.ts';
import { idsInUrls } from './links.ts';
import { plainText } from './markup.ts';
import { atPath, childOf, childrenOf, textAt, textOf } from './xml/content.ts';
import { NO_TITLE, xmlReader } from './xml/format.ts';

/** Libraries that EndNote exports as XML; every text is in elements that style it. */
export const endNoteXmlReader = xmlReader({
  format: 'endnote-xml',
  description: 'EndNote XML: <xml><records><record>',
  files: ['library.xml'],
  detect: (head) =>
    /<records>\s*<record>/.test(head) &&
    /<(?:ref-type|titles|contributors|database|source-app)[\s>]/.test(head),
  records: ['record'],
  toPaper: (record) => {
    const text = (...path: string[]) => textAt(record, ...path);
    const texts = (list: string, each: string) =>
      childrenOf(atPath(record, ...list.split('/')) ?? record, each)
        .map((element) => textOf(element).replace(/\s+/g, ' ').trim())
        .filter((found) => found !== '');
    const title = plainText(text('titles', 'title') ?? '');
    const abstract = plainText(text('abstract') ?? '');
    if (!title && !abstract) return { rejected: NO_TITLE };
    const urls = texts('urls/related-urls', 'url');
    const pdf = texts('urls/pdf-urls', 'url').find((url) => /^https?:/i.test(url));
    const ids = idsInUrls(...urls);
    const year = text('dates', 'year');
    const day = text('dates', 'pub-dates', 'date');
    const people = (kind: string) =>
      texts(`contributors/${kind}`, 'author').map((name) => name.replace(/,$/, ''));
    const paper = {
      title,
      abstract,
      authors: people('authors'),
      editors: people('secondary-authors'),
      publication: {
        sourceType: `endnote:${childOf(record, 'ref-type')?.attributes.name ?? ''}`,
        volume: text('volume'),
        number: text('number'),
        pages: text('pages'),
        publisher: text('publisher'),
        place: text('pub-location'),
        edition: text('edition'),
        [text('isbn')?.includes('-') && /^\d{4}-\d{3}[\dX]/i.test(text('isbn')!) ? 'issn' : 'isbn']:
          text('isbn'),
        note: text('notes'),
        language: text('language'),
      },
      venue:
        text('periodical', 'full-title') ??
        text('titles', 'secondary-title') ??
        text('titles', 'tertiary-title'),
      ...(year === undefined
        ? dateOfWords(day)
        : dateOfWords(day?.includes(year) ? day : [day, year].filter(Boolean).join(' '))),
      keywords: texts('keywords', 'keyword').flatMap((keyword) => keyword.split(/[\r\n;]/)),
      urls: { landing: urls[0], pdf },
      externalIds: { ...ids, doi: text('electronic-resource-num') ?? ids.doi },
    };
    return { paper, dropped: [] };
  },
});
