import { dateOfParts, type PublicationDate } from '../dates.ts';
import type { IdKind } from '../id-kinds.ts';
import { nameOfParts, type PersonName } from '../names.ts';
import { referenceTo } from '../references.ts';
import type { RecordResult } from './record.ts';
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

const BLOCKS = new Set(['p', 'sec', 'title', 'list', 'list-item']);
/** Kinds of abstracts that say something else than the abstract. */
const OTHER_ABSTRACTS = /graphical|teaser|toc|precis|key-points|executive|plain|summary|video/i;
const OF_PUBLICATION = ['epub', 'pub', 'ppub', 'collection', 'epub-ppub'];

/** Articles in JATS, as PubMed Central and publishers give them; their text is not read. */
export const jatsReader = xmlReader({
  format: 'jats',
  description: 'JATS articles: <article><front>, as PubMed Central and publishers give them',
  files: ['PMC123456.xml', 'article.nxml'],
  detect: (head) =>
    /<article[\s>]/.test(head) &&
    /<(?:front|article-meta|journal-meta)[\s>]/.test(head) &&
    !/<dblp/.test(head),
  records: ['article'],
  toPaper: paperOfArticle,
});

/** The paper of an element `article`. */
export function paperOfArticle(article: XmlElement): RecordResult {
  const meta = atPath(article, 'front', 'article-meta');
  if (!meta) return { rejected: NO_TITLE };
  const main = textAt(meta, 'title-group', 'article-title') ?? '';
  const subtitle = textAt(meta, 'title-group', 'subtitle');
  const title = [main, subtitle].filter(Boolean).join(': ');
  const abstract = childrenOf(meta, 'abstract').find(
    ({ attributes }) => !OTHER_ABSTRACTS.test(attributes['abstract-type'] ?? ''),
  );
  const text = paragraphsIn(abstract, BLOCKS).replace(/^abstract\n\n/i, '');
  if (!title && !text) return { rejected: NO_TITLE };
  const ids = new Map(
    childrenOf(meta, 'article-id').map((id) => [id.attributes['pub-id-type'], textOf(id).trim()]),
  );
  const pmc = ids.get('pmcid') ?? ids.get('pmc');
  const doi = ids.get('doi');
  const paper = {
    title,
    abstract: text,
    authors: childrenOf(meta, 'contrib-group').flatMap((group) => namesIn(group, 'author')),
    editors: childrenOf(meta, 'contrib-group').flatMap((group) => namesIn(group, 'editor')),
    publication: {
      volume: textAt(meta, 'volume'),
      issue: textAt(meta, 'issue'),
      pages: [textAt(meta, 'fpage'), textAt(meta, 'lpage')].filter(Boolean).join('-') || undefined,
      publisher: textAt(article, 'front', 'journal-meta', 'publisher', 'publisher-name'),
      issn: textAt(article, 'front', 'journal-meta', 'issn'),
      language: article.attributes.lang,
    },
    venue:
      textAt(article, 'front', 'journal-meta', 'journal-title-group', 'journal-title') ??
      textAt(article, 'front', 'journal-meta', 'journal-title'),
    ...dateOf(meta),
    keywords: childrenOf(meta, 'kwd-group').flatMap((group) =>
      descendantsOf(group, 'kwd').map((keyword) => textOf(keyword)),
    ),
    externalIds: {
      ...(doi && { doi }),
      ...(ids.get('pmid') && { pmid: ids.get('pmid') }),
      ...(pmc && { pmcid: pmc.startsWith('PMC') ? pmc : `PMC${pmc}` }),
    },
    status:
      article.attributes['article-type'] === 'retracted-article'
        ? ({ kind: 'retracted', source: 'JATS' } as const)
        : undefined,
    references: descendantsOf(childOf(article, 'back') ?? { ...article, children: [] }, 'ref').flatMap(
      (cited) => workIn(cited) ?? [],
    ),
  };
  return { paper, dropped: [] };
}

const ID_TYPES: Readonly<Record<string, IdKind>> = {
  doi: 'doi',
  pmid: 'pmid',
  pmcid: 'pmcid',
  pmc: 'pmcid',
  arxiv: 'arxiv',
};

/** The work of an entry in the list of references. */
function workIn(cited: XmlElement): string | undefined {
  const ids = descendantsOf(cited, 'pub-id').flatMap((id) => {
    const kind = ID_TYPES[id.attributes['pub-id-type'] ?? ''];
    return kind === undefined ? [] : [[kind, textOf(id)] as const];
  });
  return referenceTo(ids);
}

/** The people of a group with a role; those without one are authors. */
function namesIn(group: XmlElement, role: 'author' | 'editor'): (string | PersonName)[] {
  return childrenOf(group, 'contrib').flatMap((person): (string | PersonName)[] => {
    if ((person.attributes['contrib-type'] ?? 'author') !== role) return [];
    const name = childOf(person, 'name') ?? atPath(person, 'name-alternatives', 'name');
    if (name) {
      const part = (of: string) => childText(name, of);
      return [nameOfParts({ given: part('given-names'), family: part('surname'), suffix: part('suffix') })];
    }
    const collaboration = textAt(person, 'collab');
    if (collaboration) return [{ literal: collaboration }];
    const whole = textAt(person, 'string-name');
    return whole ? [whole] : [];
  });
}

/** The earliest kind of date that there is, online before print. */
function dateOf(meta: XmlElement): PublicationDate {
  const dates = childrenOf(meta, 'pub-date');
  const rank = ({ attributes }: XmlElement) => {
    const at = OF_PUBLICATION.indexOf(attributes['pub-type'] ?? attributes['date-type'] ?? '');
    return at === -1 ? OF_PUBLICATION.length : at;
  };
  const [first] = dates.sort((a, b) => rank(a) - rank(b));
  return first
    ? dateOfParts(['year', 'month', 'day'].map((part) => Number(childTexts(first, part)[0]) || undefined))
    : {};
}
