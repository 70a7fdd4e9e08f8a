import type { FollowingTerm, QueryTerm } from '../../indexes/keyword/keyword-index.ts';
import { TEXT_FIELDS } from '../../papers/fields.ts';
import { plainPhrase } from '../match/path-query.ts';
import { allOf, anyOf, NO_PAPER, term, terms } from '../match/queries.ts';
import { TERMS, wordsPath } from '../store/paths.ts';
import { GAP, storedWord } from '../store/stored-texts.ts';
import type { ClusterQuery } from './lookups.ts';

/** Papers with a term of the keyword index. */
export function withTerm(text: string): ClusterQuery {
  // Stop words have the empty term.
  return text === '' ? NO_PAPER : term(TERMS, storedWord(text));
}

/** Papers with any of several terms. */
export function withAnyTerm(texts: readonly string[]): ClusterQuery {
  return terms(TERMS, texts.filter((text) => text !== '').map(storedWord));
}

/** Papers in which the second word of a bigram follows the first, in one field, or with the two written as one. */
export function withBigram(first: string, { term: second, distance, joined }: FollowingTerm): ClusterQuery {
  if (first === '' || second === '') return joined === undefined ? NO_PAPER : withTerm(joined);
  const gaps = Array.from({ length: distance - 1 }, () => GAP);
  const texts = [storedWord(first), ...gaps, storedWord(second)];
  const apart = TEXT_FIELDS.map((field) => plainPhrase(texts, wordsPath(field)));
  return anyOf([...apart, ...(joined === undefined ? [] : [withTerm(joined)])]);
}

/** Papers with both words of a bigram, anywhere, or with the two written as one. */
export function withBothWords(first: string, { term: second, joined }: FollowingTerm): ClusterQuery {
  const both = allOf([withTerm(first), withTerm(second)]);
  return joined === undefined ? both : anyOf([both, withTerm(joined)]);
}

/** Papers with any term of a query: those that have a keyword score. */
export function withAnyOf(queryTerms: readonly QueryTerm[]): ClusterQuery {
  return anyOf(queryTerms.map((each) => matchOf(each)));
}

/** Papers with a term of a query. */
function matchOf({ term: text, followedBy, anyOf: alternatives }: QueryTerm): ClusterQuery {
  if (followedBy) return withBigram(text, followedBy);
  return alternatives ? withAnyTerm(alternatives) : withTerm(text);
}

/**
 * Papers with any term of a query, scored about as BM25 scores them: it only chooses candidates.
 * @param weightOf the weight of a bigram beside that of its words.
 */
export function scoredTerms(
  queryTerms: readonly QueryTerm[],
  weightOf: (term: QueryTerm) => number,
): ClusterQuery | undefined {
  const should = queryTerms.flatMap((each): ClusterQuery[] => {
    const boost = weightOf(each);
    const { term: text, followedBy, anyOf: alternatives } = each;
    if (boost <= 0) return [];
    if (followedBy) {
      const query = withBigram(text, followedBy);
      return query === NO_PAPER ? [] : [bestOf(query, boost)];
    }
    // Several terms score as one: papers with any of them, whichever is rarest.
    if (alternatives) {
      const known = alternatives.filter((other) => other !== '');
      return known.length === 0
        ? []
        : [{ dis_max: { queries: known.map((other) => scoredTerm(other, 1)), boost } }];
    }
    return text === '' ? [] : [scoredTerm(text, boost)];
  });
  return should.length === 0 ? undefined : { bool: { should, minimum_should_match: 1 } };
}

function scoredTerm(text: string, boost: number): ClusterQuery {
  return { term: { [TERMS]: { value: storedWord(text), boost } } };
}

/** The best field of a bigram. */
function bestOf(query: ClusterQuery, boost: number): ClusterQuery {
  const { should } = (query.bool ?? {}) as { readonly should?: readonly ClusterQuery[] };
  return should ? { dis_max: { queries: should, boost } } : { dis_max: { queries: [query], boost } };
}
