import { z } from 'zod';
import { ENCODED_DESCRIPTION } from '../../../search/encoded.ts';

/** The schema of `Encoded` in src/search/encoded.ts. */
export const Encoded = z
  .object({
    papers: z.int().min(0).describe('Papers with a vector.'),
    of: z.int().min(1).describe('All papers.'),
  })
  .meta({ id: 'Encoded', description: ENCODED_DESCRIPTION });
