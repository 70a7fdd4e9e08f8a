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

/** What any answer can tell of a paper. */
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

/** Beside those, without the lists of other papers: the bulk search. */
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

/** What the title match tells beside. */
export const MATCH_FIELDS: FieldTree = { ...PAPER_FIELDS, matchScore: {} };

/** All fields of an author. */
export const AUTHOR_FIELDS: FieldTree = { ...AUTHOR_LEAVES, papers: BASE_PAPER_FIELDS };

/** What the list of citations can be asked for, of the citation itself and of the paper. */
export const CITATION_FIELDS: FieldTree = {
  ...BULK_PAPER_FIELDS,
  ...leaves('contexts', 'intents', 'contextsWithIntent', 'isInfluential'),
  citingPaper: BULK_PAPER_FIELDS,
  citedPaper: BULK_PAPER_FIELDS,
};

/** What a snippet can be asked for. */
export const SNIPPET_FIELDS: FieldTree = {
  snippet: {
    ...leaves('text', 'snippetKind', 'section', 'snippetOffset'),
    annotations: leaves('sentences', 'refMentions'),
  },
};

export const DEFAULT_PAPER_FIELDS = ['paperId', 'title'];
export const DEFAULT_AUTHOR_FIELDS = ['authorId', 'name'];
