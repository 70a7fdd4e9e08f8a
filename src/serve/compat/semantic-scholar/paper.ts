import { yearOf } from '../../../papers/day.ts';
import type { Paper } from '../../../papers/paper.ts';
import { publicationDateOf } from '../../../papers/semantic-scholar/dates.ts';
import { fieldsOfStudyOf } from '../../../papers/semantic-scholar/fields-of-study.ts';
import { corpusIdOf, paperIdOf } from '../../../papers/semantic-scholar/identity.ts';
import type { LinkCounts } from '../../../search/citations/api.ts';
import { type AuthorFacts, authorOf } from './author.ts';
import { type FieldSelection, insideOf, type SelectedField } from './field-selection.ts';
import { publicationTypesOf } from './publication-types.ts';
import { publicationVenueOf } from './publication-venue.ts';

/** A paper, and facts that its record does not contain. */
export interface PaperFacts {
  readonly paper: Paper;
  /** Its vector and the model that made it; only if requested. */
  readonly embedding?: { readonly model: string; readonly vector: Float32Array } | undefined;
  readonly bibtexOf: (paper: Paper) => string;
  readonly authorFacts: AuthorFacts;
  /** Only if requested. */
  readonly links?: PaperLinks | undefined;
}

/** The links of a paper: their numbers, and the papers of the index at their other ends, presented. */
export interface PaperLinks {
  readonly counts: LinkCounts;
  readonly citations: readonly Record<string, unknown>[];
  readonly references: readonly Record<string, unknown>[];
}

type FieldMaker = (facts: PaperFacts, field: SelectedField) => unknown;

const MAKERS: Readonly<Record<string, FieldMaker>> = {
  corpusId: ({ paper }) => corpusIdOf(paper),
  externalIds: ({ paper }) => externalIdsOf(paper),
  url: ({ paper }) => urlOf(paper),
  title: ({ paper }) => paper.title,
  abstract: ({ paper }) => paper.abstract || null,
  venue: ({ paper }) => paper.venue ?? '',
  publicationVenue: ({ paper }) => publicationVenueOf(paper),
  year: ({ paper }) => yearOf(paper) || null,
  referenceCount: ({ links }) => links?.counts.references ?? 0,
  citationCount: ({ links }) => links?.counts.citations ?? 0,
  // Why a paper is cited is not known.
  influentialCitationCount: () => 0,
  isOpenAccess: ({ paper }) => paper.urls.pdf !== undefined,
  openAccessPdf: ({ paper }) =>
    paper.urls.pdf === undefined
      ? null
      : { url: paper.urls.pdf, status: null, license: null, disclaimer: null },
  fieldsOfStudy: ({ paper }) => fieldsOfStudyOf(paper),
  s2FieldsOfStudy: ({ paper }) =>
    fieldsOfStudyOf(paper).map((category) => ({ category, source: 'external' })),
  publicationTypes: ({ paper }) => nullIfEmpty(publicationTypesOf(paper)),
  publicationDate: ({ paper }) => publicationDateOf(paper),
  journal: ({ paper }) =>
    publicationTypesOf(paper).includes('JournalArticle')
      ? { name: paper.venue ?? '', volume: null, pages: null }
      : null,
  citationStyles: ({ paper, bibtexOf }) => ({ bibtex: bibtexOf(paper) }),
  textAvailability: ({ paper }) => (paper.abstract === '' ? 'none' : 'abstract'),
  authors: ({ paper, authorFacts }, field) =>
    paper.authors.map((name) => authorOf(name, insideOf(field, 'name'), authorFacts)),
  citations: ({ links }) => links?.citations ?? [],
  references: ({ links }) => links?.references ?? [],
  // No model of Semantic Scholar wrote it: it is the short summary that the paper's source gives.
  tldr: ({ paper }) => (paper.tldr === undefined ? null : { model: 'source', text: paper.tldr }),
  embedding: ({ embedding }, field) =>
    // SPECTER vectors are not available.
    embedding && (field.whole || field.inside.has('vector') || field.inside.has('model'))
      ? { model: embedding.model, vector: Array.from(embedding.vector) }
      : null,
};

/** A paper in Semantic Scholar's format: its `paperId` and the selected fields. */
export function semanticScholarPaper(facts: PaperFacts, selection: FieldSelection): Record<string, unknown> {
  const presented: Record<string, unknown> = { paperId: paperIdOf(facts.paper) };
  for (const [name, field] of selection) {
    const make = MAKERS[name];
    if (make) presented[name] = make(facts, field);
  }
  return presented;
}

function externalIdsOf(paper: Paper): Record<string, string | number> {
  const { doi, arxiv, acl, pmid, pmcid, mag, dblp } = paper.externalIds;
  return {
    ...(doi && { DOI: doi }),
    ...(arxiv && { ArXiv: arxiv }),
    ...(acl && { ACL: acl }),
    ...(pmid && { PubMed: pmid }),
    // Like the original, without the letters.
    ...(pmcid && { PubMedCentral: pmcid.replace(/^PMC/, '') }),
    ...(mag && { MAG: mag }),
    ...(dblp && { DBLP: dblp }),
    CorpusId: corpusIdOf(paper),
  };
}

/** The web page of the paper; null when it has no address. */
function urlOf({ urls, externalIds: { doi, arxiv } }: Paper): string | null {
  if (urls.landing) return urls.landing;
  if (doi) return `https://doi.org/${doi}`;
  if (arxiv) return `https://arxiv.org/abs/${arxiv}`;
  return urls.pdf ?? null;
}

function nullIfEmpty<T>(list: readonly T[]): readonly T[] | null {
  return list.length > 0 ? list : null;
}
