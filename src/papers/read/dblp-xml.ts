import { dateOfText } from '../dates.ts';
import { referenceTo } from '../references.ts';
import { idsInUrls } from './links.ts';
import { childText, childTexts, textAt } from './xml/content.ts';
import { NO_TITLE, xmlReader } from './xml/format.ts';

/** Numbers that DBLP gives to people of one name: "Jürgen Doe 0001". */
const HOMONYM_NUMBER = / \d{4}$/;
/** Elements of DBLP that hold a publication. */
const PUBLICATIONS = [
  'article',
  'inproceedings',
  'proceedings',
  'book',
  'incollection',
  'phdthesis',
  'mastersthesis',
];

/** DBLP's XML: its dump, and answers for a person or a publication. */
export const dblpXmlReader = xmlReader({
  format: 'dblp-xml',
  description: 'DBLP XML: the dump, or a page of a person (dblp.xml)',
  files: ['dblp.xml.gz', 'person.xml'],
  detect: (head) =>
    /<dblp(?:person)?[\s>]/.test(head) ||
    /<(?:article|inproceedings)\s[^<>]*\bkey="(?:journals|conf)\//.test(head),
  records: PUBLICATIONS,
  toPaper: (record) => {
    const title = (textAt(record, 'title') ?? '').replace(/(?<!\.)\.$/, '');
    if (title === '') return { rejected: NO_TITLE };
    const pages = childTexts(record, 'ee');
    const people = (role: string) => childTexts(record, role).map((name) => name.replace(HOMONYM_NUMBER, ''));
    const ids = idsInUrls(...pages);
    const key = record.attributes.key;
    const paper = {
      title,
      abstract: '',
      authors: people('author'),
      editors: people('editor'),
      publication: {
        sourceType: `dblp:${record.name}`,
        volume: childText(record, 'volume'),
        number: childText(record, 'number'),
        pages: childText(record, 'pages'),
        publisher: childText(record, 'publisher'),
        institution: childText(record, 'school'),
        series: childText(record, 'series'),
        isbn: childText(record, 'isbn'),
      },
      // Preprints of arXiv are articles of CoRR.
      venue: childText(record, 'journal') ?? childText(record, 'booktitle') ?? childText(record, 'school'),
      ...dateOfText(childText(record, 'year')),
      urls: { landing: pages[0] },
      externalIds: { ...ids, ...(key && { dblp: key }) },
      status:
        record.attributes.publtype === 'withdrawn'
          ? ({ kind: 'withdrawn', source: 'DBLP' } as const)
          : undefined,
      // "..." is a reference that DBLP did not find.
      references: childTexts(record, 'cite').flatMap((cited) => referenceTo([['dblp', cited]]) ?? []),
    };
    return { paper, dropped: [] };
  },
});
