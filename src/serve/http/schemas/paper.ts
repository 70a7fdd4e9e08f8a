import { z } from 'zod';

const PaperSource = z
  .object({
    file: z.string().describe('The file as it was named, or `-` for standard input and uploads.'),
    format: z.string().describe('The reader that understood it: `jsonl`, `bibtex`.'),
    record: z.int().min(1).describe('1-based record within the file.'),
  })
  .meta({ id: 'PaperSource', description: 'Where a paper was read.' });

const PaperSession = z
  .object({
    name: z.string().optional(),
    hall: z.string().optional(),
    start: z.string().optional(),
    end: z.string().optional(),
  })
  .meta({ id: 'PaperSession', description: 'A slot in a schedule. Times are ISO 8601 with an offset.' });

/** An example that other examples are made with. */
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

/** As `Paper` of src/papers/paper.ts. */
export const Paper = z
  .object({
    id: z.string().describe('Stable across ingests, unique in an index.'),
    title: z.string(),
    abstract: z.string().describe('Empty when the source had none. Paragraphs are parted by a blank line.'),
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
    aliases: z.array(z.string()).optional().describe('Other ids that it is found by.'),
    sources: z.array(PaperSource).optional().describe('Every place it was read, when there are several.'),
    provenance: z
      .record(z.string(), z.array(z.int().min(0)))
      .optional()
      .describe('The places in `sources`, from 0, that each field comes from.'),
  })
  .meta({ id: 'Paper', description: 'One paper.', examples: [EXAMPLE_PAPER] });
