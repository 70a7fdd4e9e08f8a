import type { KeywordIndex, KeywordTop, QueryTerm } from '../indexes/keyword/keyword-index.ts';
import { topDocuments } from '../indexes/top-documents.ts';
import { placesOf } from '../util/mask.ts';
import type { Match } from './match/match.ts';

/** Papers times terms that are scored one by one in the time in which a query over all papers is answered. */
const MAX_LOOK_UPS = 50_000;
/** How many more papers of a ranking are read than would have enough of the match if it were a random part of them. */
const MARGIN = 1.5;
const MORE = 16;
/** Rankings that are tried, each this many times as long as the one before, until enough papers of the match are found. */
const TRIES = 3;
const GROWTH = 8;

/**
 * The k papers of a match that have the best keyword scores above 0, and how many have one: as from the scores of all
 * papers, which are computed only where nothing else is faster.
 */
export function topAmong(
  terms: readonly QueryTerm[],
  k: number,
  { mask, count }: Match,
  lexical: Pick<KeywordIndex, 'top' | 'score' | 'scoresOf' | 'countAmong'>,
): Required<KeywordTop> {
  if (count * terms.length <= MAX_LOOK_UPS) {
    const docs = placesOf(mask);
    const { scores, maxScore } = lexical.scoresOf(terms, docs);
    return ranked(scores, maxScore, k, docs);
  }
  let wanted = Math.ceil((MARGIN * k * mask.length) / count) + MORE;
  for (let n = 0; n < TRIES && wanted < mask.length; n++, wanted *= GROWTH) {
    const { hits, maxScore } = lexical.top(terms, wanted, false);
    const among = hits.filter(({ doc }) => mask[doc] === 1);
    if (among.length >= k || hits.length < wanted)
      return { hits: among.slice(0, k), maxScore, total: lexical.countAmong(terms, mask) };
  }
  const { scores, maxScore } = lexical.score(terms);
  for (let doc = 0; doc < mask.length; doc++) scores[doc]! *= mask[doc]!;
  return ranked(scores, maxScore, k);
}

/** @param docs the papers of the scores. Default: a score a paper. */
function ranked(scores: Float64Array, maxScore: number, k: number, docs?: Uint32Array): Required<KeywordTop> {
  let total = 0;
  for (let n = 0; n < scores.length; n++) if (scores[n]! > 0) total++;
  const hits = topDocuments(scores, Math.min(k, total));
  return {
    hits: docs ? hits.map(({ doc, score }) => ({ doc: docs[doc]!, score })) : hits,
    maxScore,
    total,
  };
}
