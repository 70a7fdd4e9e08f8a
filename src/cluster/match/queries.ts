import type { ClusterQuery } from '../search/lookups.ts';
import { documentId } from '../store/names.ts';
import { ALTERNATIVE } from '../store/stored-texts.ts';

/** Matches every paper. */
export const EVERY_PAPER: ClusterQuery = { match_all: {} };
/** Matches no paper. */
export const NO_PAPER: ClusterQuery = { match_none: {} };

/** Papers with a term in a field. */
export function term(field: string, value: string | number): ClusterQuery {
  return { term: { [field]: value } };
}

/** Papers with any of several terms in a field. */
export function terms(field: string, values: readonly (string | number)[]): ClusterQuery {
  const distinct = [...new Set(values)];
  if (distinct.length === 0) return NO_PAPER;
  return distinct.length === 1 ? term(field, distinct[0]!) : { terms: { [field]: distinct } };
}

/** Papers with a term that begins with a text. */
export function prefix(field: string, value: string): ClusterQuery {
  return { prefix: { [field]: value } };
}

/** Papers by their ids; unknown ones are ignored. */
export function ids(values: readonly string[]): ClusterQuery {
  // No paper has an empty id, and the cluster refuses one.
  const named = values.filter((id) => id !== '');
  return named.length === 0 ? NO_PAPER : { ids: { values: named.map(documentId) } };
}

/** Papers whose number is in a range, both ends included; a paper without a number is in none. */
export function range(field: string, from: number | undefined, to: number | undefined): ClusterQuery {
  const ends = {
    ...(from !== undefined && Number.isFinite(from) && { gte: from }),
    ...(to !== undefined && Number.isFinite(to) && { lte: to }),
  };
  return Object.keys(ends).length === 0 ? { exists: { field } } : { range: { [field]: ends } };
}

/** Papers that match all of several queries; every paper for none. */
export function allOf(queries: readonly ClusterQuery[]): ClusterQuery {
  if (queries.includes(NO_PAPER)) return NO_PAPER;
  const asked = queries.filter((query) => query !== EVERY_PAPER);
  if (asked.length === 0) return EVERY_PAPER;
  return asked.length === 1 ? asked[0]! : { bool: { filter: asked } };
}

/** Papers that match any of several queries; no paper for none. Terms of one field become one clause. */
export function anyOf(queries: readonly ClusterQuery[]): ClusterQuery {
  if (queries.includes(EVERY_PAPER)) return EVERY_PAPER;
  const termsOf = new Map<string, (string | number)[]>();
  const others: ClusterQuery[] = [];
  for (const query of queries.flatMap(alternativesOf)) {
    const found = termsIn(query);
    if (!found) {
      if (query !== NO_PAPER) others.push(query);
      continue;
    }
    const known = termsOf.get(found.field);
    if (known) known.push(...found.values);
    else termsOf.set(found.field, [...found.values]);
  }
  const all = [...Array.from(termsOf, ([field, values]) => terms(field, values)), ...others];
  if (all.length === 0) return NO_PAPER;
  return all.length === 1 ? all[0]! : { bool: { should: all, minimum_should_match: 1 } };
}

/** Papers that do not match a query. */
export function noneOf(query: ClusterQuery): ClusterQuery {
  if (query === NO_PAPER) return EVERY_PAPER;
  return query === EVERY_PAPER ? NO_PAPER : { bool: { must_not: [query] } };
}

/** The queries of which any is enough, as `anyOf` has put them together. */
function alternativesOf(query: ClusterQuery): readonly ClusterQuery[] {
  const bool = query.bool as { readonly should?: readonly ClusterQuery[] } | undefined;
  return bool?.should && Object.keys(bool).length === 2 ? bool.should : [query];
}

function termsIn(query: ClusterQuery) {
  const [kind, body] = Object.entries(query)[0]!;
  if (kind !== 'term' && kind !== 'terms') return undefined;
  const [field, value] = Object.entries(body as Record<string, unknown>)[0]!;
  return { field, values: (Array.isArray(value) ? value : [value]) as (string | number)[] };
}

/**
 * How many clauses a query has, as a cluster counts them: a term or a phrase is one; of a phrase with alternatives, each
 * place is, and of what is matched by intervals, each term.
 */
export function countClauses(query: unknown): number {
  if (typeof query !== 'object' || query === null) return 0;
  return Object.entries(query).reduce(
    (sum, [name, body]) => sum + (countOf(name, body) ?? countClauses(body)),
    0,
  );
}

/** Undefined for what is made of other queries. */
function countOf(name: string, body: unknown): number | undefined {
  switch (name) {
    case 'match_phrase':
    case 'match_phrase_prefix': {
      const [{ query }] = Object.values(body as Record<string, { readonly query: string }>) as [
        { query: string },
      ];
      return query.includes(ALTERNATIVE) ? query.split(' ').length : 1;
    }
    case 'match': {
      // A source of intervals; spans have queries of this name.
      const { query } = body as { readonly query?: string };
      return query?.split(ALTERNATIVE).length;
    }
    case 'term':
    case 'terms':
    case 'prefix':
    case 'range':
    case 'exists':
    case 'ids':
    case 'fuzzy':
    case 'regexp':
    case 'span_term':
      return 1;
    default:
      return undefined;
  }
}
