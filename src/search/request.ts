import { z } from 'zod';
import { PaperSearchError } from '../errors.ts';
import { LINK_DIRECTIONS } from '../indexes/citations/citation-graph.ts';
import {
  MAX_CORNERS,
  MAX_IDS,
  MAX_RERANK_BUDGET_MS,
  MAX_RERANKED,
  MAX_SCHEDULED,
  MAX_SNOWBALL_DEPTH,
  MIN_CORNERS,
} from '../limits.ts';
import { FACETS, type FilterField, HAS_VALUES, SORT_NAMES } from '../papers/fields.ts';
import {
  DEFAULT_PAGE,
  type Page,
  type RelatedRequest,
  type ScheduleRequest,
  type SearchRequest,
  SORTS,
} from './api.ts';
import { type CitationsRequest, SNOWBALL_DIRECTIONS, type SnowballRequest } from './citations/api.ts';
import { FUSION_NAMES } from './fuse/methods.ts';
import { filterShape } from './match/filter-schemas.ts';
import { RANGES, type RangeFilter } from './match/ranges.ts';
import { REJECTED_CHOICES } from './match/rejected.ts';
import { SEARCH_MODES } from './mode.ts';
import { pageAfterSchema } from './page-after.ts';
import type { RelevanceRequest } from './relevance/api.ts';
import { rerankedDepth } from './rerank/depth.ts';
import { isDay } from './schedule/session-time.ts';

const text = z.string({ error: 'Expected a text.' });
const flag = z.boolean({ error: 'Expected true or false.' }).optional();
const whole = z.number().int().min(0);
const count = (schema: z.ZodNumber, expected: string) =>
  z
    .custom<number>((value) => schema.safeParse(value).success, `Expected a whole number, ${expected}.`)
    .optional();

/** One of several words. */
export function oneOf<const T extends readonly [string, ...string[]]>(allowed: T) {
  return z.enum(allowed, { error: `Expected one of: ${allowed.join(', ')}.` });
}

/** A list; a single value is read as a list of one. */
function listOf<T extends z.ZodType<string>>(value: T, expected: string) {
  const error = `Expected a list of ${expected}.`;
  return z.union([value.transform((single) => [single]), z.array(value)], { error }).optional();
}

/** An object with these fields only. */
function fields<T extends z.ZodRawShape>(shape: T) {
  const known = Object.keys(shape).join(', ');
  return z.strictObject(shape, {
    error: ({ code, keys }) =>
      code === 'unrecognized_keys'
        ? `Unknown: ${(keys as string[]).join(', ')}. Known are: ${known}.`
        : `Expected an object of these fields: ${known}.`,
  });
}

const texts = listOf(text, 'texts');

const page = { limit: count(whole, '0 or more'), offset: count(whole, '0 or more') };
const filters = fields(filterShape(schemaOfFilter)).optional();
const mode = oneOf(SEARCH_MODES).optional();
const facetNames = listOf(oneOf(FACETS), `these: ${FACETS.join(', ')}`);
const rejected = oneOf(REJECTED_CHOICES).optional();

const AFTER_ERROR = {
  path: ['after'],
  error: 'Only hits in order of arrival can begin after a paper: set sort to "added".',
};
const startsByArrival = ({ sort, after }: Pick<SearchRequest, 'sort' | 'after'>) =>
  after === undefined || sort === 'added';

const Search = fields({
  query: text,
  mode,
  fusion: oneOf(FUSION_NAMES).optional(),
  filters,
  rejected,
  sort: oneOf(SORTS).optional(),
  relevantFirst: flag,
  facets: facetNames,
  explain: flag,
  highlight: flag,
  plain: flag,
  strict: flag,
  fallback: flag,
  secondLook: flag,
  rerank: count(whole.max(MAX_RERANKED), `0 to ${MAX_RERANKED}`),
  rerankBy: text.min(1, 'Expected the name of a reranker.').optional(),
  rerankBudgetMs: count(whole.min(1).max(MAX_RERANK_BUDGET_MS), `1 to ${MAX_RERANK_BUDGET_MS}: milliseconds`),
  ...page,
  after: pageAfterSchema.optional(),
})
  .refine(startsByArrival, AFTER_ERROR)
  .refine((request) => request.rerankBudgetMs === undefined || rerankedDepth(request) > 0, {
    path: ['rerankBudgetMs'],
    error: 'Nothing is reranked: say how many papers with rerank, or what compares them with rerankBy.',
  });

const Related = fields({
  positive: texts,
  negative: texts,
  text: text.optional(),
  mode,
  filters,
  rejected,
  sort: oneOf(SORTS).optional(),
  facets: facetNames,
  ...page,
  after: pageAfterSchema.optional(),
}).refine(startsByArrival, AFTER_ERROR);

const Relevance = fields({
  query: text.optional(),
  positive: texts,
  negative: texts,
  mode,
  filters,
  rejected,
});

const Citations = fields({
  direction: oneOf(LINK_DIRECTIONS),
  sort: oneOf(SORT_NAMES).optional(),
  ...page,
});

const Snowball = fields({
  ids: z
    .array(text, { error: 'Expected a list of ids.' })
    .min(1, 'Give at least one paper to begin with.')
    .max(MAX_IDS, `Expected at most ${MAX_IDS} ids.`),
  direction: oneOf(SNOWBALL_DIRECTIONS).optional(),
  depth: count(whole.min(1).max(MAX_SNOWBALL_DEPTH), `1 to ${MAX_SNOWBALL_DEPTH}`),
  ...page,
});

const Schedule = fields({
  query: text.optional(),
  mode,
  day: text.refine(isDay, 'Expected a day that exists, as YYYY-MM-DD.').optional(),
  hall: texts,
  limit: count(whole.min(1).max(MAX_SCHEDULED), `1 to ${MAX_SCHEDULED}`),
});

/**
 * A request as the engine takes it: single values become lists of one.
 * @throws PaperSearchError BAD_REQUEST that names every unknown field and every value that is not allowed.
 */
export function checkedSearch(request: SearchRequest): SearchRequest {
  const { secondLook, ...current } = checked(Search, request);
  return secondLook === undefined ? current : { ...current, fallback: current.fallback ?? secondLook };
}

/** As `checkedSearch`, for related papers. */
export function checkedRelated(request: RelatedRequest): RelatedRequest {
  return checked(Related, request);
}

/** As `checkedSearch`, for the relevance of papers. */
export function checkedRelevance(request: RelevanceRequest): RelevanceRequest {
  return checked(Relevance, request);
}

/** As `checkedSearch`, for the links of a paper. */
export function checkedCitations(request: CitationsRequest): CitationsRequest {
  return checked(Citations, request);
}

/** As `checkedSearch`, for a snowball search. */
export function checkedSnowball(request: SnowballRequest): SnowballRequest {
  return checked(Snowball, request);
}

/** As `checkedSearch`, for a schedule. */
export function checkedSchedule(request: ScheduleRequest): ScheduleRequest {
  return checked(Schedule, request);
}

function checked<T>(schema: z.ZodType, request: T): T {
  const { data, error } = schema.safeParse(request);
  // A value that matches the schema is a T: the schema allows nothing else.
  if (!error) return data as T;
  const issues = error.issues.map(({ path, message }) => ({
    parameter: path.join('.') || 'request',
    problem: message,
  }));
  const message = issues.map(({ parameter, problem }) => `${parameter}: ${problem}`).join(' ');
  throw new PaperSearchError('BAD_REQUEST', message, { details: { issues } });
}

/** The schema of a filter of the library. */
function schemaOfFilter(field: FilterField): z.ZodType {
  switch (field.kind) {
    case 'number': {
      const { read, expected } = RANGES[field.unit];
      const error = `Expected ${expected}, or { from: 2020, to: 2024 }.`;
      const bound = z.number().optional();
      return z
        .union([z.number(), z.string(), z.strictObject({ from: bound, to: bound }, { error })], { error })
        .refine((filter: RangeFilter) => read(filter) !== undefined, {
          error,
          when: ({ issues }) => issues.length === 0,
        });
    }
    case 'flags':
      return listOf(oneOf(HAS_VALUES), `these: ${HAS_VALUES.join(', ')}`);
    case 'outline': {
      const error = `Expected ${MIN_CORNERS} to ${MAX_CORNERS} corners on the map: [[x, y], …].`;
      return z
        .array(z.tuple([z.number(), z.number()]), { error })
        .min(MIN_CORNERS, error)
        .max(MAX_CORNERS, error);
    }
    case 'values':
    case 'cluster':
      return texts;
  }
}

/** The page of a checked request. */
export function pageOf({ limit = DEFAULT_PAGE.limit, offset = DEFAULT_PAGE.offset }: Partial<Page>): Page {
  return { limit, offset };
}
