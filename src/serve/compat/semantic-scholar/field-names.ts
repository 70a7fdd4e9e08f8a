import type { FieldTree } from './field-selection.ts';

function leaves(...names: readonly string[]): FieldTree {
  return Object.fromEntries(names.map((name) => [name, {}]));
}

const AUTHOR_LEAVES = leaves(
  'authorId',
  'externalIds',
  'url',
  'name',
  'aliases',
  'affiliations',
  'homepage',
  'paperCount',
  'citationCount',
  'hIndex',
);

/** The fields of papers in every answer. */
export const BASE_PAPER_FIELDS: FieldTree = {
  ...leaves(
    'paperId',
    'corpusId',
    'externalIds',
    'url',
    'title',
    'abstract',
    'venue',
    'publicationVenue',
    'year',
    'referenceCount',
    'citationCount',
    'influentialCitationCount',
    'isOpenAccess',
    'openAccessPdf',
    'fieldsOfStudy',
    's2FieldsOfStudy',
    'publicationTypes',
    'publicationDate',
    'journal',
    'citationStyles',
    'textAvailability',
  ),
  authors: AUTHOR_LEAVES,
};

const EMBEDDING: FieldTree = { embedding: leaves('model', 'vector', 'specter_v1', 'specter_v2') };

/** The further fields of the bulk search, which has no lists of other papers. */
export const BULK_PAPER_FIELDS: FieldTree = {
  ...BASE_PAPER_FIELDS,
  ...EMBEDDING,
  tldr: leaves('model', 'text'),
};

/** All fields of a paper. */
export const PAPER_FIELDS: FieldTree = {
  ...BULK_PAPER_FIELDS,
  citations: BASE_PAPER_FIELDS,
  references: BASE_PAPER_FIELDS,
};

/** The further field of the title match. */
export const MATCH_FIELDS: FieldTree = { ...PAPER_FIELDS, matchScore: {} };

/** All fields of an author. */
export const AUTHOR_FIELDS: FieldTree = { ...AUTHOR_LEAVES, papers: BASE_PAPER_FIELDS };

/** The fields of the list of citations: of the citation itself and of the paper. */
export const CITATION_FIELDS: FieldTree = {
  ...BULK_PAPER_FIELDS,
  ...leaves('contexts', 'intents', 'contextsWithIntent', 'isInfluential'),
  citingPaper: BULK_PAPER_FIELDS,
  citedPaper: BULK_PAPER_FIELDS,
};

/** The fields of a snippet. */
export const SNIPPET_FIELDS: FieldTree = {
  snippet: {
    ...leaves('text', 'snippetKind', 'section', 'snippetOffset'),
    annotations: leaves('sentences', 'refMentions'),
  },
};

export const DEFAULT_PAPER_FIELDS = ['paperId', 'title'];
export const DEFAULT_AUTHOR_FIELDS = ['authorId', 'name'];
