import { z } from 'zod';
import { PaperSearchError } from '../../errors.ts';
import { kebabCase } from '../../util/kebab-case.ts';

const day = z
  .string()
  .regex(/^\d{4}(?:-\d{2}(?:-\d{2})?)?$/, 'Expected YYYY-MM-DD, YYYY-MM or YYYY')
  .refine((text) => isDay(firstDay(text)), 'Expected a day of the calendar');

/** An International Standard Serial Number, which identifies a journal as a venue. */
export const ISSN = /^\d{4}-\d{3}[\dX]$/;

/** Which papers of a service are wanted. Each service takes some of these (`Connector.takes`). */
export const selectionSchema = z.strictObject({
  /** In the service's own query language. */
  query: z.string().min(1).optional(),
  /** Identifiers of papers: of arXiv, DOIs, or for OpenAlex also `W2741809807` and `pmid:123`. */
  ids: z
    .array(z.string().regex(/^[^\s|]+$/, 'Expected identifiers without blanks'))
    .min(1)
    .max(50)
    .optional(),
  /** A subject in the service's own terms. */
  category: z.string().min(1).optional(),
  /** A venue in the service's own terms. */
  venue: z.string().min(1).optional(),
  /** Collections of the ACL Anthology (`2024.acl`, `P19`). */
  collections: z.array(z.string()).min(1).optional(),
  /** The invitation that submissions to OpenReview answer. */
  invitation: z.string().min(1).optional(),
  /** Version of OpenReview's API. Default 2. */
  api: z.enum(['1', '2']).optional(),
  /** Published (to arXiv: submitted) from this day on, to the end of this one: YYYY-MM-DD or a prefix of it. */
  from: day.optional(),
  until: day.optional(),
  /** Changed in the service's own records from this day on: YYYY-MM-DD. */
  changedSince: z.iso.date().optional(),
  /** Exclude papers without an abstract. */
  withAbstract: z.literal(true).optional(),
  /** Stop after the page that reaches this many papers. */
  limit: z.number().int().min(1).optional(),
});

export type Selection = Readonly<z.infer<typeof selectionSchema>>;

/** The 31st of February would be read as a day in March. */
function isDay(text: string): boolean {
  const ms = Date.parse(text);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text);
}

/** The first day of a year, a month or a day: YYYY-MM-DD. */
export function firstDay(text: string): string {
  return `${text}-01-01`.slice(0, 10);
}

/** The last day of a year, a month or a day: YYYY-MM-DD. */
export function lastDay(text: string): string {
  if (text.length === 10) return text;
  if (text.length === 4) return `${text}-12-31`;
  const [year, month] = text.split('-').map(Number);
  // Day 0 of the next month.
  return new Date(Date.UTC(year!, month!, 0)).toISOString().slice(0, 10);
}

/** The day so many days before another: YYYY-MM-DD. */
export function daysBefore(text: string, days: number): string {
  return new Date(Date.parse(text) - days * 86_400_000).toISOString().slice(0, 10);
}

/**
 * A selection for a service.
 * @param takes the parts of a selection that the service supports.
 * @throws PaperSearchError BAD_REQUEST for a value of wrong form, one that the service does not take, or dates
 *   in the wrong order.
 */
export function checkSelection(
  service: string,
  takes: readonly (keyof Selection)[],
  given: unknown,
): Selection {
  const result = selectionSchema.safeParse(given);
  if (!result.success) throw badRequest(z.prettifyError(result.error));
  const selection = result.data;
  const foreign = Object.keys(selection).filter((key) => !takes.includes(key as keyof Selection));
  if (foreign.length > 0) {
    throw badRequest(`"${service}" takes no ${listOf(foreign)}. It takes ${listOf(takes)}.`);
  }
  const { from, until } = selection;
  if (from && until && firstDay(from) > lastDay(until)) {
    throw badRequest(`--from ${from} is after --until ${until}.`);
  }
  return selection;
}

/** The name of a part of a selection on the command line. */
function flagOf(key: string): string {
  return `--${kebabCase(key)}`;
}

function listOf(keys: readonly string[]): string {
  return keys.map(flagOf).join(', ');
}

function badRequest(message: string): PaperSearchError {
  return new PaperSearchError('BAD_REQUEST', message);
}
