import { PaperSearchError } from '../../errors.ts';
import { type CorpusMap, clusterName, MAKE_MAP } from '../../indexes/map/corpus-map.ts';
import { inPolygon, type Polygon } from '../../indexes/map/polygon.ts';
import type { Condition, HasValue, QueryTextField } from '../../query/ast.ts';
import { foldValue } from '../../text/fold-value.ts';
import { intersect } from '../../util/mask.ts';
import { markAuthor } from './authors.ts';
import { Match } from './match.ts';
import { documentsWithWords, type MatchSources, matchCondition } from './match-condition.ts';
import { type YearFilter, yearsOf } from './years.ts';

/** What papers of an answer must be, beside the query. Of several values of one filter, one is enough. */
export interface Filters {
  /** 2023, "2023", "2020..2024", "2020-2024", ">=2022", "<2020", "2020..", "..2019"; or the first and the last year. */
  readonly year?: YearFilter | undefined;
  readonly venue?: readonly string[] | undefined;
  readonly author?: readonly string[] | undefined;
  readonly keyword?: readonly string[] | undefined;
  readonly area?: readonly string[] | undefined;
  readonly session?: readonly string[] | undefined;
  /** All of them. */
  readonly has?: readonly HasValue[] | undefined;
  /** Names of clusters of the map, as `clusterName` gives them, in any case. */
  readonly cluster?: readonly string[] | undefined;
  /** A polygon on the map, in its coordinates: papers in it. See `inPolygon`. */
  readonly within?: Polygon | undefined;
}

/** The parameters of a request with the filters among them put together. */
export function withFilters<T extends Filters>({
  year,
  venue,
  author,
  keyword,
  area,
  session,
  has,
  cluster,
  within,
  ...others
}: T): Omit<T, keyof Filters> & { filters: Filters } {
  return { ...others, filters: { year, venue, author, keyword, area, session, has, cluster, within } };
}

const VALUE_FILTERS = ['venue', 'author', 'keyword', 'area', 'session'] as const;
type ValueFilter = (typeof VALUE_FILTERS)[number];

const NO_SPAN = { start: 0, end: 0 };

/**
 * The papers that pass all filters; all papers for none. A value that equals one of the index, case and accents
 * aside, stands for exactly that one; any other for every paper whose field has its words one after another
 * (`area`, `session`: in any order).
 * @throws PaperSearchError BAD_REQUEST for a year that is none, for a range that ends before it begins, and for a part
 *   of the map where there is no map.
 */
export function matchFilters(filters: Filters, sources: MatchSources): Match {
  const facts: Condition[] = (filters.has ?? []).map((what) => ({ kind: 'has', what, span: NO_SPAN }));
  if (filters.year !== undefined) facts.push({ kind: 'year', ...yearsOf(filters.year), span: NO_SPAN });
  const { mask } = matchCondition({ kind: 'and', clauses: facts, span: NO_SPAN }, sources);
  for (const filter of VALUE_FILTERS) {
    const values = filters[filter] ?? [];
    if (values.length === 0) continue;
    const passing = new Uint8Array(mask.length);
    for (const value of values) markValue(filter, value, sources, passing);
    intersect(mask, passing);
  }
  if (filters.cluster?.length) intersect(mask, inClusters(mapOf(sources), filters.cluster));
  if (filters.within?.length) intersect(mask, inPolygon(mapOf(sources), filters.within));
  return new Match(mask);
}

function markValue(
  filter: ValueFilter,
  value: string,
  { lexical, attributes }: MatchSources,
  mask: Uint8Array,
): void {
  const equal = attributes.documentsWith(filter, foldValue(value));
  for (const doc of equal) mask[doc] = 1;
  if (equal.length > 0) return;
  if (filter === 'area' || filter === 'session') {
    for (const docs of documentsWithWords(attributes, filter, value)) for (const doc of docs) mask[doc] = 1;
    return;
  }
  if (filter === 'author') {
    markAuthor(value, lexical, attributes, mask);
    return;
  }
  const field: QueryTextField = filter;
  lexical.match({ kind: 'phrase', field, text: value, span: NO_SPAN }, mask);
}

function mapOf({ map }: MatchSources): CorpusMap {
  if (map) return map;
  throw new PaperSearchError('BAD_REQUEST', `There is no map to choose papers on. ${MAKE_MAP}`);
}

/** The papers of the clusters with one of these names: a byte a paper. */
function inClusters({ clusters, clusterOf }: CorpusMap, names: readonly string[]): Uint8Array {
  const wanted = new Set(names.map(foldValue));
  const meant = clusters.map((_, number) => wanted.has(foldValue(clusterName(clusters, number))));
  return clusterOf.map((cluster) => (meant[cluster] ? 1 : 0));
}
