import type { QueryTerm } from '../../indexes/keyword/keyword-index.ts';
import { innerProduct } from '../../indexes/vectors/inner-product.ts';
import type { Paper } from '../../papers/paper.ts';
import type { Language } from '../../text/languages.ts';
import { analyzeQuery } from '../../text/query-analyzer.ts';
import { pause } from '../../util/pause.ts';
import type { Corpus } from '../corpus.ts';
import { type EncodedQuery, rankingVector, termsOf } from '../encode.ts';
import { addFeedback } from '../feedback.ts';
import type { Fusion } from '../fuse/fusion.ts';
import { tieBreaker } from '../fuse/ties.ts';
import { encodedPapers } from '../match/encoded-papers.ts';
import type { SearchMode } from '../mode.ts';
import type { OrderOptions } from '../order.ts';
import type { RankedHit } from '../rerank/rerank.ts';
import { type ApproximateScores, exactRanks, ranksIn } from './exact-rank.ts';
import type { Explanation, FeedbackExplanation, KeywordExplanation, ScorePart } from './explanation.ts';
import { ranksAmongAll } from './ranks-among-all.ts';
import { summaryOf } from './summary.ts';
import { termExplanations } from './terms.ts';

const NOT_RANKED = Number.NEGATIVE_INFINITY;
/** How the score of a paper without a vector comes about in hybrid mode. */
const NO_VECTOR = 'no vector yet: ranked as by keyword';
/** Most words of a query that are removed in turn: each costs an encoding and a scan. */
const MAX_WORDS = 8;

/**
 * The stage `explain`: why each hit of a page has its score and its rank. Lets other work run after each word that is
 * removed.
 * @param papers the paper of each hit.
 */
export async function explain(
  query: EncodedQuery,
  hits: readonly RankedHit[],
  papers: readonly Paper[],
  { fusion, relevantFirst }: Pick<OrderOptions, 'fusion' | 'relevantFirst'>,
  corpus: Corpus,
): Promise<Explanation[]> {
  const { mode, vector } = query;
  const { lexical, dense, vectorAt } = corpus.indexes;
  const rankedBy = rankingVector(query);
  const feedback = feedbackOf(query, corpus);
  const sentences = vector ? await corpus.sentences.nearest(vector, papers) : [];
  const whole = scoresOf(query, query, fusion, corpus);
  const docs = hits.map(({ doc }) => doc);
  const keywordRanks = whole.keyword && ranksIn(whole.keyword, docs);
  const cosineRanks = ranksByCosine(whole, docs, mode, fusion);
  const ownRanks = relevantFirst ? finalRanks(whole, docs) : [];
  const without: { word: string; ranks: (number | undefined)[] }[] = [];
  for (const { word, text } of textsWithoutWord(query.text, lexical.languages)) {
    const kept = query.expansions.filter((expansion) => expansion.text !== word);
    const terms = termsOf(text, kept, lexical);
    const changed = { terms, vector: vector && text !== '' ? await corpus.encode(text) : undefined };
    const asked = { ...query, ...changed, text, expansions: kept, feedback: undefined };
    const scores =
      text === '' ? undefined : scoresOf(addFeedback(asked, fusion, corpus), query, fusion, corpus);
    without.push({ word, ranks: scores ? finalRanks(scores, docs) : [] });
    await pause();
  }
  return hits.map((hit, i): Explanation => {
    const { doc, score, bonus, comparison } = hit;
    const terms = mode === 'semantic' ? [] : lexical.explain(query.terms, doc);
    const keyword: KeywordExplanation | undefined = whole.keyword && {
      score: terms.reduce((sum, term) => sum + term.score, 0),
      most: whole.maxScore,
      rank: keywordRanks?.[i],
      terms: termExplanations(terms, query.text, papers[i]!, lexical.languages),
    };
    const isEncoded = dense.missing?.[doc] !== 1;
    const cosines = isEncoded ? whole.cosines : undefined;
    const semantic = cosines &&
      rankedBy && {
        cosine: innerProduct(rankedBy, vectorAt(doc)),
        rank: cosineRanks[i] ?? cosines.scores.length,
        sentence: sentences[i],
        ...(feedback && { feedback: { ...feedback, cosine: innerProduct(vector!, vectorAt(doc)) } }),
      };
    const fused =
      keyword && semantic
        ? fusion.explain({ keyword, semantic })
        : whole.cosines && !isEncoded
          ? [{ name: 'keyword' as const, formula: NO_VECTOR, score: score - bonus }]
          : ownPart(keyword, semantic);
    const parts: ScorePart[] = comparison ? [...fused, { ...comparison, score: bonus }] : fused;
    const counterfactuals = without.map(({ word, ranks }) => ({ word, rank: ranks[i] }));
    return {
      score,
      keyword,
      semantic,
      parts,
      without: counterfactuals,
      summary: summaryOf(byScore(hit, ownRanks[i]), counterfactuals, semantic && keyword?.terms),
    };
  });
}

/** A hit with its rank by score alone, where relevant papers came first: the ranks without a word are such ranks. */
function byScore(hit: RankedHit, ownRank: number | undefined): RankedHit {
  if (ownRank === undefined || ownRank === hit.firstRank) return hit;
  return { ...hit, firstRank: ownRank, movedBy: hit.movedBy ?? 'relevance' };
}

/** The scores of all papers for one text. */
interface AllScores {
  readonly keyword: Float64Array | undefined;
  /** The highest keyword score possible. */
  readonly maxScore: number;
  readonly cosines: ApproximateScores | undefined;
  /** The scores that the mode ranks by; in hybrid mode, -Infinity for papers without a vector. */
  readonly final: ApproximateScores;
  /** Papers without a vector, which have their ranks by keyword; undefined if there are none, or the mode needs none. */
  readonly unencoded: { readonly missing: Uint8Array; readonly keyword: Float64Array } | undefined;
}

/** The 1-based ranks of papers by the scores that the mode ranks by; undefined for a paper that is not ranked. */
function finalRanks({ final, unencoded }: AllScores, docs: readonly number[]): (number | undefined)[] {
  const ranks = exactRanks(final, docs);
  return unencoded ? ranksAmongAll(ranks, docs, unencoded.keyword, unencoded.missing) : ranks;
}

/** @param by the text that papers are ranked by. @param query whose papers are ranked, and how. */
function scoresOf(
  { terms, ...by }: { readonly terms: readonly QueryTerm[] } & Pick<EncodedQuery, 'vector' | 'feedback'>,
  { mode, match, requiresText }: EncodedQuery,
  fusion: Fusion,
  { indexes: { lexical, dense, vectorAt } }: Corpus,
): AllScores {
  const vector = rankingVector(by);
  const { missing } = dense;
  const approximation = vector && dense.score(vector, encodedPapers(match, missing)?.mask);
  const cosines = approximation?.scores.slice();
  const largestBound = approximation?.largestBound ?? 0;
  const cosineOf = (doc: number) => innerProduct(vector!, vectorAt(doc));
  const keywordScores = mode === 'semantic' ? undefined : lexical.score(terms);
  const keyword = keywordScores?.scores.slice();
  const maxScore = keywordScores?.maxScore ?? 0;
  const unencoded =
    missing && keyword && cosines
      ? { missing, keyword: keyword.map((score, doc) => (match?.mask[doc] === 0 ? NOT_RANKED : score)) }
      : undefined;
  const final = new Float64Array(dense.size);
  if (keyword && cosines) fusion.fuse({ scores: keyword, maxScore }, cosines, final);
  else final.set(keyword ?? cosines ?? []);
  if (keyword && !cosines) {
    for (let doc = 0; doc < final.length; doc++) {
      if (match?.mask[doc] === 0 || (!requiresText && final[doc] === 0)) final[doc] = NOT_RANKED;
    }
  }
  const share = keyword && cosines ? fusion.denseShare : 0;
  // With the scores as they are: those of `keyword` are changed below.
  const breaker =
    keyword && cosines && share === 0
      ? tieBreaker({ scores: keyword.slice(), maxScore }, cosines)
      : undefined;
  if (keyword) {
    for (let doc = 0; doc < keyword.length; doc++) {
      if (keyword[doc] === 0 || match?.mask[doc] === 0) keyword[doc] = NOT_RANKED;
    }
  }
  const bySemantics = cosines && { scores: cosines, exact: cosineOf, largestBound };
  const byAll = {
    scores: final,
    exact: (doc: number) =>
      share === 0 ? final[doc]! : final[doc]! + share * (cosineOf(doc) - cosines![doc]!),
    largestBound: share * largestBound,
    tieBreaker: breaker,
  };
  return {
    keyword,
    maxScore,
    cosines: bySemantics,
    final: keyword ? byAll : (bySemantics ?? byAll),
    unencoded,
  };
}

/** The papers that a query got feedback from, best first. */
function feedbackOf(
  { feedback }: EncodedQuery,
  { paperAt }: Corpus,
): Pick<FeedbackExplanation, 'papers'> | undefined {
  if (!feedback) return undefined;
  const papers = feedback.docs.map((doc) => {
    const { id, title } = paperAt(doc);
    return { id, title };
  });
  return { papers };
}

/** Ranks by cosine only; if ranks are fused, the ranks that were fused. */
function ranksByCosine(
  { cosines }: AllScores,
  docs: readonly number[],
  mode: SearchMode,
  fusion: Fusion,
): (number | undefined)[] {
  if (!cosines) return [];
  const ranksAreFused = mode === 'hybrid' && fusion.denseShare === 0;
  return ranksAreFused ? ranksIn(cosines.scores, docs) : exactRanks(cosines, docs);
}

/** The only part of a score that is not fused. */
function ownPart(
  keyword: KeywordExplanation | undefined,
  semantic: { readonly cosine: number } | undefined,
): ScorePart[] {
  if (keyword) return [{ name: 'keyword', formula: 'sum of its terms', score: keyword.score }];
  return semantic ? [{ name: 'semantic', formula: 'cosine', score: semantic.cosine }] : [];
}

/** The query without each of its first words; hyphenated words are removed whole, and each different word once. */
function textsWithoutWord(text: string, languages: readonly Language[]): { word: string; text: string }[] {
  const isIndexed = (part: string) => analyzeQuery(part, languages).length > 0;
  const words = text.split(' ').filter((word) => word !== '');
  const indexed = new Set(words.filter(isIndexed));
  return Array.from(indexed)
    .slice(0, MAX_WORDS)
    .map((word) => {
      const rest = words.filter((other) => other !== word).join(' ');
      return { word, text: isIndexed(rest) ? rest : '' };
    });
}
