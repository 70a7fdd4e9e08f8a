import type { Paper } from '../paper.ts';
import { OWN_NAME } from '../read/own-export.ts';
import { citedDate } from './dates.ts';
import { citationKeys } from './keys.ts';
import { kindOf, type PaperKind } from './kind.ts';
import { nameParts } from './people.ts';

const TYPES: Readonly<Record<PaperKind, string>> = {
  conference: 'paper-conference',
  journal: 'article-journal',
  unpublished: 'article',
};

/**
 * Papers as CSL-JSON (schema 1.0.2): a list of items, their citation keys as ids. What CSL has no variable for
 * stands in `custom`.
 */
export function toCsl(papers: readonly Paper[]): string {
  const keys = citationKeys(papers);
  return `${JSON.stringify(
    papers.map((paper, at) => cslItem(paper, keys[at]!)),
    null,
    2,
  )}\n`;
}

function cslItem(paper: Paper, key: string): object {
  const { externalIds, urls, year, keywords } = paper;
  const issued = citedDate(paper);
  return {
    id: key,
    type: TYPES[kindOf(paper)],
    title: paper.title,
    author: paper.authors.length > 0 ? paper.authors.map(cslName) : undefined,
    'container-title': paper.venue,
    issued: issued.length > 0 ? { 'date-parts': [issued] } : undefined,
    DOI: externalIds.doi,
    URL: urls.landing,
    archive: externalIds.arxiv && 'arXiv',
    archive_location: externalIds.arxiv,
    keyword: keywords.length > 0 ? keywords.join(', ') : undefined,
    abstract: paper.abstract || undefined,
    custom: {
      [OWN_NAME]: {
        id: paper.id,
        year,
        date: paper.date,
        keywords,
        categories: paper.categories,
        pdf: urls.pdf,
        externalIds,
      },
    },
  };
}

function cslName(author: string): object {
  const { given, family, suffix } = nameParts(author);
  return given === undefined ? { literal: family } : { family, given, suffix };
}
