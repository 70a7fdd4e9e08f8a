import { z } from 'zod';
import { ACCEPTANCES } from '../../../papers/acceptance.ts';
import { CONTRIBUTOR_ROLES } from '../../../papers/paper.ts';
import { PUBLICATION_TEXTS, type PublicationText } from '../../../papers/publication.ts';
import { STATUS_KINDS } from '../../../papers/status.ts';

const PaperSource = z
  .object({
    file: z.string().describe('The file name, or `-` for standard input and uploads.'),
    format: z.string().describe('The format that it was read as, such as `jsonl` or `bibtex`.'),
    record: z.int().min(1).describe('1-based record within the file.'),
  })
  .meta({ id: 'PaperSource', description: 'The source of a paper.' });

const PaperSession = z
  .object({
    name: z.string().optional(),
    hall: z.string().optional(),
    start: z.string().optional(),
    end: z.string().optional(),
  })
  .meta({
    id: 'PaperSession',
    description: 'When and where a paper is presented. Times are ISO 8601 with an offset.',
  });

/** The links of a paper. */
export const PaperUrls = z.object({
  landing: z.string().optional(),
  pdf: z.string().optional(),
  code: z.string().optional().describe('Where its program code is.'),
});

const PaperStatus = z
  .object({
    kind: z.enum(STATUS_KINDS),
    reason: z.string().optional().describe('The reason, in the words of the source.'),
    date: z.string().optional().describe('The date, ISO 8601: YYYY-MM-DD or a prefix of it.'),
    source: z.string().optional().describe('Who reported it, such as `Crossref` or `Retraction Watch`.'),
    isFromNotice: z
      .literal(true)
      .optional()
      .describe('Whether a list or a notice about the paper reported it.'),
  })
  .meta({ id: 'PaperStatus', description: 'The status of a paper after publication, such as retracted.' });
const PersonName = z
  .union([
    z.object({ literal: z.string() }),
    z.object({
      family: z.string().optional(),
      given: z.string().optional(),
      particle: z.string().optional().describe('Particles that belong to the family name: "van der".'),
      droppingParticle: z
        .string()
        .optional()
        .describe('Particles that are omitted when the family name is alone: "de" of "Alfred de Musset".'),
      suffix: z.string().optional().describe('"Jr.", "III".'),
    }),
  ])
  .meta({ id: 'PersonName', description: 'A name in its parts, or as one literal.' });

const text = z.string().optional();
const Publication = z
  .object({
    ...(Object.fromEntries(PUBLICATION_TEXTS.map((name) => [name, text])) as Record<
      PublicationText,
      typeof text
    >),
    hasMoreAuthors: z.boolean().optional().describe('Whether the list of authors ends in "and others".'),
    other: z
      .record(z.string(), z.string())
      .optional()
      .describe('Other fields of the source, by format and name: `bibtex:annote`.'),
  })
  .meta({
    id: 'Publication',
    description: 'Further fields of a citation. They are not searched.',
  });

/** The paper in other examples. */
export const EXAMPLE_PAPER = {
  id: 'doi:10.1000/182',
  title: 'Self-Improvement Without a Teacher',
  abstract: 'We study models that learn from their own best answers.',
  authors: ['Ada Beispiel', 'Juan Ejemplo'],
  authorNames: [
    { family: 'Beispiel', given: 'Ada' },
    { family: 'Ejemplo', given: 'Juan' },
  ],
  venue: 'Proceedings of Examples',
  year: 2025,
  keywords: ['self-improvement'],
  categories: ['cs.LG'],
  urls: { landing: 'https://example.org/182' },
  externalIds: { doi: '10.1000/182' },
  source: { file: 'library.bib', format: 'bibtex', record: 7 },
};

/** The schema of `Paper` in src/papers/paper.ts. */
export const Paper = z
  .object({
    id: z.string().describe('Stable across ingests and unique in an index.'),
    title: z.string(),
    abstract: z.string().describe('Empty when the source has none. A blank line separates paragraphs.'),
    tldr: z
      .string()
      .optional()
      .describe('A summary of one or two sentences that a source gives beside the abstract. Not searched.'),
    authors: z
      .array(z.string())
      .describe(
        'Names in reading order; those of editors, translators or book authors when the paper has no authors.',
      ),
    authorNames: z.array(PersonName).describe('The names in `authors` in their parts, in the same order.'),
    authorRole: z
      .enum(CONTRIBUTOR_ROLES)
      .optional()
      .describe('The role of the persons in `authors`, if they are not the authors.'),
    editors: z.array(PersonName).optional(),
    translators: z.array(PersonName).optional(),
    bookAuthors: z.array(PersonName).optional().describe('Authors of the book that contains the chapter.'),
    publication: Publication.optional(),
    language: z
      .string()
      .optional()
      .describe('Language of title and abstract (ISO 639-1), if it is known and not English.'),
    venue: z.string().optional(),
    venueAsGiven: z
      .string()
      .optional()
      .describe('The venue in the spelling of the source, if `venue` is another name of it.'),
    year: z.number().optional(),
    date: z.string().optional().describe('ISO 8601: YYYY-MM-DD, or a prefix of it.'),
    keywords: z.array(z.string()),
    categories: z.array(z.string()),
    urls: PaperUrls,
    externalIds: z.object({
      doi: z.string().optional(),
      arxiv: z.string().optional(),
      openreview: z.string().optional(),
      acl: z.string().optional(),
      s2: z.string().optional(),
      pmid: z.string().optional(),
      pmcid: z.string().optional(),
      dblp: z.string().optional(),
      openalex: z.string().optional(),
      mag: z.string().optional(),
      isbn: z.string().optional().describe('13 digits; the book itself, not a chapter.'),
    }),
    session: PaperSession.optional(),
    acceptance: z.enum(ACCEPTANCES).optional().describe('The decision of its venue, if a source reports it.'),
    status: PaperStatus.optional(),
    references: z
      .array(z.string())
      .optional()
      .describe(
        'The works that it cites: identifiers such as `doi:10.1000/182`, several of one work with blanks between.',
      ),
    citedBy: z
      .array(z.string())
      .optional()
      .describe('Works that cite it, if a source lists them with the paper; written as `references`.'),
    source: PaperSource,
    aliases: z.array(z.string()).optional().describe('Other ids of the paper.'),
    sources: z.array(PaperSource).optional().describe('All sources, when there are several.'),
    provenance: z
      .record(z.string(), z.array(z.int().min(0)))
      .optional()
      .describe('For each field, the indexes in `sources` that it comes from.'),
    added: z.string().optional().describe('When the paper came into the index: ISO 8601, UTC.'),
    changed: z
      .string()
      .optional()
      .describe('When what the paper says last changed in the index: ISO 8601, UTC.'),
  })
  .meta({ id: 'Paper', description: 'One paper.', examples: [EXAMPLE_PAPER] });
