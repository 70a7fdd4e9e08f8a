import { z } from 'zod';
import { ERRORS, type ErrorCode } from '../../../errors.ts';

/** As `ErrorBody` of src/errors.ts. */
export const ErrorBody = z
  .object({
    error: z.object({
      code: z.enum(Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]]).describe('Stable, for programs.'),
      message: z.string().describe('What was expected, what was found and what to do.'),
      details: z.record(z.string(), z.unknown()).optional().describe('The place: parameter, field, id.'),
    }),
  })
  .meta({
    id: 'ErrorBody',
    description: 'What every failure is answered with.',
    examples: [
      {
        error: {
          code: 'BAD_REQUEST',
          message: 'limit: Expected a whole number from 1 to 100.',
          details: {
            issues: [{ parameter: 'limit', problem: 'Expected a whole number from 1 to 100.' }],
          },
        },
      },
    ],
  });
