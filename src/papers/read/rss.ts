import { dateOfMs } from '../dates.ts';
import { splitSentence } from '../names.ts';
import { statusOfTexts } from '../status.ts';
import { idsInUrls } from './links.ts';
import { plainText } from './markup.ts';
import { childText, childTexts } from './xml/content.ts';
import { NO_TITLE, xmlReader } from './xml/format.ts';

/** "Title. (arXiv:2101.00001v1 [cs.CL] UPDATED)", as arXiv's older feeds have titles. */
const OLD_TITLE = /\.?\s*\(arXiv:(\S+?)(?:v\d+)?\s+\[[\w.-]+\][^()]*\)\s*$/;
/** "arXiv:2401.00003v1 Announce Type: new Abstract: …", as the newer ones begin abstracts. */
const ANNOUNCED = /^\s*arXiv:(\S+?)(?:v\d+)?\s+Announce Type:\s*[\w-]+\s*(?:Abstract:\s*)?/i;

/** Feeds of new papers in RSS, 2.0 or 1.0: arXiv's, and those of journals with PRISM or Dublin Core in them. */
export const rssReader = xmlReader({
  format: 'rss',
  description: 'RSS feeds of papers: arXiv’s daily lists, and tables of contents of journals',
  files: ['cs.CL.rss', 'arxiv-rss.xml'],
  detect: (head) =>
    (/<rss[\s>]/.test(head) || (/<rdf:RDF[\s>]/.test(head) && /purl\.org\/rss\/1\.0/.test(head))) &&
    /arxiv\.org|<prism:|doi\.org\/10\.|<dc:creator/i.test(head),
  records: ['item'],
  toPaper: (item) => {
    const given = plainText(childText(item, 'title') ?? '').replace(/\s+/g, ' ');
    const description = plainText(childText(item, 'encoded') ?? childText(item, 'description') ?? '');
    const title = given.replace(OLD_TITLE, '').trim();
    const abstract = description.replace(ANNOUNCED, '').trim();
    if (!title && !abstract) return { rejected: NO_TITLE };
    const link = childText(item, 'link') ?? item.attributes.about;
    const arxiv = OLD_TITLE.exec(given)?.[1] ?? ANNOUNCED.exec(description)?.[1] ?? idsInUrls(link).arxiv;
    const doi = childText(item, 'doi') ?? /^doi:(\S+)/i.exec(childText(item, 'identifier') ?? '')?.[1];
    const date = childText(item, 'pubDate') ?? childText(item, 'publicationDate') ?? childText(item, 'date');
    const people = childTexts(item, 'creator').map(plainText);
    const paper = {
      title,
      abstract,
      authors: people.length === 1 ? splitSentence(people[0]!) : people,
      venue: childText(item, 'publicationName'),
      ...dateOfMs(date === undefined ? undefined : Date.parse(date)),
      categories: childTexts(item, 'category'),
      urls: { landing: link },
      externalIds: { ...idsInUrls(link), ...(arxiv && { arxiv }), ...(doi && { doi }) },
      status: statusOfTexts(title, abstract),
    };
    return { paper, dropped: [] };
  },
});
