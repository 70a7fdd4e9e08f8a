import { z } from 'zod';

const text = z.string();
const count = z.int().min(0);

export const SemanticScholarAuthor = z
  .strictObject({
    authorId: text,
    externalIds: z.record(text, z.unknown()).optional(),
    url: text.nullable().optional(),
    name: text.optional(),
    aliases: z.array(text).optional(),
    affiliations: z.array(text).optional(),
    homepage: text.nullable().optional(),
    paperCount: count.optional(),
    citationCount: count.optional(),
    hIndex: count.optional(),
    papers: z.array(z.record(text, z.unknown())).optional(),
  })
  .meta({
    id: 'SemanticScholarAuthor',
    description: 'An author: the id and the requested fields.',
  });

const paperFields = {
  paperId: text.regex(/^[0-9a-f]{40}$/),
  corpusId: count.optional(),
  externalIds: z
    .strictObject({
      DOI: text.optional(),
      ArXiv: text.optional(),
      ACL: text.optional(),
      PubMed: text.optional(),
      PubMedCentral: text.optional(),
      MAG: text.optional(),
      DBLP: text.optional(),
      CorpusId: count,
    })
    .optional(),
  url: text.nullable().optional(),
  title: text.optional(),
  abstract: text.nullable().optional(),
  venue: text.optional(),
  publicationVenue: z
    .strictObject({
      id: text,
      name: text,
      type: text.nullable(),
      alternate_names: z.array(text),
      url: text.nullable(),
    })
    .nullable()
    .optional(),
  year: z.int().nullable().optional(),
  referenceCount: count.optional(),
  citationCount: count.optional(),
  influentialCitationCount: count.optional(),
  isOpenAccess: z.boolean().optional(),
  openAccessPdf: z
    .strictObject({
      url: text,
      status: text.nullable(),
      license: text.nullable(),
      disclaimer: text.nullable(),
    })
    .nullable()
    .optional(),
  fieldsOfStudy: z.array(text).optional(),
  s2FieldsOfStudy: z.array(z.strictObject({ category: text, source: text })).optional(),
  publicationTypes: z.array(text).nullable().optional(),
  publicationDate: text
    .regex(/^\d{4}-\d{2}-\d{2}$/)
    .nullable()
    .optional(),
  journal: z
    .strictObject({ name: text, volume: text.nullable(), pages: text.nullable() })
    .nullable()
    .optional(),
  citationStyles: z.strictObject({ bibtex: text }).optional(),
  authors: z.array(SemanticScholarAuthor).optional(),
  embedding: z
    .strictObject({ model: text, vector: z.array(z.number()) })
    .nullable()
    .optional(),
  tldr: z.strictObject({ model: text, text }).nullable().optional(),
  textAvailability: z.enum(['abstract', 'none']).optional(),
  matchScore: z.number().min(0).max(100).optional(),
};

const linked = z.array(z.strictObject(paperFields)).max(1000).optional();

/** A paper with the requested fields. */
export const SemanticScholarPaper = z
  .strictObject({
    ...paperFields,
    citations: linked.describe('Papers of this server that cite it, the newest first.'),
    references: linked.describe('Papers of this server that it cites, the newest first.'),
  })
  .meta({ id: 'SemanticScholarPaper', description: 'A paper: its id and the requested fields.' });

const papers = z.array(SemanticScholarPaper);
const offset = count;
const next = count.optional().describe('offset + limit; absent on the last page.');

export const RelevanceResponse = z
  .strictObject({ total: count, offset, next, data: papers })
  .meta({ id: 'SemanticScholarSearch', description: 'A page of the relevance search.' });

export const BulkResponse = z
  .strictObject({
    total: count,
    token: text.optional().describe('For the next page; absent on the last one.'),
    data: papers.max(1000),
  })
  .meta({ id: 'SemanticScholarBulk', description: 'A page of the bulk search.' });

export const MatchResponse = z
  .strictObject({ data: papers.length(1) })
  .meta({ id: 'SemanticScholarMatch', description: 'The paper with the title.' });

export const AutocompleteResponse = z
  .strictObject({ matches: z.array(z.strictObject({ id: text, title: text, authorsYear: text })) })
  .meta({ id: 'SemanticScholarAutocomplete', description: 'Titles that complete the typed text.' });

export const PaperBatchResponse = z.array(SemanticScholarPaper.nullable());
export const AuthorBatchResponse = z.array(SemanticScholarAuthor.nullable());

export const PaperListing = z
  .strictObject({ offset, next, data: papers })
  .meta({ id: 'SemanticScholarPaperList', description: 'A page of papers.' });

export const AuthorListing = z
  .strictObject({ total: count.optional(), offset, next, data: z.array(SemanticScholarAuthor) })
  .meta({ id: 'SemanticScholarAuthorList', description: 'A page of authors.' });

const link = {
  contexts: z.array(text).max(0).optional(),
  intents: z.array(text).max(0).optional(),
  contextsWithIntent: z.array(z.unknown()).max(0).optional(),
  isInfluential: z.literal(false).optional(),
};

/** A page of links, by the kind of the links. */
export const LINK_LISTINGS = {
  citations: z
    .strictObject({
      offset,
      next,
      data: z.array(z.strictObject({ ...link, citingPaper: SemanticScholarPaper })),
    })
    .meta({ id: 'SemanticScholarCitations', description: 'A page of the papers that cite a paper.' }),
  references: z
    .strictObject({
      offset,
      next,
      data: z.array(z.strictObject({ ...link, citedPaper: SemanticScholarPaper })),
    })
    .meta({ id: 'SemanticScholarReferences', description: 'A page of the papers that a paper cites.' }),
};

const span = z.strictObject({ start: count, end: count });

export const SnippetResponse = z
  .strictObject({
    data: z.array(
      z.strictObject({
        score: z.number(),
        snippet: z.strictObject({
          text: text.optional(),
          snippetKind: z.enum(['title', 'abstract']).optional(),
          section: text.nullable().optional(),
          snippetOffset: span.optional(),
          annotations: z
            .strictObject({
              sentences: z.array(span).optional(),
              refMentions: z.array(z.unknown()).max(0).optional(),
            })
            .optional(),
        }),
        paper: z.strictObject({
          corpusId: text,
          title: text,
          authors: z.array(text),
          openAccessInfo: z.strictObject({
            license: text.nullable(),
            status: text.nullable(),
            disclaimer: text.nullable(),
          }),
        }),
      }),
    ),
    retrievalVersion: text,
  })
  .meta({ id: 'SemanticScholarSnippets', description: 'Sentences and titles, best first.' });

export const RecommendationResponse = z
  .strictObject({ recommendedPapers: papers })
  .meta({ id: 'SemanticScholarRecommendations', description: 'Papers similar to the given ones.' });

export const SemanticScholarError = z
  .strictObject({ error: text })
  .meta({ id: 'SemanticScholarError', description: "A client's mistake." });

export const SemanticScholarMessage = z.strictObject({ message: text }).meta({
  id: 'SemanticScholarMessage',
  description: 'An error of the server, or too many requests.',
});
