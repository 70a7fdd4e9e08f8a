import { displayName, type PersonName } from '../names.ts';
import type { Paper } from '../paper.ts';
import { otherFieldsOf, type PublicationText } from '../publication.ts';
import { CSL_VARIABLES } from '../read/csl/publication.ts';
import { OWN_NAME } from '../read/own-export.ts';
import { citedDate } from './dates.ts';
import { citationKeys } from './keys.ts';
import { cslTypeOf } from './kind.ts';

/**
 * Papers as CSL-JSON (schema 1.0.2): a list of items, their citation keys as ids. Fields
 * that have no CSL variable are in `custom`.
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
  const { externalIds, urls, year, keywords, publication = {} } = paper;
  const variables = Object.entries(CSL_VARIABLES).map(([name, variable]) => [
    variable,
    publication[name as PublicationText],
  ]);
  const others = otherFieldsOf(publication, 'csl').map(([name, value]) => [name, jsonOf(value)]);
  return {
    ...Object.fromEntries(others),
    id: key,
    type: cslTypeOf(paper),
    title: paper.title,
    author: paper.authorRole === undefined ? cslNames(paper.authorNames) : undefined,
    editor: cslNames(paper.editors),
    translator: cslNames(paper.translators),
    'container-author': cslNames(paper.bookAuthors),
    'container-title': paper.venue,
    issued: dateOf(citedDate(paper)),
    ...Object.fromEntries(variables),
    publisher: publication.publisher ?? publication.institution,
    accessed: dateOf(
      (publication.accessed?.match(/^\d{4}(?:-\d{2}){0,2}$/)?.[0] ?? '').split('-').map(Number),
    ),
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
        code: urls.code,
        tldr: paper.tldr,
        externalIds,
        publication: paper.publication,
        references: paper.references,
        citedBy: paper.citedBy,
      },
    },
  };
}

function cslNames(names: readonly PersonName[] = []): object[] | undefined {
  return names.length > 0 ? names.map(cslName) : undefined;
}

function cslName(name: PersonName): object {
  if ('literal' in name) return { literal: displayName(name) };
  return {
    family: name.family,
    given: name.given,
    'non-dropping-particle': name.particle,
    'dropping-particle': name.droppingParticle,
    suffix: name.suffix,
  };
}

function dateOf(parts: readonly number[]): object | undefined {
  return parts.length > 0 && parts[0] ? { 'date-parts': [parts] } : undefined;
}

/** A variable that is a date or a list of names was kept as its JSON. */
function jsonOf(value: string): unknown {
  if (!/^[[{]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
