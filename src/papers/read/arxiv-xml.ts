import { dateOfMs, dateOfText } from '../dates.ts';
import { nameOfParts, splitSentence } from '../names.ts';
import { publicationOf } from '../publication.ts';
import { statusOfComment } from '../status.ts';
import { paperOfArticle } from './jats.ts';
import { accentsToUnicode } from './latex.ts';
import { idsInUrls } from './links.ts';
import type { Reader } from './reader.ts';
import type { RecordResult } from './record.ts';
import { childOf, childrenOf, childText, childTexts } from './xml/content.ts';
import type { XmlElement } from './xml/elements.ts';
import { readXmlRecords } from './xml/reader.ts';

const NOTHING = { field: 'title', reason: 'The record has neither title nor abstract.' };

/** Answers of the arXiv search API: an Atom feed with an entry a paper. */
export const arxivAtomReader: Reader = {
  format: 'arxiv-atom',
  description: 'answers of the arXiv API: an Atom feed',
  files: ['query.xml', 'arxiv.atom'],
  detect: (head) => /<feed[\s>]/.test(head) && /\barxiv\.org\b/i.test(head),
  read: (source) => readXmlRecords(source, { records: new Set(['entry']), toPaper: fromEntry }),
};

/** Answers of OAI-PMH from arXiv, in the metadata formats arXiv, arXivRaw and Dublin Core. */
export const oaiPmhReader: Reader = {
  format: 'oai-pmh',
  description: 'OAI-PMH answers, as arXiv gives them: arXiv, arXivRaw or Dublin Core metadata',
  files: ['ListRecords.xml'],
  detect: (head) => /<(?:\w+:)?OAI-PMH[\s>]/.test(head),
  read: (source) => readXmlRecords(source, { records: new Set(['record', 'error']), toPaper: fromRecord }),
};

function fromEntry(entry: XmlElement): RecordResult {
  const id = childText(entry, 'id') ?? '';
  const title = accentsToUnicode(childText(entry, 'title') ?? '');
  const abstract = accentsToUnicode(childText(entry, 'summary') ?? '');
  if (id.includes('/api/errors')) {
    return { rejected: { field: 'entry', reason: `arXiv answered with an error: ${abstract || title}` } };
  }
  if (!title && !abstract) return { rejected: NOTHING };
  const pdf = childrenOf(entry, 'link').find(({ attributes }) => attributes.title === 'pdf');
  const paper = {
    title,
    abstract,
    authors: childrenOf(entry, 'author').flatMap((author) => childText(author, 'name') ?? []),
    venue: childText(entry, 'journal_ref'),
    ...dateOfText(childText(entry, 'published')),
    categories: childrenOf(entry, 'category').flatMap(({ attributes }) => attributes.term ?? []),
    urls: { pdf: pdf?.attributes.href },
    externalIds: { arxiv: idsInUrls(id).arxiv, doi: childText(entry, 'doi') },
    status: statusOfComment(childText(entry, 'comment')),
  };
  return { paper, dropped: [] };
}

function fromRecord(record: XmlElement): RecordResult {
  if (record.name === 'error') {
    const reason = `The service answered with an error: ${record.children.join('')}`;
    return { rejected: { field: 'error', reason } };
  }
  const header = childOf(record, 'header');
  if (header?.attributes.status === 'deleted') {
    return { rejected: { field: 'header', reason: 'The record was deleted by the service.' } };
  }
  const metadata = childOf(record, 'metadata');
  const arxiv = metadata && (childOf(metadata, 'arXiv') ?? childOf(metadata, 'arXivRaw'));
  if (arxiv) return fromArxiv(arxiv);
  const dc = metadata && childOf(metadata, 'dc');
  if (dc) return paperOfDublinCore(dc);
  const article = metadata && childOf(metadata, 'article');
  if (article) return paperOfArticle(article);
  return { rejected: { field: 'metadata', reason: 'Expected metadata as arXiv, arXivRaw, oai_dc or JATS.' } };
}

function fromArxiv(record: XmlElement): RecordResult {
  const title = accentsToUnicode(childText(record, 'title') ?? '');
  const abstract = accentsToUnicode(childText(record, 'abstract') ?? '');
  if (!title && !abstract) return { rejected: NOTHING };
  const authors = childOf(record, 'authors');
  const people = authors ? childrenOf(authors, 'author') : [];
  const names =
    people.length > 0
      ? people.map((author) => {
          const part = (name: string) => accentsToUnicode(childText(author, name) ?? '');
          return nameOfParts({ family: part('keyname'), given: part('forenames'), suffix: part('suffix') });
        })
      : splitSentence(childText(record, 'authors') ?? '').map(accentsToUnicode);
  const firstVersion = childOf(record, 'version');
  const submitted = dateOfMs(firstVersion && Date.parse(childText(firstVersion, 'date') ?? ''));
  const paper = {
    title,
    abstract,
    authors: names,
    venue: childText(record, 'journal-ref'),
    ...(submitted.year === undefined ? dateOfText(childText(record, 'created')) : submitted),
    categories: childText(record, 'categories')?.split(/\s+/),
    externalIds: {
      arxiv: childText(record, 'id'),
      doi: childText(record, 'doi')?.split(/\s+/)[0],
    },
    status: statusOfComment(childText(record, 'comments')),
  };
  return { paper, dropped: [] };
}

/** The paper of an element `dc`. */
export function paperOfDublinCore(dc: XmlElement): RecordResult {
  const title = accentsToUnicode(childText(dc, 'title') ?? '');
  // arXiv puts its comments into descriptions after the first.
  const abstract = accentsToUnicode(childText(dc, 'description') ?? '');
  if (!title && !abstract) return { rejected: NOTHING };
  const identifiers = childTexts(dc, 'identifier');
  const doi = identifiers.find((id) => /^(?:doi:|https?:\/\/(?:dx\.)?doi\.org\/|10\.\d{4,9}\/)/i.test(id));
  const paper = {
    title,
    abstract,
    authors: childTexts(dc, 'creator').map(accentsToUnicode),
    ...dateOfText(childText(dc, 'date')),
    publication: publicationOf({ language: childText(dc, 'language') }),
    categories: childTexts(dc, 'subject'),
    urls: { landing: identifiers.find((id) => /^https?:/.test(id)) },
    externalIds: { arxiv: idsInUrls(...identifiers).arxiv, doi },
    status: statusOfComment(childTexts(dc, 'description').slice(1).join(' ')),
  };
  return { paper, dropped: [] };
}
