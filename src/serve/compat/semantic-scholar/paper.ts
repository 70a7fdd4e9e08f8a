import { yearOf } from '../../../papers/day.ts';
import type { Paper } from '../../../papers/paper.ts';
import { publicationDateOf } from '../../../papers/semantic-scholar/dates.ts';
import { fieldsOfStudyOf } from '../../../papers/semantic-scholar/fields-of-study.ts';
import { corpusIdOf, paperIdOf } from '../../../papers/semantic-scholar/identity.ts';
import { type AuthorFacts, authorOf } from './author.ts';
import { type FieldSelection, insideOf, type SelectedField } from './field-selection.ts';
import { publicationTypesOf } from './publication-types.ts';
import { publicationVenueOf } from './publication-venue.ts';

/** A paper, and what its record does not tell of it. */
export interface PaperFacts {
  readonly paper: Paper;
  /** Its vector, and the model that made it; only where it was asked for. */
  readonly embedding?: { readonly model: string; readonly vector: Float32Array } | undefined;
  readonly bibtexOf: (paper: Paper) => string;
  readonly authorFacts: AuthorFacts;
}

type FieldMaker = (facts: PaperFacts, field: SelectedField) => unknown;

/** Nothing is known of who cites whom. */
const nobody: FieldMaker = () => [];
const noCount: FieldMaker = () => 0;

const MAKERS: Readonly<Record<string, FieldMaker>> = {
  corpusId: ({ paper }) => corpusIdOf(paper),
  externalIds: ({ paper }) => externalIdsOf(paper),
  url: ({ paper }) => urlOf(paper),
  title: ({ paper }) => paper.title,
  abstract: ({ paper }) => paper.abstract || null,
  venue: ({ paper }) => paper.venue ?? '',
  publicationVenue: ({ paper }) => publicationVenueOf(paper),
  year: ({ paper }) => yearOf(paper) || null,
  referenceCount: noCount,
  citationCount: noCount,
  influentialCitationCount: noCount,
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
  citations: nobody,
  references: nobody,
  tldr: () => null,
  embedding: ({ embedding }, field) =>
    // A vector of SPECTER, which we do not have, is not ours.
    embedding && (field.whole || field.inside.has('vector') || field.inside.has('model'))
      ? { model: embedding.model, vector: Array.from(embedding.vector) }
      : null,
};

/** A paper as Semantic Scholar's API tells it: its `paperId` and the selected fields. */
export function semanticScholarPaper(facts: PaperFacts, selection: FieldSelection): Record<string, unknown> {
  const told: Record<string, unknown> = { paperId: paperIdOf(facts.paper) };
  for (const [name, field] of selection) {
    const make = MAKERS[name];
    if (make) told[name] = make(facts, field);
  }
  return told;
}

function externalIdsOf(paper: Paper): Record<string, string | number> {
  const { doi, arxiv, acl, pmid, pmcid, mag, dblp } = paper.externalIds;
  return {
    ...(doi && { DOI: doi }),
    ...(arxiv && { ArXiv: arxiv }),
    ...(acl && { ACL: acl }),
    ...(pmid && { PubMed: pmid }),
    // As the original, without its letters.
    ...(pmcid && { PubMedCentral: pmcid.replace(/^PMC/, '') }),
    ...(mag && { MAG: mag }),
    ...(dblp && { DBLP: dblp }),
    CorpusId: corpusIdOf(paper),
  };
}

/** Where the paper can be read about; null when no address is known. */
function urlOf({ urls, externalIds: { doi, arxiv } }: Paper): string | null {
  if (urls.landing) return urls.landing;
  if (doi) return `https://doi.org/${doi}`;
  if (arxiv) return `https://arxiv.org/abs/${arxiv}`;
  return urls.pdf ?? null;
}

function nullIfEmpty<T>(list: readonly T[]): readonly T[] | null {
  return list.length > 0 ? list : null;
}
