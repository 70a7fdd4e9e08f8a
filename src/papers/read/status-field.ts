import { z } from 'zod';
import { type PaperStatus, STATUS_KINDS, statusKindOf } from '../status.ts';

const text = z.string().optional();

/** A status as our own exports have it, or as other records may say it: `true` under "retracted", a word for a kind. */
export const statusOfJson = z.union(
  [
    z.object({ kind: z.enum(STATUS_KINDS), reason: text, date: text, source: text }),
    z
      .boolean()
      .transform((isRetracted): PaperStatus | undefined =>
        isRetracted ? { kind: 'retracted', source: 'file' } : undefined,
      ),
    z.string().transform((label): PaperStatus | undefined => {
      const kind = statusKindOf(label);
      return kind && { kind, source: 'file' };
    }),
  ],
  { error: 'Expected an object with a kind, a text, or true or false' },
);
