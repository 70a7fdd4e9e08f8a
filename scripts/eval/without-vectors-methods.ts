import type { Scored } from '../../src/indexes/scores.ts';
import { topDocuments } from '../../src/indexes/top-documents.ts';
import { mergeByRank } from '../../src/search/fuse/without-vectors.ts';
import { cosineOfKeyword, levelsOf } from '../../src/search/related/levels.ts';

/** The scores of all papers for one query. */
export interface QueryScores {
  /** Shares of the highest keyword score possible. */
  readonly keyword: Float64Array;
  /** Those of papers without a vector are not to be read. */
  readonly cosines: Float32Array;
  /** Weight of the keyword score. */
  readonly share: number;
}

/** The positions of the first k papers. @param missing one byte a paper, 1 for those without a vector. */
export type Method = (query: QueryScores, missing: Uint8Array, k: number) => number[];

const OF_A_TEXT = levelsOf({ doc: undefined }, { cosineScale: { factor: 1, offset: 0 } });
/** Papers with both scores that a line is fitted to. */
const BEST_BY_KEYWORD = 200;
const MIN_FITTED = 3;

/** Ways to rank papers without a vector: the missing cosine is estimated, or two lists are mixed. */
export const METHODS: Readonly<Record<string, Method>> = {
  'rank by keyword (chosen)': byRank,
  'cosine 0': byExpected(() => () => 0),
  'cosine of the same confidence': byExpected(() => cosineOfKeyword(OF_A_TEXT)),
  'regression over papers with a word': byExpected((query, missing) =>
    regression(query, withWord(query, missing)),
  ),
  'regression over the best 200': byExpected((query, missing) =>
    regression(query, bestByKeyword(query, missing)),
  ),
  'the same + 1 standard deviation': byExpected((query, missing) =>
    regression(query, bestByKeyword(query, missing), 1),
  ),
  'quantile among papers without': byQuantile,
};

/** Scores of the papers with a vector; -Infinity for the others. */
function ofEncoded(scores: Float64Array, missing: Uint8Array): Float64Array {
  return scores.map((score, doc) => (missing[doc] === 1 ? Number.NEGATIVE_INFINITY : score));
}

/** The first k papers with a score above -Infinity. */
function best(scores: Float64Array, k: number): Scored[] {
  return topDocuments(scores, Math.min(k, scores.length)).filter(
    ({ score }) => score > Number.NEGATIVE_INFINITY,
  );
}

/** The papers with a vector in the order of a complete hybrid ranking. */
function fusedOfEncoded({ keyword, cosines, share }: QueryScores, missing: Uint8Array, k: number): Scored[] {
  const fused = keyword.map((score, doc) => share * score + (1 - share) * cosines[doc]!);
  return best(ofEncoded(fused, missing), k);
}

function withWord({ keyword }: QueryScores, missing: Uint8Array): number[] {
  return Array.from(keyword.keys()).filter((doc) => missing[doc] === 0 && keyword[doc]! > 0);
}

function bestByKeyword({ keyword }: QueryScores, missing: Uint8Array): number[] {
  return best(ofEncoded(keyword, missing), BEST_BY_KEYWORD).map(({ doc }) => doc);
}

/** Least squares of the cosine by the keyword score. @param deviations of the residuals, which are added to the line. */
function regression(
  { keyword, cosines }: QueryScores,
  docs: readonly number[],
  deviations = 0,
): (keyword: number) => number {
  if (docs.length < MIN_FITTED) return () => 0;
  let [sx, sy, sxx, sxy, syy] = [0, 0, 0, 0, 0];
  for (const doc of docs) {
    const [x, y] = [keyword[doc]!, cosines[doc]!];
    sx += x;
    sy += y;
    sxx += x * x;
    sxy += x * y;
    syy += y * y;
  }
  const n = docs.length;
  const variance = sxx - (sx * sx) / n;
  const slope = variance > 0 ? Math.max(0, (sxy - (sx * sy) / n) / variance) : 0;
  const offset = (sy - slope * sx) / n;
  const rest = Math.max(0, syy - (sy * sy) / n - slope * (sxy - (sx * sy) / n));
  const sd = Math.sqrt(rest / n);
  return (x) => offset + slope * x + deviations * sd;
}

function byExpected(
  lineOf: (query: QueryScores, missing: Uint8Array) => (keyword: number) => number,
): Method {
  return (query, missing, k) => {
    const expected = lineOf(query, missing);
    const { keyword, cosines, share } = query;
    const scores = keyword.map(
      (own, doc) => share * own + (1 - share) * (missing[doc] ? expected(own) : cosines[doc]!),
    );
    return topDocuments(scores, k).map(({ doc }) => doc);
  };
}

/** Both lists are mixed by the share of a paper's list that comes before it. */
function byQuantile(query: QueryScores, missing: Uint8Array, k: number): number[] {
  const own = best(
    query.keyword.map((score, doc) => (missing[doc] === 1 ? score : Number.NEGATIVE_INFINITY)),
    k,
  );
  const others = fusedOfEncoded(query, missing, k);
  const lacking = missing.reduce((sum, byte) => sum + byte, 0);
  const having = missing.length - lacking;
  const all = [
    ...own.map(({ doc }, i) => ({ doc, at: (i + 0.5) / lacking })),
    ...others.map(({ doc }, i) => ({ doc, at: (i + 0.5) / having })),
  ];
  return all
    .sort((a, b) => a.at - b.at || a.doc - b.doc)
    .slice(0, k)
    .map(({ doc }) => doc);
}

/** What a search does: a paper without a vector keeps its rank by keyword. */
function byRank(query: QueryScores, missing: Uint8Array, k: number): number[] {
  return mergeByRank(fusedOfEncoded(query, missing, k), topDocuments(query.keyword, k), missing).map(
    ({ doc }) => doc,
  );
}
