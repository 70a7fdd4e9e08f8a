import { z } from 'zod';
import { Encoded } from './encoded.ts';

/** The schema of `LibraryState` in src/serve/http/libraries.ts. */
export const LibraryState = z
  .object({
    name: z.string(),
    snapshot: z
      .string()
      .optional()
      .describe('The current snapshot; absent for a library that cannot be used.'),
    papers: z.int().min(0).optional(),
    encoded: Encoded.optional(),
    error: z
      .object({ code: z.string(), message: z.string() })
      .optional()
      .describe('Why the library cannot be used now.'),
  })
  .meta({ id: 'LibraryState', description: 'A library of the server, and how many papers it has.' });

/** The answer of `GET /libraries`. */
export const LibraryList = z
  .object({
    default: z.string().describe('The library at the paths without a library.'),
    libraries: z.array(LibraryState),
  })
  .meta({
    id: 'LibraryList',
    examples: [
      {
        default: 'vision',
        libraries: [
          { name: 'vision', snapshot: '825c3581221eb2ad', papers: 20000 },
          { name: 'speech', error: { code: 'INDEX_CORRUPT', message: 'The index is damaged.' } },
        ],
      },
    ],
  });
