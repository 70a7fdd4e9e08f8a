import { LRUCache } from 'lru-cache';
import { PaperSearchError } from '../../errors.ts';
import type { FieldIndex } from '../../indexes/fields/field-index.ts';
import { type CorpusMap, clusterName, MAKE_MAP } from '../../indexes/map/corpus-map.ts';
import { inPolygon, type Polygon } from '../../indexes/map/polygon.ts';
import { FILTER_NAMES, type FilterField, type FilterName, type HasValue } from '../../papers/fields.ts';
import { EVERY_FILTER_FIELD, type EveryFilterField } from '../../papers/internal-fields.ts';
import { foldValue } from '../../text/fold-value.ts';
import { intersect, keep } from '../../util/mask.ts';
import { markAuthor } from './authors.ts';
import { Match } from './match.ts';
import { documentsWithWords, type MatchSources } from './match-condition.ts';
import { type RangeFilter, rangeOf } from './ranges.ts';

/** The value of a filter by a field. */
export type FilterValue<F extends EveryFilterField> = F extends { kind: 'number' }
  ? RangeFilter
  : F extends { kind: 'flags' }
    ? readonly HasValue[]
    : F extends { kind: 'outline' }
      ? Polygon
      : readonly string[];

/**
 * The filters that every paper of an answer passes, in addition to the query: a value for each declared field that papers
 * can be filtered by (`FIELDS` of papers/fields.ts). One of several values is enough, except in `has`, where all are
 * required. Names of clusters are those of `clusterName`, in any case; `within` is a polygon in the map's coordinates.
 */
export type Filters = {
  readonly [F in FilterField as F['name']]?: FilterValue<F> | undefined;
};

/** All filters of the engine: `Filters`, and those of the fields that only compatible APIs use. */
export type EveryFilter = {
  readonly [F in EveryFilterField as F['name']]?: FilterValue<F> | undefined;
};

/** The parameters of a request, with the filters among them moved into `filters`. */
export function withFilters<T extends Filters>(request: T): Omit<T, FilterName> & { filters: Filters } {
  const others: Record<string, unknown> = { ...request };
  const filters: Record<string, unknown> = {};
  for (const name of FILTER_NAMES) {
    filters[name] = request[name];
    delete others[name];
  }
  return { ...(others as Omit<T, FilterName>), filters };
}

const NO_SPAN = { start: 0, end: 0 };

/** Memory for the papers of filters that were used before (bytes); readers look at more pages of them. */
const MAX_KEPT_BYTES = 2 ** 24;
/** Most filters that are kept. */
const MAX_KEPT = 100;
/** A match, and what is derived from it: the papers that it hides and shows. */
const MASKS = 3;

/** The papers of filters, by the fields of a snapshot and the filters. */
const kept = new WeakMap<FieldIndex, LRUCache<string, Match>>();

/**
 * The papers that pass all filters; all papers if there are no filters. A value that equals one in the index, ignoring
 * case and accents, passes the papers with exactly that value. Any other text passes every paper with a value that
 * contains its words, next to each other or in any order as the field declares.
 * @throws PaperSearchError BAD_REQUEST for an invalid year, for a range that ends before it begins, and for a part of
 *   the map if there is no map.
 */
export function matchFilters(filters: EveryFilter, sources: MatchSources): Match {
  const matches = keptFor(sources.fields);
  // In JSON, every number that is not finite is null.
  const key = JSON.stringify(filters, (_, value) =>
    typeof value === 'number' && !Number.isFinite(value) ? String(value) : value,
  );
  const match = matches.get(key) ?? passing(filters, sources);
  matches.set(key, match);
  return match;
}

function keptFor(fields: FieldIndex): LRUCache<string, Match> {
  let matches = kept.get(fields);
  if (!matches) {
    const most = Math.ceil(MAX_KEPT_BYTES / (MASKS * fields.size + 1));
    matches = new LRUCache({ max: Math.min(MAX_KEPT, most) });
    kept.set(fields, matches);
  }
  return matches;
}

function passing(filters: EveryFilter, sources: MatchSources): Match {
  const mask = new Uint8Array(sources.fields.size).fill(1);
  for (const field of EVERY_FILTER_FIELD) matchFilter(field, filters, sources, mask);
  return new Match(mask);
}

/** Keeps in a mask the papers that pass the filter by one field. */
function matchFilter(
  field: EveryFilterField,
  filters: EveryFilter,
  sources: MatchSources,
  mask: Uint8Array,
): void {
  const { fields } = sources;
  switch (field.kind) {
    case 'number': {
      const filter = filters[field.name];
      if (filter === undefined) return;
      const { from = 0, to = Number.POSITIVE_INFINITY } = rangeOf(field, filter);
      // A paper without a year or day is not in any range: its 0 is below all of them. A count of 0 is a number.
      const first = field.unit === 'count' ? from : Math.max(1, from);
      fields.keepBetween(field.name, first, to, mask);
      return;
    }
    case 'flags':
      for (const what of filters[field.name] ?? []) keep(mask, (doc) => fields.has(what, doc));
      return;
    case 'values':
      keepAny(mask, filters[field.name], (value, passing) => markValue(field, value, sources, passing));
      return;
    case 'identifier':
      keepAny(mask, filters[field.name], (value, passing) => {
        for (const doc of fields.documentsWithId(value, field.name)) passing[doc] = 1;
      });
      return;
    case 'cluster':
      if (filters[field.name]?.length) intersect(mask, inClusters(mapOf(sources), filters[field.name]!));
      return;
    case 'outline':
      if (filters[field.name]?.length) intersect(mask, inPolygon(mapOf(sources), filters[field.name]!));
      return;
  }
}

/** Keeps in a mask the papers that one of several values marks; all papers if there are no values. */
function keepAny(
  mask: Uint8Array,
  values: readonly string[] = [],
  mark: (value: string, passing: Uint8Array) => void,
): void {
  if (values.length === 0) return;
  const passing = new Uint8Array(mask.length);
  for (const value of values) mark(value, passing);
  intersect(mask, passing);
}

type ValueFilterField = Extract<EveryFilterField, { kind: 'values' }>;

function markValue(
  field: ValueFilterField,
  value: string,
  { lexical, fields }: MatchSources,
  mask: Uint8Array,
): void {
  const equal = fields.documentsWith(field.name, foldValue(value));
  for (const doc of equal) mask[doc] = 1;
  if (equal.length > 0 || field.matches === 'exact') return;
  if (field.name === 'author') {
    markAuthor(value, lexical, fields, mask);
    return;
  }
  if (field.matches === 'phrase') {
    lexical.match({ kind: 'phrase', field: field.name, text: value, span: NO_SPAN }, mask);
    return;
  }
  for (const docs of documentsWithWords(fields, field.name, value)) for (const doc of docs) mask[doc] = 1;
}

function mapOf({ map }: MatchSources): CorpusMap {
  if (map) return map;
  throw new PaperSearchError('BAD_REQUEST', `There is no map to choose papers on. ${MAKE_MAP}`);
}

/** The papers of the clusters with one of these names: one byte per paper. */
function inClusters({ clusters, clusterOf }: CorpusMap, names: readonly string[]): Uint8Array {
  const wanted = new Set(names.map(foldValue));
  const meant = clusters.map((_, number) => wanted.has(foldValue(clusterName(clusters, number))));
  return clusterOf.map((cluster) => (meant[cluster] ? 1 : 0));
}
