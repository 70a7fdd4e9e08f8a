import { z } from 'zod';
import { PaperSearchError } from '../errors.ts';
import { MAX_ID_LENGTH, MAX_QUERY_LENGTH, MAX_SEEDS, MAX_VALUE_LENGTH } from '../limits.ts';
import { parseQuery } from '../query/parser.ts';
import { filtersInJson } from '../search/match/filter-schemas.ts';
import { DEFAULT_REJECTED, REJECTED_CHOICES } from '../search/match/rejected.ts';
import { SEARCH_MODES } from '../search/mode.ts';
import { WATCH_FORMATS, WATCH_LEVELS } from './choices.ts';

/** Letters, digits, `-` and `_`: a name is part of a file's name and of an address. Devices of Windows are not files. */
const NAME = /^(?!(?:con|prn|aux|nul|com\d|lpt\d)$)[a-z0-9][a-z0-9_-]{0,63}$/;

const ids = z.array(z.string().min(1).max(MAX_ID_LENGTH)).max(MAX_SEEDS);
const oneLineOfText = z.string().regex(/^\P{Cc}+$/u, 'Expected one line of text.');
const address = oneLineOfText.max(MAX_VALUE_LENGTH);

/** Where reports are sent: a program at an address, which checks the signature with the secret. */
const Webhook = z.strictObject({
  url: z.string().max(2000),
  /** The file with the secret. Default: a secret that was made for this watch. */
  secretFile: z.string().min(1).optional(),
  /** Whether the address must be https on the public internet: whoever set it is not a user of this machine. */
  publicOnly: z.boolean().optional(),
});

const Delivery = z.strictObject({
  /** Of printed reports and of files. */
  format: z.enum(WATCH_FORMATS),
  /** The folder that reports are written to. Default: they are printed. */
  folder: z.string().min(1).optional(),
  post: Webhook.optional(),
  /** The headers From and To of an e-mail file. */
  from: address.optional(),
  to: address.optional(),
});

export const WatchDefinition = z.strictObject({
  /** A query in the query language; empty for none. */
  query: z.string().max(MAX_QUERY_LENGTH),
  /** Ids of papers that new ones should be similar to, and of those they should not be similar to. */
  like: ids,
  unlike: ids,
  mode: z.enum(SEARCH_MODES),
  filters: filtersInJson,
  rejected: z.enum(REJECTED_CHOICES),
  minConfidence: z.enum(WATCH_LEVELS),
  /** Whether a reported paper is reported again when it is retracted, removed or withdrawn. */
  changes: z.boolean(),
  delivery: Delivery,
});

/** A standing question, and where its answers are delivered. */
export type WatchDefinition = z.output<typeof WatchDefinition>;
export type WatchDelivery = WatchDefinition['delivery'];

/** What a watch is when nothing else is said. */
export const DEFAULT_DEFINITION: WatchDefinition = {
  query: '',
  like: [],
  unlike: [],
  mode: 'hybrid',
  filters: {},
  rejected: DEFAULT_REJECTED,
  minConfidence: 'weak',
  changes: false,
  delivery: { format: 'text' },
};

/** @throws PaperSearchError BAD_REQUEST for what cannot be the name of a watch. */
export function expectName(name: string): void {
  if (NAME.test(name)) return;
  const message = `"${name}" cannot be the name of a watch: use up to 64 lower-case letters, digits, "-" and "_", such as graph-kernels.`;
  throw new PaperSearchError('BAD_REQUEST', message, { details: { parameter: 'name' } });
}

/**
 * A definition that a run can use.
 * @throws PaperSearchError BAD_REQUEST for a wrong field, one that asks for nothing, a query that cannot be read, a paper
 *   in both lists, and an address of a webhook that is not one.
 */
export function checkedDefinition(given: unknown): WatchDefinition {
  const { data, error } = WatchDefinition.safeParse(given);
  if (error) {
    const issues = error.issues.map(({ path, message }) => ({
      parameter: path.join('.') || 'watch',
      problem: message,
    }));
    const message = issues.map(({ parameter, problem }) => `${parameter}: ${problem}`).join(' ');
    throw new PaperSearchError('BAD_REQUEST', message, { details: { issues } });
  }
  const { query, like, unlike, filters, delivery } = data;
  const hasFilter = Object.values(filters).some((value) =>
    Array.isArray(value) ? value.length > 0 : value !== undefined,
  );
  if (query.trim() === '' && like.length === 0 && !hasFilter) {
    throw new PaperSearchError(
      'BAD_REQUEST',
      'The watch asks for nothing: give a query, papers that new ones should be like, or a filter.',
    );
  }
  const both = like.find((id) => unlike.includes(id));
  if (both !== undefined) {
    throw new PaperSearchError(
      'BAD_REQUEST',
      `"${both}" is in both like and unlike: remove it from one of them.`,
    );
  }
  parseQuery(query);
  if (delivery.post) expectWebUrl(delivery.post.url);
  return data;
}

function expectWebUrl(text: string): void {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isUsable = url && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '';
  if (isUsable) return;
  throw new PaperSearchError(
    'BAD_REQUEST',
    `"${text}" is not the address of a webhook. Expected https://… or http://…, without a user or password.`,
  );
}

/** A watch in one line, for people: `"graph kernels", like 2 papers, in venue ICLR`. */
export function describeWatch({ query, like, unlike, filters, minConfidence }: WatchDefinition): string {
  const papers = (ids: readonly string[]) => (ids.length === 1 ? ids[0]! : `${ids.length} papers`);
  const chosen = Object.entries(filters).flatMap(([name, value]) => {
    if (value === undefined || (Array.isArray(value) && value.length === 0)) return [];
    const shown = Array.isArray(value)
      ? value.join(' or ')
      : typeof value === 'object'
        ? JSON.stringify(value)
        : value;
    return [`${name} ${shown}`];
  });
  return [
    ...(query.trim() === '' ? [] : [query.trim()]),
    ...(like.length > 0 ? [`like ${papers(like)}`] : []),
    ...(unlike.length > 0 ? [`unlike ${papers(unlike)}`] : []),
    ...chosen,
    ...(minConfidence === 'strong' ? ['strong matches only'] : []),
  ].join(', ');
}
