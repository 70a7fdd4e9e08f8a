import type { ClusterClient } from '../client/cluster-client.ts';
import { TERMS } from '../store/paths.ts';
import type { ClusterQuery, Known } from './lookups.ts';
import { withAnyTerm, withTerm } from './term-queries.ts';

/** Most terms of each shard that are listed. */
const MAX_LISTED = 500;
/** Terms that are looked for together, before each of those that may exist is. */
const GROUP = 24;

/** Where terms are listed. */
export interface TermSource {
  readonly client: Pick<ClusterClient, 'request'>;
  readonly index: string;
}

/**
 * The terms of a corpus that a query expands to: the cluster says how it would rewrite the query into single terms.
 * @param query a prefix, wildcard or fuzzy query of `TERMS`. @returns at most 500 of each shard, each once.
 */
export function termsOfQuery(
  kind: 'prefix' | 'wildcard' | 'fuzzy',
  query: Readonly<Record<string, unknown>>,
  known: Known,
  { client, index }: TermSource,
): readonly string[] {
  const body = { query: { [kind]: { [TERMS]: { ...query, rewrite: `top_terms_${MAX_LISTED}` } } } };
  const list = async () => {
    const path = `/${encodeURIComponent(index)}/_validate/query`;
    const answer = await client.request<Rewritten>('POST', path, {
      query: { rewrite: true, all_shards: true },
      body,
    });
    return [...new Set(answer.explanations.flatMap(({ explanation = '' }) => termsIn(explanation)))].sort();
  };
  return known.fetch(`terms ${JSON.stringify(body)}`, list, [] as readonly string[]);
}

interface Rewritten {
  readonly explanations: readonly { readonly explanation?: string }[];
}

/** The terms of a rewritten query: `terms:optim (terms:optimum)^0.8`. A term contains no blank. */
function termsIn(explanation: string): string[] {
  return explanation.split(/\s+/).flatMap((clause) => {
    const boosted = /^\((.*)\)\^[\d.E-]+$/.exec(clause);
    const text = boosted ? boosted[1]! : clause.replace(/\^[\d.E-]+$/, '');
    return text.startsWith(`${TERMS}:`) ? [text.slice(TERMS.length + 1)] : [];
  });
}

/** Those of many terms that papers have, most of which exist in none. */
export function knownTerms(terms: readonly string[], known: Known): string[] {
  const groups = Array.from({ length: Math.ceil(terms.length / GROUP) }, (_, i) =>
    terms.slice(i * GROUP, (i + 1) * GROUP),
  );
  const has = (query: ClusterQuery) => known.count(query, 0) > 0;
  return groups
    .filter((group) => has(withAnyTerm(group)))
    .flatMap((group) => group.filter((term) => term !== '' && has(withTerm(term))));
}
