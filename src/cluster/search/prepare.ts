import { bigramInformation } from '../../indexes/keyword/bm25/bigrams.ts';
import type { QueryTerm } from '../../indexes/keyword/keyword-index.ts';
import { DEFAULT_MODE, type SearchRequest } from '../../search/api.ts';
import { type EncodedQuery, wordsOf } from '../../search/encode.ts';
import type { PaperSelection } from '../../search/engine.ts';
import { askedOf, expectFixedOrder, hasFilters } from '../../search/match/match-query.ts';
import { namesIn } from '../../search/named-authors.ts';
import { understand } from '../../search/understand.ts';
import type { ClusterCorpus } from '../cluster-corpus.ts';
import { matchConditionIn } from '../match/condition-query.ts';
import { filterQuery } from '../match/filter-query.ts';
import { matchTools } from '../match/match-tools.ts';
import { peopleQuery } from '../match/people-query.ts';
import { allOf, anyOf, EVERY_PAPER, noneOf } from '../match/queries.ts';
import { hiddenQuery, selectionQuery } from '../match/selection-query.ts';
import { knowledgeIn } from './knowledge.ts';
import type { ClusterQuery, Known } from './lookups.ts';
import { statisticsOf } from './statistics.ts';
import { scoredTerms, withAnyOf } from './term-queries.ts';
import { KnownVocabulary } from './vocabulary.ts';

/** A query with everything that has to be known of the corpus before candidates are chosen. */
export interface PreparedQuery {
  /** Without its vector. Its masks are those of candidates: none yet. */
  readonly encoded: Omit<EncodedQuery, 'vector' | 'match' | 'hidden'>;
  /** The papers that may be in the answer; undefined for every paper. */
  readonly match: ClusterQuery | undefined;
  /** How many papers that is. */
  readonly matched: number;
  /** Rejected submissions that match and are hidden. */
  readonly hidden: { readonly query: ClusterQuery; readonly count: number } | undefined;
  /** Papers of the people that the query names, of those that may be in the answer. */
  readonly named:
    | { readonly query: ClusterQuery; readonly count: number; readonly inSentence: boolean }
    | undefined;
  /** Papers with a word of the query, scored about as they are in the end; undefined where no paper has any. */
  readonly scored: ClusterQuery | undefined;
  /** How many papers a ranking by keyword has. */
  readonly rankedByKeyword: number;
  /** How many hidden submissions it would have. */
  readonly hiddenByKeyword: number;
}

/**
 * The stages parse and match, and the words of encode, with all counts that an answer needs. To be run by
 * `Lookups.resolve`.
 * @param request checked. @param among the only papers that may be in the answer.
 * @throws PaperSearchError BAD_REQUEST as `Snapshot.search` does.
 */
export async function prepare(
  request: SearchRequest,
  among: PaperSelection | undefined,
  cluster: ClusterCorpus,
  known: Known,
): Promise<PreparedQuery> {
  const { mode = DEFAULT_MODE, filters, sort } = request;
  const tools = matchTools(cluster, known);
  const vocabulary = new KnownVocabulary(known, cluster);
  const parsed = await understand(request, knowledgeIn(known, vocabulary));
  const { condition, plain } = parsed.query;
  const found = condition && matchConditionIn(condition, tools);
  const isFiltered = hasFilters(filters);
  if (plain.trim() === '' && !condition && !isFiltered && !among) expectFixedOrder(sort);
  const parts = [
    ...(found ? [found.query] : []),
    ...(isFiltered ? [filterQuery(filters, tools)] : []),
    ...(among ? [selectionQuery(among, tools)] : []),
  ];
  const whole = parts.length === 0 ? undefined : allOf(parts);
  const hiddenPapers = hiddenQuery(request, condition, whole ?? EVERY_PAPER, tools);
  const match = hiddenPapers ? allOf([whole ?? EVERY_PAPER, noneOf(hiddenPapers)]) : whole;
  const words = wordsOf(parsed.query, vocabulary);
  const encoded = {
    parsed,
    mode,
    ...words,
    notices: [...parsed.query.notices, ...(found?.notices ?? [])],
    ...askedOf(parsed.query, among !== undefined, found?.ignoresPart ?? false),
  };
  const named = namedIn(encoded, match, known);
  const ranked = anyOf([withAnyOf(words.terms), ...(named ? [named.query] : [])]);
  const byKeyword = encoded.requiresText && match ? match : allOf([match ?? EVERY_PAPER, ranked]);
  return {
    encoded,
    match,
    matched: countOf(match ?? EVERY_PAPER, known, cluster),
    hidden: hiddenPapers && { query: hiddenPapers, count: known.count(hiddenPapers) },
    named,
    scored: mode === 'semantic' ? undefined : scoredTerms(words.terms, weights(known, cluster)),
    rankedByKeyword: mode === 'keyword' ? countOf(byKeyword, known, cluster) : 0,
    hiddenByKeyword:
      mode === 'keyword' && hiddenPapers ? known.count(allOf([hiddenPapers, withAnyOf(words.terms)])) : 0,
  };
}

function countOf(query: ClusterQuery, known: Known, { meta }: ClusterCorpus): number {
  return query === EVERY_PAPER ? meta.counts.papers : known.count(query);
}

function namedIn(
  query: Pick<EncodedQuery, 'mode' | 'text' | 'parsed'>,
  match: ClusterQuery | undefined,
  known: Known,
): PreparedQuery['named'] {
  for (const { names, inSentence } of namesIn(query)) {
    const people = peopleQuery(names, known);
    if (!people) continue;
    const papers = allOf([match ?? EVERY_PAPER, people]);
    const count = known.count(papers, 0);
    if (count > 0) return { query: papers, count, inSentence };
  }
  return undefined;
}

/** Weights of terms beside each other, and all that BM25 has to know of them. */
function weights(known: Known, { meta }: ClusterCorpus): (term: QueryTerm) => number {
  const statistics = statisticsOf(known, meta);
  return ({ term, weight, followedBy, anyOf: terms }) => {
    if (followedBy) return weight * bigramInformation(statistics.withBigram(term, followedBy));
    if (terms) statistics.withAny(terms);
    else statistics.withTerm(term);
    return weight;
  };
}
