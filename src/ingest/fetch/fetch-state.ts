import { z } from 'zod';
import { SERVICE_NAMES } from './names.ts';
import { selectionSchema } from './selection.ts';

/** Name of the state's file in a fetch folder. An ingest skips names that begin with a dot. */
export const STATE_FILE = '.fetch.json';

/** Never a path: the state says which files are written and removed. */
const fileName = z.string().regex(/^\w[\w.-]*\.(?:json|xml)$/);

const page = z.strictObject({
  file: fileName,
  /** The validators by which to ask whether the page has changed, and the request (without keys). */
  version: z
    .strictObject({ url: z.url(), etag: z.string().optional(), lastModified: z.string().optional() })
    .optional(),
});

/** A fetch that is under way, or was interrupted. */
const run = z.strictObject({
  startedAt: z.iso.datetime(),
  /** What is requested: the selection of the folder, or the part of it that may be new. */
  selection: selectionSchema,
  /** Whether it fetches everything, so that pages it does not return are outdated. */
  full: z.boolean(),
  /** Number of its first page. */
  firstNumber: z.number().int(),
  /** Where the next page begins; none before the first. */
  cursor: z.string().optional(),
  papers: z.number().int(),
  /** Papers of all pages together, if the service says so. */
  total: z.number().int().optional(),
  /** Files of the pages it has given. */
  files: z.array(fileName),
});

/** The state of a fetch folder. */
export const fetchStateSchema = z.strictObject({
  version: z.literal(1),
  service: z.enum(SERVICE_NAMES),
  selection: selectionSchema,
  pages: z.array(page),
  run: run.optional(),
  /** When the last completed fetch began. */
  completed: z.iso.datetime().optional(),
});

export type FetchState = z.infer<typeof fetchStateSchema>;
export type FetchRun = z.infer<typeof run>;
export type PageRecord = z.infer<typeof page>;
