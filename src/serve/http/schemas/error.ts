import { z } from 'zod';
import { ERRORS, type ErrorCode } from '../../../errors.ts';

/** The schema of `ErrorBody` in src/errors.ts. */
export const ErrorBody = z
  .object({
    error: z.object({
      code: z
        .enum(Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]])
        .describe('A stable code for programs.'),
      message: z.string().describe('What happened and what to do.'),
      details: z
        .record(z.string(), z.unknown())
        .optional()
        .describe('Where it happened: parameter, field, id.'),
    }),
  })
  .meta({
    id: 'ErrorBody',
    description: 'The body of every error.',
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
