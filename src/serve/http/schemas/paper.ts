import { z } from 'zod';

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

/** The paper in other examples. */
export const EXAMPLE_PAPER = {
  id: 'doi:10.1000/182',
  title: 'Self-Improvement Without a Teacher',
  abstract: 'We study models that learn from their own best answers.',
  authors: ['Ada Beispiel', 'Juan Ejemplo'],
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
    authors: z.array(z.string()),
    venue: z.string().optional(),
    year: z.number().optional(),
    date: z.string().optional().describe('ISO 8601: YYYY-MM-DD, or a prefix of it.'),
    keywords: z.array(z.string()),
    categories: z.array(z.string()),
    urls: z.object({ landing: z.string().optional(), pdf: z.string().optional() }),
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
    source: PaperSource,
    aliases: z.array(z.string()).optional().describe('Other ids of the paper.'),
    sources: z.array(PaperSource).optional().describe('All sources, when there are several.'),
    provenance: z
      .record(z.string(), z.array(z.int().min(0)))
      .optional()
      .describe('For each field, the indexes in `sources` that it comes from.'),
  })
  .meta({ id: 'Paper', description: 'One paper.', examples: [EXAMPLE_PAPER] });
