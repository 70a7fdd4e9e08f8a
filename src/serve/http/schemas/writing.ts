import { z } from 'zod';
import { CitationCounts } from './status.ts';

const count = z.int().min(0);

const Notice = z
  .object({
    file: z.string(),
    line: z.int().optional(),
    record: z.int().optional(),
    field: z.string().optional(),
    reason: z.string(),
  })
  .meta({ id: 'Notice', description: 'A problem in the input and its place.' });

/** The schema of `IngestReport` in src/ingest/report.ts. */
export const IngestReport = z
  .object({
    index: z.string().describe('Folder of the index.'),
    snapshot: z.string().describe('The snapshot after the ingest.'),
    papers: count.describe('Number of papers in the index after the ingest.'),
    withoutAbstract: count,
    ofSeveralSources: count,
    read: count.describe('Records read: the sum of added, updated, unchanged, duplicate and rejected ones.'),
    added: count,
    updated: count,
    unchanged: count,
    duplicate: count,
    removed: count,
    marked: z.number().describe('Records whose papers a list or a notice says were retracted or corrected.'),
    rejected: z.array(Notice),
    warnings: z.array(Notice),
    files: z.array(z.object({ file: z.string(), format: z.string(), papers: count })),
    skipped: z.array(z.object({ file: z.string(), reason: z.string(), isUnknown: z.boolean() })),
    unread: z
      .array(
        z.object({
          file: z.string(),
          what: z.enum(['columns', 'members', 'tags', 'elements']),
          names: z.array(z.object({ name: z.string(), records: z.number() })),
        }),
      )
      .describe(
        'What records have and no field of a paper is made of, with the number of records that have it.',
      ),
    links: CitationCounts.extend({
      missing: z
        .array(z.object({ reference: z.string(), papers: count }))
        .describe(
          'Cited works that are not in the index, the most cited first, and the papers that cite them.',
        ),
    })
      .meta({ id: 'LinkReport' })
      .optional()
      .describe('The references of all papers; absent if the index did not change.'),
    encoded: count,
    tookMs: z.number(),
  })
  .meta({
    id: 'IngestReport',
    examples: [
      {
        index: 'index',
        snapshot: '20261122T101500-3f2a',
        papers: 7,
        withoutAbstract: 0,
        ofSeveralSources: 0,
        read: 1,
        added: 1,
        updated: 0,
        unchanged: 0,
        duplicate: 0,
        removed: 0,
        marked: 0,
        rejected: [],
        warnings: [],
        files: [{ file: '-', format: 'bibtex', papers: 1 }],
        skipped: [],
        unread: [],
        links: {
          citing: 1,
          cited: 1,
          references: 2,
          resolved: 1,
          unresolved: 1,
          missing: [{ reference: 'doi:10.1000/77', papers: 1 }],
        },
        encoded: 1,
        tookMs: 812,
      },
    ],
  });

/** The schema of `RemovalReport` in src/ingest/remove.ts. */
export const RemovalReport = z
  .object({
    index: z.string(),
    snapshot: z.string(),
    records: count.describe('Source records that were removed.'),
    removed: count.describe('Papers that were removed, since no record of them is left.'),
    papers: count.describe('Number of papers in the index after the removal.'),
  })
  .meta({
    id: 'RemovalReport',
    examples: [{ index: 'index', snapshot: '20261122T101600-81bc', records: 1, removed: 1, papers: 6 }],
  });
