import type { QueryTerm } from '../indexes/keyword/keyword-index.ts';
import type { Scored } from '../indexes/scores.ts';
import { innerProduct } from '../indexes/vectors/inner-product.ts';
import type { Paper } from '../papers/paper.ts';
import { analyze } from '../text/analyzer.ts';
import { pause } from '../util/pause.ts';
import { type ApproximateScores, exactRanks, ranksIn } from './exact-rank.ts';
import type { Explanation, KeywordExplanation, NearestSentence, ScorePart } from './explanation.ts';
import { summaryOf } from './explanation-summary.ts';
import type { Fusion } from './fuse/fusion.ts';
import type { SearchMode } from './mode.ts';
import { type Question, termsOf } from './question.ts';
import type { Indexes } from './rankings.ts';
import { termExplanations } from './term-explanations.ts';

/** Words of a query that are tried without: each costs an encoding and a scan. */
const MAX_WORDS = 8;

export interface ExplainOptions {
  readonly mode: SearchMode;
  readonly fusion: Fusion;
  readonly encode: (text: string) => Promise<Float32Array>;
  /** The paper of each hit. */
  readonly papers: readonly Paper[];
  /** The nearest sentence of each hit, in semantic and hybrid mode. */
  readonly sentences: readonly (NearestSentence | undefined)[];
}

/** A hit with its place in the answer. */
export interface RankedHit extends Scored {
  readonly rank: number;
  /** Its place before sentences were compared. */
  readonly firstRank: number;
  /** What comparing sentences added to the score. */
  readonly sentenceBonus: number;
}

/** Why each hit of a page has its score and its place. Lets other work through after each word that is tried without. */
export async function explainHits(
  indexes: Indexes,
  question: Question,
  hits: readonly RankedHit[],
  options: ExplainOptions,
): Promise<Explanation[]> {
  const { mode, sentences } = options;
  const whole = await scoresOf(indexes, question.text, question.terms, question, options);
  const docs = hits.map(({ doc }) => doc);
  const keywordRanks = whole.keyword && ranksIn(whole.keyword, docs);
  const cosineRanks = ranksByCosine(whole, docs, options);
  const without: { word: string; ranks: (number | undefined)[] }[] = [];
  for (const { word, text } of textsWithoutWord(question.text)) {
    const kept = question.expansions.filter((expansion) => expansion.text !== word);
    const terms = termsOf(text, kept, indexes.lexical);
    const scores = text === '' ? undefined : await scoresOf(indexes, text, terms, question, options);
    without.push({ word, ranks: scores ? exactRanks(scores.final, docs) : [] });
    await pause();
  }
  return hits.map((hit, i): Explanation => {
    const { doc, score, sentenceBonus } = hit;
    const terms = mode === 'semantic' ? [] : indexes.lexical.explain(question.terms, doc);
    const keyword: KeywordExplanation | undefined = whole.keyword && {
      score: terms.reduce((sum, term) => sum + term.score, 0),
      most: whole.most,
      rank: keywordRanks?.[i],
      terms: termExplanations(terms, question, options.papers[i]!),
    };
    const semantic = whole.cosines &&
      whole.vector && {
        cosine: innerProduct(whole.vector, indexes.vectorAt(doc)),
        rank: cosineRanks[i] ?? whole.cosines.scores.length,
        sentence: sentences[i],
      };
    const fused =
      keyword && semantic ? options.fusion.explain({ keyword, semantic }) : ownPart(keyword, semantic);
    const parts: ScorePart[] =
      sentenceBonus === 0
        ? fused
        : [
            ...fused,
            { name: 'sentence', formula: 'a sentence is nearer than the whole', score: sentenceBonus },
          ];
    const counterfactuals = without.map(({ word, ranks }) => ({ word, rank: ranks[i] }));
    return {
      score,
      keyword,
      semantic,
      parts,
      without: counterfactuals,
      summary: summaryOf(hit, counterfactuals, semantic && keyword?.terms),
    };
  });
}

/** The scores of all papers for one text. */
interface AllScores {
  readonly keyword: Float64Array | undefined;
  readonly most: number;
  readonly vector: Float32Array | undefined;
  readonly cosines: ApproximateScores | undefined;
  /** What the mode ranks by. */
  readonly final: ApproximateScores;
}

async function scoresOf(
  { lexical, dense, vectorAt }: Indexes,
  text: string,
  terms: readonly QueryTerm[],
  { allowed, asksForText }: Question,
  { mode, fusion, encode }: ExplainOptions,
): Promise<AllScores> {
  const vector = mode === 'keyword' ? undefined : await encode(text);
  const approximation = vector && dense.score(vector, allowed?.mask);
  const cosines = approximation?.scores.slice();
  const largestBound = approximation?.largestBound ?? 0;
  const cosineOf = (doc: number) => innerProduct(vector!, vectorAt(doc));
  const keywordScores = mode === 'semantic' ? undefined : lexical.score(terms);
  const keyword = keywordScores?.scores.slice();
  const most = keywordScores?.maxScore ?? 0;
  const final = new Float64Array(dense.size);
  if (keyword && cosines) fusion.fuse({ scores: keyword, maxScore: most }, cosines, final);
  else final.set(keyword ?? cosines ?? []);
  if (keyword && !cosines) {
    const mustMatch = !asksForText;
    for (let doc = 0; doc < final.length; doc++) {
      if (allowed?.mask[doc] === 0 || (mustMatch && final[doc] === 0)) final[doc] = LEFT_OUT;
    }
  }
  if (keyword) {
    for (let doc = 0; doc < keyword.length; doc++) {
      if (keyword[doc] === 0 || allowed?.mask[doc] === 0) keyword[doc] = LEFT_OUT;
    }
  }
  const bySemantics = cosines && { scores: cosines, exact: cosineOf, largestBound };
  const share = keyword && cosines ? fusion.denseShare : 0;
  const byAll = {
    scores: final,
    exact: (doc: number) =>
      share === 0 ? final[doc]! : final[doc]! + share * (cosineOf(doc) - cosines![doc]!),
    largestBound: share * largestBound,
  };
  return { keyword, most, vector, cosines: bySemantics, final: keyword ? byAll : (bySemantics ?? byAll) };
}

const LEFT_OUT = Number.NEGATIVE_INFINITY;

/** The places by cosine alone; where ranks are fused, those that were. */
function ranksByCosine(
  { cosines }: AllScores,
  docs: readonly number[],
  { mode, fusion }: ExplainOptions,
): (number | undefined)[] {
  if (!cosines) return [];
  const ranksAreFused = mode === 'hybrid' && fusion.denseShare === 0;
  return ranksAreFused ? ranksIn(cosines.scores, docs) : exactRanks(cosines, docs);
}

/** The part of a score that is not fused. */
function ownPart(
  keyword: KeywordExplanation | undefined,
  semantic: { readonly cosine: number } | undefined,
): ScorePart[] {
  if (keyword) return [{ name: 'keyword', formula: 'sum of its terms', score: keyword.score }];
  return semantic ? [{ name: 'semantic', formula: 'cosine', score: semantic.cosine }] : [];
}

/** The query without each of its words, hyphenated ones whole; each different word once. */
function textsWithoutWord(text: string): { word: string; text: string }[] {
  const words = text.split(' ').filter((word) => word !== '');
  const telling = words.flatMap((word, i) => (analyze(word).length > 0 ? [{ word, i }] : []));
  const different = telling.filter(({ word }, n) => telling.findIndex((other) => other.word === word) === n);
  return different.slice(0, MAX_WORDS).map(({ word }) => ({
    word,
    text: analyze(words.filter((other) => other !== word).join(' ')).length
      ? words.filter((other) => other !== word).join(' ')
      : '',
  }));
}
