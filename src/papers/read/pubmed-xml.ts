import { dateOfParts, dateOfWords, type PublicationDate } from '../dates.ts';
import type { IdKind } from '../id-kinds.ts';
import { MONTHS } from '../months.ts';
import { nameOfParts, type PersonName } from '../names.ts';
import { referenceTo } from '../references.ts';
import { gravest, type PaperStatus, statusOfTypes } from '../status.ts';
import {
  atPath,
  childOf,
  childrenOf,
  childText,
  childTexts,
  descendantsOf,
  paragraphsIn,
  textAt,
  textOf,
} from './xml/content.ts';
import type { XmlElement } from './xml/elements.ts';
import { NO_TITLE, xmlReader } from './xml/format.ts';

/** PubMed's XML: sets of articles and books, as efetch and the yearly baseline give them. */
export const pubmedXmlReader = xmlReader({
  format: 'pubmed-xml',
  description: 'PubMed XML: <PubmedArticleSet>, as efetch and the baseline files give it',
  files: ['pubmed24n0001.xml.gz', 'efetch.xml'],
  detect: (head) => /<(?:PubmedArticleSet|PubmedArticle|PubmedBookArticle)[\s>]/.test(head),
  records: ['PubmedArticle', 'PubmedBookArticle'],
  toPaper: (record) => {
    const citation = childOf(record, 'MedlineCitation') ?? childOf(record, 'BookDocument');
    const article = (citation && childOf(citation, 'Article')) ?? citation;
    if (!citation || !article) return { rejected: NO_TITLE };
    const title = (
      textAt(article, 'ArticleTitle') ??
      textAt(article, 'Book', 'BookTitle') ??
      textAt(article, 'VernacularTitle') ??
      ''
    )
      // Translated titles are in brackets.
      .replace(/^\[(.*)\]\.?$/, '$1')
      .replace(/(?<!\.)\.$/, '');
    const abstract = abstractOf(childOf(article, 'Abstract'));
    if (!title && !abstract) return { rejected: NO_TITLE };
    const ids = idsOf(record, article);
    const types = childTexts(childOf(article, 'PublicationTypeList') ?? article, 'PublicationType');
    const authors = childOf(article, 'AuthorList');
    const paper = {
      title,
      abstract,
      authors: authors ? childrenOf(authors, 'Author').flatMap(nameOf) : [],
      venue:
        textAt(article, 'Journal', 'Title') ??
        textAt(citation, 'MedlineJournalInfo', 'MedlineTA') ??
        textAt(article, 'Book', 'BookTitle'),
      ...dateOf(
        atPath(article, 'Journal', 'JournalIssue', 'PubDate') ??
          childOf(article, 'ArticleDate') ??
          atPath(article, 'Book', 'PubDate'),
      ),
      keywords: [
        ...childrenOf(childOf(citation, 'MeshHeadingList') ?? citation, 'MeshHeading').flatMap(
          (heading) => childText(heading, 'DescriptorName') ?? [],
        ),
        ...childrenOf(citation, 'KeywordList').flatMap((list) => childTexts(list, 'Keyword')),
      ],
      publication: {
        volume: textAt(article, 'Journal', 'JournalIssue', 'Volume'),
        issue: textAt(article, 'Journal', 'JournalIssue', 'Issue'),
        pages: textAt(article, 'Pagination', 'MedlinePgn'),
        issn: textAt(article, 'Journal', 'ISSN'),
        shortVenue: textAt(article, 'Journal', 'ISOAbbreviation'),
        language: textAt(article, 'Language'),
      },
      externalIds: { ...ids, pmid: childText(citation, 'PMID') ?? ids.pmid },
      status: gravest([statusOfTypes(types), statusOfNotices(citation)]),
      references: descendantsOf(record, 'Reference').flatMap((cited) => workIn(cited) ?? []),
    };
    return { paper, dropped: [] };
  },
});

/** Sections of an abstract, each with its label. */
function abstractOf(abstract: XmlElement | undefined): string {
  if (!abstract) return '';
  return childrenOf(abstract, 'AbstractText')
    .map((section) => {
      const label = section.attributes.Label;
      const text = paragraphsIn(section, new Set(['p']));
      return label && !/^unlabelled$/i.test(label) ? `${label}: ${text}` : text;
    })
    .filter((text) => text !== '')
    .join('\n\n');
}

function nameOf(author: XmlElement): PersonName[] {
  const group = childText(author, 'CollectiveName');
  if (group) return [{ literal: group }];
  const family = childText(author, 'LastName');
  const given = childText(author, 'ForeName') ?? childText(author, 'Initials');
  return family || given ? [nameOfParts({ given, family, suffix: childText(author, 'Suffix') })] : [];
}

function dateOf(date: XmlElement | undefined): PublicationDate {
  if (!date) return {};
  const year = Number(childText(date, 'Year')) || undefined;
  // "2013 Sep-Oct", "2000 Spring".
  if (year === undefined) return dateOfWords(childText(date, 'MedlineDate'));
  const month = childText(date, 'Month') ?? '';
  const named = MONTHS.indexOf(month.slice(0, 3).toLowerCase()) + 1;
  return dateOfParts([
    year,
    named || Number(month) || undefined,
    Number(childText(date, 'Day')) || undefined,
  ]);
}

function idsOf(record: XmlElement, article: XmlElement): { doi?: string; pmcid?: string; pmid?: string } {
  const data = childOf(record, 'PubmedData') ?? childOf(record, 'PubmedBookData');
  const ids = [
    ...childrenOf((data && childOf(data, 'ArticleIdList')) ?? article, 'ArticleId').map(
      (id) => [id.attributes.IdType, textOf(id).trim()] as const,
    ),
    ...childrenOf(article, 'ELocationID').map((id) => [id.attributes.EIdType, textOf(id).trim()] as const),
  ];
  const of = (type: string) => ids.find(([kind, id]) => kind === type && id !== '')?.[1];
  const [doi, pmcid, pmid] = [of('doi'), of('pmc'), of('pubmed')];
  return { ...(doi && { doi }), ...(pmcid && { pmcid }), ...(pmid && { pmid }) };
}

const ID_TYPES: Readonly<Record<string, IdKind>> = { doi: 'doi', pubmed: 'pmid', pmc: 'pmcid' };

/** The work of an entry in the list of references. */
function workIn(cited: XmlElement): string | undefined {
  const ids = descendantsOf(cited, 'ArticleId').flatMap((id) => {
    const kind = ID_TYPES[id.attributes.IdType ?? ''];
    return kind === undefined ? [] : [[kind, textOf(id)] as const];
  });
  return referenceTo(ids);
}

/** Notices about the article that its record names: `RetractionIn`, `ExpressionOfConcernIn`, `ErratumIn`. */
function statusOfNotices(citation: XmlElement): PaperStatus | undefined {
  const kinds = {
    RetractionIn: 'retracted',
    ExpressionOfConcernIn: 'concern',
    ErratumIn: 'corrected',
  } as const;
  const notices = childrenOf(childOf(citation, 'CommentsCorrectionsList') ?? citation, 'CommentsCorrections');
  return gravest(
    notices.map((notice) => {
      const kind = Object.entries(kinds).find(([type]) => type === notice.attributes.RefType)?.[1];
      return kind && { kind, reason: childText(notice, 'RefSource'), source: 'PubMed' };
    }),
  );
}
