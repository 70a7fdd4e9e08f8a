import { createHash } from 'node:crypto';
import type { Paper } from '../../../papers/paper.ts';
import {
  ATOM_NAMESPACE,
  ATOM_TYPE,
  OPENSEARCH_NAMESPACE,
  paperPage,
  publishedInstant,
} from '../../../papers/write/atom.ts';
import { type XmlElement, xmlDocument } from '../../../papers/write/xml.ts';
import type { ArxivAnswer } from './answer.ts';
import type { ArxivRequest } from './request.ts';

const ARXIV_NAMESPACE = 'http://arxiv.org/schemas/atom';
const NAMESPACES = {
  '@_xmlns:opensearch': OPENSEARCH_NAMESPACE,
  '@_xmlns:arxiv': ARXIV_NAMESPACE,
  '@_xmlns': ATOM_NAMESPACE,
};

/** The URLs that a feed needs. */
export interface FeedPlace {
  /** URL of the server without a final slash. */
  readonly base: string;
  /** URL of this answer. */
  readonly self: string;
}

/** Writes an answer in arXiv's format: Atom with elements of arXiv and OpenSearch. */
export function arxivFeed(request: ArxivRequest, answer: ArxivAnswer, { base, self }: FeedPlace): string {
  const { query, ids, start, count } = request;
  const asked = `search_query=${query}&id_list=${ids.join(',')}&start=${start}&max_results=${count}`;
  const digest = createHash('sha256').update(asked).digest('base64url').slice(0, 27);
  return xmlDocument({
    feed: {
      ...NAMESPACES,
      id: `${base}/api/${digest}`,
      title: `arXiv Query: ${asked}`,
      updated: answer.updated,
      link: { '@_href': self, '@_rel': 'self', '@_type': ATOM_TYPE },
      'opensearch:itemsPerPage': count,
      'opensearch:totalResults': answer.total,
      'opensearch:startIndex': start,
      entry: answer.papers.map((paper) => entryOf(paper, base)),
    },
  });
}

/** Writes an error in arXiv's format: a feed with one entry. @param instant the current time (RFC 3339). */
export function arxivErrorFeed(message: string, instant: string, { base, self }: FeedPlace): string {
  // A message may quote half a surrogate pair, which cannot be encoded in a URL.
  const slug = encodeURIComponent(message.replaceAll(' ', '_').replace(/\p{Cs}/gu, ''));
  const id = `https://arxiv.org/api/errors#${slug}`;
  return xmlDocument({
    feed: {
      ...NAMESPACES,
      id: `${base}/api/errors`,
      title: 'arXiv Query: error',
      updated: instant,
      link: { '@_href': self, '@_rel': 'self', '@_type': ATOM_TYPE },
      'opensearch:itemsPerPage': 1,
      'opensearch:totalResults': 1,
      'opensearch:startIndex': 0,
      entry: {
        id,
        title: 'Error',
        summary: message,
        updated: instant,
        link: { '@_href': id, '@_rel': 'alternate', '@_type': 'text/html' },
        author: { name: 'arXiv api core' },
      },
    },
  });
}

function entryOf(paper: Paper, base: string): XmlElement {
  const { title, abstract, authors, venue, categories, urls, externalIds } = paper;
  const { arxiv, doi } = externalIds;
  const published = publishedInstant(paper);
  const page =
    arxiv === undefined ? (urls.landing ?? paperPage(paper, base)) : `https://arxiv.org/abs/${arxiv}`;
  const pdf = urls.pdf ?? (arxiv === undefined ? undefined : `https://arxiv.org/pdf/${arxiv}`);
  const links = [
    { '@_href': page, '@_rel': 'alternate', '@_type': 'text/html' },
    ...(pdf === undefined
      ? []
      : [{ '@_href': pdf, '@_rel': 'related', '@_type': 'application/pdf', '@_title': 'pdf' }]),
  ];
  const terms = categories.map((term) => ({ '@_term': term, '@_scheme': ARXIV_NAMESPACE }));
  return {
    id: arxiv === undefined ? paperPage(paper, base) : `http://arxiv.org/abs/${arxiv}`,
    title,
    updated: published,
    link: links,
    summary: abstract,
    category: terms,
    published,
    'arxiv:journal_ref': venue,
    'arxiv:doi': doi,
    'arxiv:primary_category': categories[0] === undefined ? undefined : { '@_term': categories[0] },
    author: authors.map((name) => ({ name })),
  };
}
