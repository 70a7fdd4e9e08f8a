import { expansionOf, type TermExpansion } from '../../indexes/keyword/term-expansion.ts';
import type { TermQuery } from '../../indexes/keyword/text-pattern.ts';
import type { TextField } from '../../papers/fields.ts';
import type { ClusterQuery } from '../search/lookups.ts';
import { surfacesPath, wordsPath } from '../store/paths.ts';
import { ALTERNATIVE, GAP, storedWord } from '../store/stored-texts.ts';
import type { Path, Place } from './phrase-paths.ts';
import { anyOf, prefix, terms } from './queries.ts';

/** The analyzer of streams of words: a position for each word between blanks, with alternatives and gaps. */
const STREAM = 'stream';

/**
 * Terms that a prefix at the end of several words may have: the cluster takes the first ones in order beyond. More than
 * the words of any prefix that is worth a phrase.
 */
const MAX_PREFIX_TERMS = 100_000;
/** Terms of each shard that a misspelt word at the end of several may have, the nearest first: the cluster allows no more. */
const MAX_NEAR_TERMS = 1024;

/** Papers with one of a query's terms in a field of words. */
export function oneWord(query: TermQuery, field: string): ClusterQuery {
  const { terms: exact, prefixes, near } = expansionOf(query);
  return anyOf([
    terms(field, exact.map(storedWord)),
    ...prefixes.map((text) => prefix(field, storedWord(text))),
    ...near.map((each) => fuzzy(field, each)),
  ]);
}

/** Papers whose field has a path at neighbouring positions. */
export function pathQuery(path: Path, field: TextField): ClusterQuery {
  const words = wordsPath(field);
  const [only] = path;
  const last = path.at(-1)!;
  if (path.length === 1 && only!.length === 1 && only![0]!.kind !== 'surface')
    return oneWord(only![0]!, words);
  if (path.some((place) => place.length > 1 || place.some(({ kind }) => kind === 'surface'))) {
    return placedQuery(path, field);
  }
  const before = path.slice(0, -1);
  if (!before.every(isPlain)) return placedQuery(path, field);
  const [end] = last as readonly [TermQuery];
  const expansion = expansionOf(end);
  const alternatives =
    expansion.terms.length > 0
      ? [plainPhrase([...before.map(textAt), streamOf(expansion.terms)], words)]
      : [];
  if (end.kind === 'prefix') {
    const query = [...before.map(textAt), streamOf(expansion.prefixes)].join(' ');
    const begun = { query, analyzer: STREAM, max_expansions: MAX_PREFIX_TERMS };
    return anyOf([...alternatives, { match_phrase_prefix: { [words]: begun } }]);
  }
  return anyOf([...alternatives, ...(end.kind === 'fuzzy' ? [nearPhrase(before, expansion, words)] : [])]);
}

/** Papers with texts at neighbouring positions of a field. @param texts as the analyzer of streams reads them. */
export function plainPhrase(texts: readonly string[], field: string): ClusterQuery {
  return { match_phrase: { [field]: { query: texts.join(' '), analyzer: STREAM } } };
}

/** Whether a place has only terms, or any word. */
function isPlain(place: Place): boolean {
  return place.every(({ kind }) => kind === 'term');
}

/** A place with one term at most, as the analyzer reads it. */
function textAt([query]: Place): string {
  return query === undefined ? GAP : streamOf(expansionOf(query as TermQuery).terms);
}

function streamOf(alternatives: readonly string[]): string {
  return alternatives.map(storedWord).join(ALTERNATIVE);
}

function fuzzy(field: string, { text, edits }: TermExpansion['near'][number]): ClusterQuery {
  // With this rewriting, all terms count; by default, only the 50 nearest do.
  const fuzziness = { fuzziness: edits, transpositions: true, rewrite: 'constant_score' };
  return { fuzzy: { [field]: { value: storedWord(text), ...fuzziness } } };
}

/** A misspelt word after other words. */
function nearPhrase(before: readonly Place[], { near }: TermExpansion, field: string): ClusterQuery {
  const spans: ClusterQuery[] = [];
  for (const [query] of before) {
    if (query === undefined) spans.push({ span_gap: { [field]: 1 } });
    else {
      const { terms: exact } = expansionOf(query as TermQuery);
      spans.push(anySpan(exact.map((text) => ({ span_term: { [field]: storedWord(text) } }))));
    }
  }
  const ends = near.map(({ text, edits }) => ({
    span_multi: {
      match: {
        fuzzy: {
          [field]: {
            value: storedWord(text),
            fuzziness: edits,
            transpositions: true,
            max_expansions: MAX_NEAR_TERMS,
            rewrite: `top_terms_${MAX_NEAR_TERMS}`,
          },
        },
      },
    },
  }));
  return { span_near: { clauses: [...spans, anySpan(ends)], slop: 0, in_order: true } };
}

function anySpan(clauses: readonly ClusterQuery[]): ClusterQuery {
  return clauses.length === 1 ? clauses[0]! : { span_or: { clauses } };
}

/** Places that require several things of one position, or words as they are written. */
function placedQuery(path: Path, field: TextField): ClusterQuery {
  const places = path.map((place) => source(place, field));
  const whole =
    places.length === 1 ? places[0]! : { all_of: { intervals: places, ordered: true, max_gaps: 0 } };
  return { intervals: { [wordsPath(field)]: whole } };
}

/** The positions that have all that a place requires, as a source of intervals. */
export function source(place: Place, field: TextField): ClusterQuery {
  const [first, ...others] = place.map((query) => sourceOf(query, field));
  return others.reduce<ClusterQuery>(
    // Both are one position long, so the one that contains the other is at the same position.
    (all, other) => withFilter(all, other),
    first!,
  );
}

function withFilter(all: ClusterQuery, other: ClusterQuery): ClusterQuery {
  return { all_of: { intervals: [all], filter: { contained_by: other } } };
}

function sourceOf(query: Place[number], field: TextField): ClusterQuery {
  if (query.kind === 'surface') {
    const text = query.texts.map(storedWord).join(ALTERNATIVE);
    return { match: { query: text, analyzer: STREAM, use_field: surfacesPath(field) } };
  }
  const { terms: exact, prefixes, near } = expansionOf(query);
  const sources: ClusterQuery[] = [
    ...(exact.length > 0 ? [{ match: { query: streamOf(exact), analyzer: STREAM } }] : []),
    ...prefixes.map((text) => ({ prefix: { prefix: storedWord(text) } })),
    ...near.map(({ text, edits }) => ({ fuzzy: { term: storedWord(text), fuzziness: edits } })),
  ];
  return sources.length === 1 ? sources[0]! : { any_of: { intervals: sources } };
}
